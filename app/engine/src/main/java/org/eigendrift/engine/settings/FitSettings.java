package org.eigendrift.engine.settings;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.Consumer;
import org.eigendrift.api.InputException;
import org.eigendrift.api.RunContext;
import org.eigendrift.api.basis.BasisContext;
import org.eigendrift.api.basis.BasisFamily;
import org.eigendrift.api.basis.Eigenbasis;
import org.eigendrift.api.data.Column;
import org.eigendrift.api.frame.Frame;
import org.eigendrift.api.frame.FrameContext;
import org.eigendrift.api.frame.FrameProvider;
import org.eigendrift.api.linear.Solver;
import org.eigendrift.api.linear.SolverProvider;
import org.eigendrift.api.plugin.Choices;
import org.eigendrift.api.plugin.Chosen;
import org.eigendrift.api.plugin.Nearest;
import org.eigendrift.api.plugin.OptionSpec;
import org.eigendrift.api.plugin.Problem;
import org.eigendrift.api.plugin.ProviderLookup;

/**
 * The keys {@code components}, {@code density}, {@code frame}, {@code basis}, {@code process} and {@code solver} of a configuration.
 * Immutable.
 *
 * @param components charts of the atlas, or empty for auto
 * @param density which law likelihoods and samples are of
 * @param frames frames in order, or empty for auto
 * @param basis families, degrees and clusters
 * @param process times
 * @param solver solver, ridge and fallback
 */
