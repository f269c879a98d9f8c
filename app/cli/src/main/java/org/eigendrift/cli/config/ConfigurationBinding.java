package org.eigendrift.cli.config;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.eigendrift.api.RunContext;
import org.eigendrift.api.basis.BasisFamily;
import org.eigendrift.api.catalog.Catalog;
import org.eigendrift.api.law.Law;
import org.eigendrift.api.law.LawContext;
import org.eigendrift.api.law.LawProvider;
import org.eigendrift.api.linear.SolverProvider;
import org.eigendrift.api.metric.Metric;
import org.eigendrift.api.metric.MetricProvider;
import org.eigendrift.api.plugin.Chosen;
import org.eigendrift.api.plugin.Kind;
import org.eigendrift.api.plugin.Nearest;
import org.eigendrift.api.sampler.Sampler;
import org.eigendrift.api.sampler.SamplerProvider;
import org.eigendrift.api.score.AffineProcess;
import org.eigendrift.api.score.ProcessProvider;
import org.eigendrift.api.target.Target;
import org.eigendrift.api.target.TargetProvider;
import org.eigendrift.cli.config.ModelSettings.Type;
import org.eigendrift.engine.settings.FitSettings;
import org.eigendrift.engine.settings.SolveOptions;

/** Binds one tree, block by block, so that every mistake of every block is found. */
final class ConfigurationBinding {
    /** The sampler of a block that names none. */
    private static final String SAMPLER = "pf-ode";

    /**
     * The metrics of a configuration that names none; one that has no meaning for a target gives no figure. Guided samples are
     * not to be like the target's rows: of them the first two are told, which do not look at samples.
     */
    private static final List<String> METRICS =
            List.of("log-likelihood", "evidence-bound", "sliced-wasserstein", "mmd", "second-moment", "energy");

    private static final String AUTO = "auto";

    /** Columns that are given, in short for a law of the kind that has them. */
    private static final String GIVEN = "given";

    /** What may be known of the other columns then. */
    private static final List<String> DENSITIES = List.of("prior", "proposal");

    private static final String CONDITIONAL = "conditional";

    /** The kinds of law that the engine fits by blocks of their own, and what to write for them. */
    private static final Map<String, String> OWN_LAWS = Map.of(
            "flow", "'components: 1' and 'density: flow'",
            "mixture", "'components: 3', or as many as there are to be",
            "gibbs", "'density: gibbs'");

    private final YamlTree tree;
    private final Map<String, Object> root;
    private final Catalog catalog;
    private final Binder binder;
    private final Path base;
    private final Path working;

    ConfigurationBinding(YamlTree tree, Catalog catalog, Mistakes mistakes, Path base, Path working) {
        this.tree = tree;
        this.root = tree.root();
        this.catalog = catalog;
        this.binder = new Binder(tree, catalog, mistakes);
        this.base = base;
        this.working = working;
    }

    Optional<Configuration> bind(String name) {
        refuseUnknownBlocks();
        Optional<Chosen<RunContext, Target>> target = target();
        Optional<ModelSettings> model = model();
        boolean exact = model.isPresent() && model.get().type() == Type.EXACT;
        Optional<Chosen<Integer, AffineProcess>> process = exact ? process() : Optional.empty();
        Optional<Chosen<LawContext, Law>> law = law(exact);
        GuidanceBinding guided = new GuidanceBinding(root, binder, base);
        GuidanceSettings guidance = guided.bind();
        Optional<FitSettings> fit = fit(exact, guided);
        Optional<Chosen<RunContext, Sampler>> sampler = sampler(guidance);
        Optional<SampleSettings> sample = binder.block("sample", root.get("sample"), null)
                .flatMap(block -> binder.settings(SampleSettings.SCHEMA, "sample", block, base));
        Optional<List<Chosen<RunContext, Metric>>> metrics = metrics();
        Optional<OutputSettings> output = binder.block("output", root.get("output"), null)
                .flatMap(block -> binder.settings(OutputSettings.SCHEMA, "output", block, working));
        if (binder.failed()) {
            return Optional.empty();
        }
        return Optional.of(new Configuration(
                name,
                path -> tree.place(path).toString(),
                target.orElseThrow(),
                model.orElseThrow(),
                fit.orElseThrow(),
                law,
                process,
                guidance,
                sampler,
                sample.orElseThrow(),
                metrics.orElseThrow(),
                !root.containsKey("evaluate"),
                output.orElseThrow()));
    }

    private void refuseUnknownBlocks() {
        for (String key : root.keySet()) {
            if (!Blocks.NAMES.contains(key) && !key.equals(Blocks.VERSIONS)) {
                binder.report(key, Nearest.unknown("block", key, Blocks.NAMES));
            }
        }
    }

    private <C, T> Optional<Chosen<C, T>> plugin(Kind<C, T> kind, String path, Object value, String preset) {
        return binder.block(path, value, preset).flatMap(block -> binder.plugin(kind, path, block, base));
    }

    private Optional<Chosen<RunContext, Target>> target() {
        if (root.get("target") == null) {
            binder.report(
                    "target",
                    "missing; expected what is to be modelled, a name or {type: NAME, ...}; known: "
                            + known(TargetProvider.KIND));
            return Optional.empty();
        }
        return plugin(TargetProvider.KIND, "target", root.get("target"), null);
    }

    /** The law that 'given' stands for. */
    private Map<String, Object> conditional() {
        Map<String, Object> block = new LinkedHashMap<>();
        block.put("type", CONDITIONAL);
        block.put(GIVEN, root.get(GIVEN));
        for (String key : DENSITIES) {
            if (root.get(key) != null) {
                block.put(key, root.get(key));
            }
        }
        return block;
    }

