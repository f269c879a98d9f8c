package org.eigendrift.cli.config;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.eigendrift.api.RunContext;
import org.eigendrift.api.guidance.Corrector;
import org.eigendrift.api.guidance.CorrectorProvider;
import org.eigendrift.api.guidance.Guidance;
import org.eigendrift.api.guidance.GuidanceContext;
import org.eigendrift.api.guidance.GuidanceProvider;
import org.eigendrift.api.plugin.Chosen;
import org.eigendrift.api.plugin.Kind;

/** Binds the blocks guidance and corrector, and what a fit must be that can be guided. */
final class GuidanceBinding {
    private static final String GUIDANCE = "guidance";
    private static final String CORRECTOR = "corrector";
    private static final String AUTO = "auto";
    private static final String NONE = "none";
    private static final String RECONSTRUCT = "reconstruct";
    private static final String OPERATOR = "operator";
    private static final String VALUE = "value";

    /** Rows that are drawn for one after the other. */
    private static final int MOST_ROWS = 10_000;

    /** What makes guidance exact where neither corrector nor sampler is named. */
    private static final String EXACT = "smc";

    /** The family whose process is affine. */
    private static final String AFFINE = "hermite";

    private final Map<String, Object> root;
    private final Binder binder;
    private final Path base;

    GuidanceBinding(Map<String, Object> root, Binder binder, Path base) {
        this.root = root;
        this.binder = binder;
        this.base = base;
    }

    /** Whether the configuration has guidance. */
    static boolean given(Map<String, Object> root) {
        Object value = root.get(GUIDANCE);
        return value != null && !NONE.equals(value) && !(value instanceof List<?> list && list.isEmpty());
    }

    GuidanceSettings bind() {
        int rows = reconstruct();
        Object asked = root.get(RECONSTRUCT);
        boolean misplaced = root.values().stream()
                .anyMatch(block -> block instanceof Map<?, ?> keys && keys.containsKey(RECONSTRUCT));
        // A number of rows that is none, or stands elsewhere, is said alone: whether there is to be a value is not
        // known.
        boolean open = misplaced || asked != null && !NONE.equals(asked);
        return new GuidanceSettings(guidance(open, rows > 0), corrector(), rows);
    }

    /** Of how many held-out rows observations are to be made. */
    private int reconstruct() {
        Object value = root.get(RECONSTRUCT);
        if (value == null || NONE.equals(value)) {
            return 0;
        }
        if (!(value instanceof Integer rows) || rows < 1 || rows > MOST_ROWS) {
            binder.report(
                    RECONSTRUCT,
                    "expected how many held-out rows to reconstruct from their observations, 1 to " + MOST_ROWS
                            + ", found " + Values.show(value));
            return 0;
        }
        if (!given(root)) {
            binder.report(
                    RECONSTRUCT,
                    "needs guidance by an observation, '{type: moment-matched, operator: ..., noise: ...}'; add it, or"
                            + " leave this out");
        }
        return rows;
    }

    /** The observation is made of held-out rows later; one that is given is a mistake. */
    private Object open(String path, Object item, boolean reported) {
        if (!(item instanceof Map<?, ?> block) || !block.containsKey(OPERATOR)) {
            return item;
        }
        if (reported && block.containsKey(VALUE)) {
            binder.report(
                    path + "." + VALUE,
                    "is made of held-out rows where 'reconstruct' is given; leave out one of the two");
        }
        Map<String, Object> open = new LinkedHashMap<>();
        block.forEach((key, value) -> open.put(String.valueOf(key), value));
        open.put(VALUE, List.of());
        return open;
    }

    /** What steers, the first first. */
    List<Chosen<GuidanceContext, Guidance>> guidance() {
        return guidance(false, false);
    }

    private List<Chosen<GuidanceContext, Guidance>> guidance(boolean open, boolean reported) {
        Object value = root.get(GUIDANCE);
        List<?> items = !given(root) ? List.of() : value instanceof List<?> list ? list : List.of(value);
        List<Chosen<GuidanceContext, Guidance>> guidance = new ArrayList<>();
        for (int i = 0; i < items.size(); i++) {
            String path = value instanceof List<?> ? GUIDANCE + "[" + i + "]" : GUIDANCE;
            Object item = open ? open(path, items.get(i), reported) : items.get(i);
            plugin(GuidanceProvider.KIND, path, item).ifPresent(guidance::add);
        }
        return guidance;
    }

