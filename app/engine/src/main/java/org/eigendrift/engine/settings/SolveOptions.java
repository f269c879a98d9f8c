package org.eigendrift.engine.settings;

import java.lang.invoke.MethodHandles;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.eigendrift.api.RunContext;
import org.eigendrift.api.linear.Solver;
import org.eigendrift.api.linear.SolverProvider;
import org.eigendrift.api.plugin.Choices;
import org.eigendrift.api.plugin.Chosen;
import org.eigendrift.api.plugin.Option;
import org.eigendrift.api.plugin.OptionSchema;
import org.eigendrift.api.plugin.Problem;
import org.eigendrift.api.plugin.ProviderLookup;

/**
 * The {@code solver} block.
 *
 * @param named the solver, or empty for auto
 * @param ridge rho added to the scaled matrix, whose diagonal tends to 1, or the rule that chooses it
 * @param fallback what to try when a solve does not converge
 */
public record SolveOptions(
        Optional<Chosen<RunContext, Solver>> named, Ridge ridge, List<Chosen<RunContext, Solver>> fallback) {
    /** The keys that belong to the fit, not to the solver. */
    public static final List<String> KEYS = List.of("ridge", "fallback");

    private static final OptionSchema<Fallback> SCHEMA = OptionSchema.of(MethodHandles.lookup(), Fallback.class);

    /** The key that is an option like others; a ridge is a number or a word, which no option is. */
    private record Fallback(
            @Option(
                    doc = "Solvers to try, in order, when a solve does not reach its tolerance",
                    value = "[]",
                    kind = SolverProvider.class)
            List<Chosen<RunContext, Solver>> fallback) {}

    /**
     * Copies the list.
     *
     * @param named the solver
     * @param ridge the ridge
     * @param fallback what to try
     */
    public SolveOptions {
        fallback = List.copyOf(fallback);
    }

    /** Binds the keys of a block, all of which must be among {@link #KEYS}; the solver is bound by itself. */
    static Optional<SolveOptions> bind(
            Map<String, Object> block, String path, Path base, ProviderLookup providers, Consumer<Problem> problems) {
        Map<String, Object> others = new LinkedHashMap<>(block);
        Optional<Ridge> ridge = Ridge.bind(others.remove("ridge"), path + ".ridge", base, providers, problems);
        Optional<Fallback> fallback = SCHEMA.bind(others, path, base, providers, problems);
        return ridge.isEmpty() || fallback.isEmpty()
                ? Optional.empty()
                : Optional.of(new SolveOptions(
                        Optional.empty(), ridge.get(), fallback.get().fallback()));
    }

    /**
     * The same with a solver.
     *
     * @param chosen the solver, or empty for auto
     * @return new options
     */
    SolveOptions with(Optional<Chosen<RunContext, Solver>> chosen) {
        return new SolveOptions(chosen, ridge, fallback);
    }

    /**
     * The same with a solver.
     *
     * @param chosen the solver
     * @param next what to try after it, unless fallbacks were given
     * @return new options
     */
    public SolveOptions with(Chosen<RunContext, Solver> chosen, List<Chosen<RunContext, Solver>> next) {
        return new SolveOptions(Optional.of(chosen), ridge, fallback.isEmpty() ? next : fallback);
    }

    /**
     * The solvers in the order in which they are tried.
     *
     * @return the solver, if one was named, then its fallbacks
     */
    public List<Chosen<RunContext, Solver>> inOrder() {
        return Stream.concat(named.stream(), fallback.stream()).toList();
    }

    /** What binding reads. */
    Map<String, Object> write() {
        Map<String, Object> block = new LinkedHashMap<>();
        named.ifPresentOrElse(s -> block.putAll(Choices.write(s, "type")), () -> block.put("type", "auto"));
        block.put("ridge", ridge.write());
        block.putAll(SCHEMA.write(new Fallback(fallback)));
        return block;
    }
}