    /** A kind of law has options of its own, and reads none of the blocks of the engine's laws. */
    private Optional<Chosen<LawContext, Law>> law(boolean exact) {
        Object value = root.get("law");
        boolean open = value == null || AUTO.equals(value);
        if (root.get(GIVEN) != null) {
            if (!open) {
                binder.report(
                        GIVEN, "is read where the law is auto alone; leave out 'law', or write 'given' into its block");
            }
            value = conditional();
        } else {
            for (String key : DENSITIES) {
                if (root.get(key) != null) {
                    binder.report(key, "is read beside 'given' alone; add 'given', or write it into the block 'law'");
                }
            }
            if (open) {
                return Optional.empty();
            }
        }
        for (String key : List.of("components", "density", "frame", "basis", "solver", "process")) {
            if (root.get(key) != null) {
                binder.report(key, "is read where the law is auto alone; leave out this block, or 'law'");
            }
        }
        if (exact) {
            binder.report("law", "is fitted, and 'model: exact' fits none; leave out one of the two");
        }
        Object type = value instanceof Map<?, ?> block ? block.get("type") : value;
        if (type instanceof String && OWN_LAWS.containsKey(type)) {
            binder.report(
                    value instanceof Map ? "law.type" : "law",
                    "'" + type + "' is what the law auto makes itself; leave out 'law', and write "
                            + OWN_LAWS.get(type));
            return Optional.empty();
        }
        return plugin(LawProvider.KIND, "law", value, null);
    }

    /** Guided samples have no way of the law's own: what no corrector moves follows a sampler. */
    private Optional<Chosen<RunContext, Sampler>> sampler(GuidanceSettings guidance) {
        Object value = root.get("sampler");
        boolean needed = guidance.guided() && guidance.corrector().isEmpty();
        return !needed && (value == null || AUTO.equals(value))
                ? Optional.empty()
                : plugin(SamplerProvider.KIND, "sampler", AUTO.equals(value) ? null : value, SAMPLER);
    }

    private Optional<ModelSettings> model() {
        return binder.block("model", root.get("model"), null)
                .flatMap(block -> binder.settings(ModelSettings.SCHEMA, "model", block, base));
    }

    private Optional<Chosen<Integer, AffineProcess>> process() {
        if (root.get("process") == null) {
            binder.report(
                    "process",
                    "missing; 'model: exact' needs an affine process, {type: NAME, ...}; known: "
                            + known(ProcessProvider.KIND));
            return Optional.empty();
        }
        return plugin(ProcessProvider.KIND, "process", root.get("process"), null);
    }

    private String known(Kind<?, ?> kind) {
        return String.join(
                ", ",
                catalog.all(kind).stream().map(provider -> provider.name()).toList());
    }

    /** The engine binds its own blocks; names and keys are checked here first, where all known keys can be listed. */
    private Optional<FitSettings> fit(boolean exact, GuidanceBinding guided) {
        Map<String, Object> blocks = new LinkedHashMap<>();
        for (String key : List.of("components", "density", "frame")) {
            if (root.get(key) != null) {
                blocks.put(key, root.get(key));
            }
        }
        if (!exact && root.get("process") != null) {
            blocks.put("process", root.get("process"));
        }
        Object basis = root.get("basis");
        Object columns = basis instanceof Map<?, ?> map ? map.get("columns") : null;
        checked(BasisFamily.KIND, "basis", basis, List.of("degree", "columns", "clusters"))
                .ifPresent(block -> {
                    if (columns instanceof Map<?, ?> byName) {
                        block.put("columns", columns(byName));
                    }
                    blocks.put("basis", block);
                });
        checked(SolverProvider.KIND, "solver", root.get("solver"), SolveOptions.KEYS)
                .ifPresent(block -> blocks.put("solver", block));
        if (!exact && GuidanceBinding.given(root)) {
            guided.restrict(blocks);
        }
        return FitSettings.bind(blocks, base, catalog, binder::report);
    }

    private Map<String, Object> columns(Map<?, ?> byName) {
        Map<String, Object> columns = new LinkedHashMap<>();
        byName.forEach((name, value) -> checked(BasisFamily.KIND, "basis.columns." + name, value, List.of("degree"))
                .ifPresent(block -> columns.put(String.valueOf(name), block)));
        return columns;
    }

    private Optional<Map<String, Object>> checked(Kind<?, ?> kind, String path, Object value, List<String> others) {
        return AUTO.equals(value)
                ? Optional.of(new LinkedHashMap<>())
                : binder.block(path, value, null).filter(block -> binder.checked(kind, path, block, others));
    }

    private Optional<List<Chosen<RunContext, Metric>>> metrics() {
        List<String> usual = new ArrayList<>(GuidanceBinding.given(root) ? METRICS.subList(0, 2) : METRICS);
        if (root.get(GIVEN) != null) {
            usual.add("calibration");
        }
        Object value = root.containsKey("evaluate") ? root.get("evaluate") : usual;
        List<?> items = value instanceof List<?> list ? list : value == null ? List.of() : List.of(value);
        List<Chosen<RunContext, Metric>> metrics = new ArrayList<>();
        for (int i = 0; i < items.size(); i++) {
            String path = value instanceof List<?> ? "evaluate[" + i + "]" : "evaluate";
            plugin(MetricProvider.KIND, path, items.get(i), null).ifPresent(metrics::add);
        }
        return Optional.of(metrics);
    }
}