    private <C, T> Optional<Chosen<C, T>> plugin(Kind<C, T> kind, String path, Object value) {
        return binder.block(path, value, null).flatMap(block -> binder.plugin(kind, path, block, base));
    }

    /** Particles, unless a sampler is named or none is wanted. */
    Optional<Chosen<RunContext, Corrector>> corrector() {
        if (!given(root)) {
            if (root.get(CORRECTOR) != null && !List.of(AUTO, NONE).contains(root.get(CORRECTOR))) {
                binder.report(CORRECTOR, "makes guidance exact, and there is none; add guidance, or leave it out");
            }
            return Optional.empty();
        }
        Object value = root.getOrDefault(CORRECTOR, AUTO);
        boolean sampler = root.get("sampler") != null && !AUTO.equals(root.get("sampler"));
        if (NONE.equals(value) || sampler && AUTO.equals(value)) {
            return Optional.empty();
        }
        if (sampler) {
            binder.report(CORRECTOR, "moves samples itself; leave out 'sampler', or write 'corrector: none'");
        }
        if (root.get("sample") instanceof Map<?, ?> sample) {
            for (String key : List.of("initial", "noise", "trajectory")) {
                Object asked = sample.get(key);
                if (asked != null && !NONE.equals(asked) && !Boolean.FALSE.equals(asked)) {
                    binder.report(
                            "sample." + key,
                            "is of points that follow a sampler, and particles are drawn again on their way; name a"
                                    + " sampler, or leave it out");
                }
            }
        }
        return plugin(CorrectorProvider.KIND, CORRECTOR, AUTO.equals(value) ? EXACT : value);
    }

    /**
     * The blocks of a fit that can be guided: one flow, in the family whose process is affine. What was left open is filled in;
     * what was given otherwise is a mistake.
     */
    void restrict(Map<String, Object> blocks) {
        if (root.get("law") != null && !AUTO.equals(root.get("law"))) {
            binder.report(
                    GUIDANCE, "steers the flow of a model, which a law that is named does not have; leave out 'law'");
            return;
        }
        if (AUTO.equals(blocks.getOrDefault("components", AUTO))) {
            blocks.put("components", 1);
        }
        require(blocks, "density", "flow", "it is the flow that is steered");
        Map<String, Object> basis = new LinkedHashMap<>();
        if (blocks.get("basis") instanceof Map<?, ?> given) {
            given.forEach((key, value) -> basis.put(String.valueOf(key), value));
        }
        family("basis.family", basis);
        if (basis.get("columns") instanceof Map<?, ?> columns) {
            columns.forEach((name, block) -> {
                if (block instanceof Map<?, ?> own && own.get("family") != null && !AFFINE.equals(own.get("family"))) {
                    other("basis.columns." + name + ".family", own.get("family"));
                }
            });
        }
        basis.putIfAbsent("family", AFFINE);
        blocks.put("basis", basis);
    }

    private void require(Map<String, Object> blocks, String key, Object needed, String reason) {
        Object given = blocks.getOrDefault(key, AUTO);
        if (AUTO.equals(given)) {
            blocks.put(key, needed);
        } else if (!needed.equals(given)) {
            binder.report(
                    key,
                    "found " + Values.show(given) + ", and with guidance " + reason + "; write '" + key + ": " + needed
                            + "', or leave it out");
        }
    }

    private void family(String path, Map<String, Object> basis) {
        Object given = basis.get("family");
        if (AUTO.equals(given)) {
            basis.remove("family");
        } else if (given != null && !AFFINE.equals(given)) {
            other(path, given);
        }
    }

    private void other(String path, Object given) {
        binder.report(
                path,
                "guidance needs a process whose denoised estimate is known from the score, and that of " + given
                        + " is none; write 'family: " + AFFINE + "', or leave it out");
    }
}