public record FitSettings(
        OptionalInt components,
        Density density,
        Optional<List<Chosen<FrameContext, Frame>>> frames,
        BasisOptions basis,
        ProcessOptions process,
        SolveOptions solver) {
    /** The keys of a configuration that belong to a fit. */
    public static final List<String> KEYS = List.of("components", "density", "frame", "basis", "process", "solver");

    private static final String AUTO = "auto";
    private static final int MAX_DEGREE = 512;
    private static final int MAX_COMPONENTS = 1000;
    private static final List<String> BASIS_KEYS = List.of("family", "degree", "columns", "clusters");
    private static final List<String> COLUMN_KEYS = List.of("family", "degree");
    private static final List<String> SOLVER_KEYS = List.of("type", "ridge", "fallback");

    /**
     * Copies the list.
     *
     * @param components charts of the atlas
     * @param density which law likelihoods and samples are of
     * @param frames frames in order
     * @param basis families, degrees and clusters
     * @param process times
     * @param solver solver, ridge and fallback
     */
    public FitSettings {
        frames = frames.map(List::copyOf);
    }

    /**
     * Everything left to the fit.
     *
     * @return the settings of an empty configuration
     */
    public static FitSettings auto() {
        return bind(Map.of(), Path.of(""), (kind, name) -> null, problem -> {
                    throw new InputException(problem.toString());
                })
                .orElseThrow();
    }

    /**
     * Binds settings that are known to be right, for use in code and tests.
     *
     * @param config as in {@link #bind(Map, Path, ProviderLookup, Consumer)}
     * @param providers finds providers
     * @return the settings
     * @throws InputException listing every mistake
     */
    public static FitSettings of(Map<String, ?> config, ProviderLookup providers) {
        List<Problem> problems = new ArrayList<>();
        return bind(config, Path.of(""), providers, problems::add)
                .orElseThrow(() -> new InputException(String.join(
                        "; ", problems.stream().map(Problem::toString).toList())));
    }

    /**
     * Binds the blocks of a configuration, reporting every mistake. A key that is not among {@link #KEYS} is one.
     *
     * @param config blocks by key; not modified
     * @param base directory against which relative paths are resolved
     * @param providers finds providers
     * @param problems receives every mistake
     * @return the settings, empty if there was a mistake
     */
    public static Optional<FitSettings> bind(
            Map<String, ?> config, Path base, ProviderLookup providers, Consumer<Problem> problems) {
        Binder binder = new Binder(base, providers, problems);
        binder.refuseOthers(config);
        Map<String, Object> basis = binder.block(config.get("basis"), "basis");
        Map<String, Object> solver = binder.solverBlock(config.get("solver"));
        Map<String, Object> fitKeys = new LinkedHashMap<>();
        for (String key : SolveOptions.KEYS) {
            if (solver.containsKey(key)) {
                fitKeys.put(key, solver.remove(key));
            }
        }
        OptionalInt components = binder.whole(config.get("components"), "components", MAX_COMPONENTS);
        Optional<Density> density = Density.bind(config.get("density"), "density", binder.report);
        Optional<List<Chosen<FrameContext, Frame>>> frames = binder.frames(config.get("frame"));
        Map<String, FamilyChoice> columns = binder.columns(basis.remove("columns"));
        FamilyChoice columnDefault = columns.remove("default");
        Object clusterBlock = basis.remove("clusters");
        FamilyChoice choice = binder.family(basis, "basis");
        Optional<ClusterOptions> clusters = ClusterOptions.SCHEMA.bind(
                binder.block(clusterBlock, "basis.clusters"), "basis.clusters", base, providers, binder.report);
        Optional<ProcessOptions> process = ProcessOptions.SCHEMA.bind(
                binder.block(config.get("process"), "process"), "process", base, providers, binder.report);
        Optional<SolveOptions> solve = SolveOptions.bind(fitKeys, "solver", base, providers, binder.report);
        Optional<Chosen<RunContext, Solver>> chosen = binder.solver(solver);
        if (binder.failed) {
            return Optional.empty();
        }
        FamilyChoice standard = columnDefault == null ? choice : columnDefault.orElse(choice);
        return Optional.of(new FitSettings(
                components,
                density.orElseThrow(),
                frames,
                new BasisOptions(standard, columns, clusters.orElseThrow()),
                process.orElseThrow(),
                solve.orElseThrow().with(chosen)));
    }

    /**
     * Writes the blocks back, every option with its value.
     *
     * @return blocks by key, fit for {@link #bind}
     */
    public Map<String, Object> write() {
        Map<String, Object> config = new LinkedHashMap<>();
        config.put("components", components.isPresent() ? (Object) components.getAsInt() : AUTO);
        if (density != Density.AUTO) {
            config.put("density", density.word());
        }
        config.put(
                "frame",
                frames.<Object>map(list ->
                                list.stream().map(f -> Choices.write(f, "type")).toList())
                        .orElse(AUTO));
        config.put("basis", basis.write());
        config.put("process", process.write());
        config.put("solver", solver.write());
        return config;
    }

    /**
     * Whether it is left to the fit which kind of model is fitted: neither the number of charts nor frames, families,
     * degrees or clusters were chosen, which are meant for one model of all rows.
     *
     * @return whether the fit compares models
     */
    public boolean choosesModel() {
        return components.isEmpty() && frames.isEmpty() && basis.isAuto();
    }

    /**
     * Why not all draws of what will be fitted follow one flow, where the settings alone tell.
     *
     * @return in words, or empty
     */
    public Optional<String> otherFlows() {
        int charts = components.orElse(1);
        return charts > 1
                ? Optional.of(several(charts))
                : Optional.of(Density.WALKS_ON).filter(why -> density == Density.GIBBS);
    }

    /**
     * Why not all draws of several flows follow one.
     *
     * @param flows how many
     * @return in words
     */
    public static String several(int flows) {
        return "this one has " + flows + " (components: 1 fits one)";
    }

    /**
     * The settings of one chart of an atlas. A chart is a flow, and its density is written back where that was asked for.
     *
     * @param frames the chart's frames, or empty for auto
     * @return these settings for a single model
     */
    public FitSettings ofChart(Optional<List<Chosen<FrameContext, Frame>>> frames) {
        Density flow = density == Density.FLOW ? Density.FLOW : Density.AUTO;
        return new FitSettings(OptionalInt.of(1), flow, frames, basis, process, solver);
    }

    /**
     * The settings of a model of some of the columns.
     *
     * @param kept those columns
     * @return new settings, without the families and degrees of other columns
     */
    public FitSettings ofColumns(List<Column> kept) {
        return new FitSettings(components, density, frames, basis.ofColumns(kept), process, solver);
    }

    /**
     * The same settings for a model without products of columns.
     *
     * @param families family and degree of each column that has not the standard ones, by its name; copied
     * @return new settings
     */
    public FitSettings withSingles(Map<String, FamilyChoice> families) {
        return new FitSettings(components, density, frames, basis.withSingles(families), process, solver);
    }

    /**
     * The same settings with a solver.
     *
     * @param options solver, ridge and fallback
     * @return new settings
     */
    public FitSettings with(SolveOptions options) {
        return new FitSettings(components, density, frames, basis, process, options);
    }

    /** Binds block by block and remembers whether anything was wrong. */
    private static final class Binder {
        private final Path base;
        private final ProviderLookup providers;
        private final Consumer<Problem> report;
        private boolean failed;

        Binder(Path base, ProviderLookup providers, Consumer<Problem> problems) {
            this.base = base;
            this.providers = providers;
            this.report = problem -> {
                failed = true;
                problems.accept(problem);
            };
        }

        void refuseOthers(Map<String, ?> config) {
            for (String key : config.keySet()) {
                if (!KEYS.contains(key)) {
                    report.accept(new Problem(key, Nearest.unknown("block of a fit", key, KEYS)));
                }
            }
        }

        Map<String, Object> block(Object value, String path) {
            Map<String, Object> block = new LinkedHashMap<>();
            if (value instanceof Map<?, ?> map) {
                map.forEach((key, entry) -> block.put(String.valueOf(key), entry));
            } else if (value != null && !AUTO.equals(value)) {
                report.accept(new Problem(path, "expected {key: value, ...}, found '" + value + "'"));
            }
            return block;
        }

        /** The solver may be named alone: {@code solver: cg}. */
        Map<String, Object> solverBlock(Object value) {
            if (value instanceof String name && !AUTO.equals(name)) {
                return new LinkedHashMap<>(Map.of("type", name));
            }
            return block(value, "solver");
        }

        Optional<Chosen<RunContext, Solver>> solver(Map<String, Object> block) {
            Object type = block.getOrDefault("type", AUTO);
            if (AUTO.equals(type)) {
                block.remove("type");
                refuse(block, "solver", "an option of a solver, but solver.type names none", SOLVER_KEYS);
                return Optional.empty();
            }
            refuseUnknown(block, "solver", SolverProvider.class, type, SOLVER_KEYS);
            return Choices.bind(SolverProvider.KIND, block, "type", "solver", base, providers, report);
        }

        Optional<List<Chosen<FrameContext, Frame>>> frames(Object value) {
            if (value == null || AUTO.equals(value)) {
                return Optional.empty();
            }
            List<?> items = value instanceof List<?> list ? list : List.of(value);
            List<Chosen<FrameContext, Frame>> frames = new ArrayList<>();
            for (int i = 0; i < items.size(); i++) {
                Choices.bind(FrameProvider.KIND, items.get(i), "type", "frame[" + i + "]", base, providers, report)
                        .ifPresent(frames::add);
            }
            return Optional.of(frames);
        }

        Map<String, FamilyChoice> columns(Object value) {
            Map<String, FamilyChoice> columns = new LinkedHashMap<>();
            block(value, "basis.columns").forEach((name, entry) -> {
                String path = "basis.columns." + name;
                columns.put(
                        name,
                        entry instanceof String family
                                ? family(new LinkedHashMap<>(Map.of("family", family)), path)
                                : family(block(entry, path), path));
            });
            return columns;
        }

        /** A whole number from 1 on, or empty for auto. */
        OptionalInt whole(Object value, String path, int most) {
            if (value == null || AUTO.equals(value)) {
                return OptionalInt.empty();
            }
            if (value instanceof Number number
                    && number.doubleValue() == number.intValue()
                    && number.intValue() >= 1
                    && number.intValue() <= most) {
                return OptionalInt.of(number.intValue());
            }
            report.accept(new Problem(path, "expected a whole number in [1, " + most + "] or auto, found " + value));
            return OptionalInt.empty();
        }

        FamilyChoice family(Map<String, Object> block, String path) {
            OptionalInt bound = whole(block.remove("degree"), path + ".degree", MAX_DEGREE);
            List<String> known = path.equals("basis") ? BASIS_KEYS : COLUMN_KEYS;
            Object family = block.getOrDefault("family", AUTO);
            if (AUTO.equals(family)) {
                block.remove("family");
                refuse(block, path, "key, or an option of a family while family names none", known);
                return new FamilyChoice(Optional.empty(), bound);
            }
            refuseUnknown(block, path, BasisFamily.class, family, known);
            Optional<Chosen<BasisContext, Eigenbasis>> chosen =
                    Choices.bind(BasisFamily.KIND, block, "family", path, base, providers, report);
            return new FamilyChoice(chosen, bound);
        }

        /** Keys that neither this block nor the plugin it names has, with the nearest of both. */
        private void refuseUnknown(
                Map<String, Object> block, String path, Class<?> kind, Object name, List<String> own) {
            List<String> known = new ArrayList<>(own);
            try {
                for (OptionSpec option :
                        providers.find(kind, String.valueOf(name)).options().options()) {
                    known.add(option.key());
                }
            } catch (InputException e) {
                // There is no such plugin, which the binding of the block is about to say.
                return;
            }
            Map<String, Object> unknown = new LinkedHashMap<>(block);
            unknown.keySet().removeAll(known);
            refuse(unknown, path, "option", known);
            block.keySet().removeAll(unknown.keySet());
        }

        private void refuse(Map<String, Object> block, String path, String what, List<String> known) {
            for (String key : block.keySet()) {
                report.accept(new Problem(path + "." + key, Nearest.unknown(what, key, known)));
            }
        }
    }
}
