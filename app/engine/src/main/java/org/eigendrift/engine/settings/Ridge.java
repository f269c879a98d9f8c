package org.eigendrift.engine.settings;

import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.function.Consumer;
import org.eigendrift.api.RunContext;
import org.eigendrift.api.linear.RidgeRule;
import org.eigendrift.api.linear.RidgeRuleProvider;
import org.eigendrift.api.plugin.Choices;
import org.eigendrift.api.plugin.Chosen;
import org.eigendrift.api.plugin.Problem;
import org.eigendrift.api.plugin.ProviderLookup;

/**
 * What {@code solver.ridge} says: a number, or who chooses one for each time.
 *
 * @param fixed rho, at least 0, where the user gave a number
 * @param rule the rule, where the user named one; with neither the ridges are those that held-out rows gain most by
 *     (docs/method.md, 6)
 */
public record Ridge(OptionalDouble fixed, Optional<Chosen<RunContext, RidgeRule>> rule) {
    /** By what held-out rows gain, as {@code auto} says. */
    public static final Ridge AUTO = new Ridge(OptionalDouble.empty(), Optional.empty());

    private static final String WORD = "auto";
    private static final String EXPECTED = "expected a number of at least 0, auto or a rule";

    /**
     * Binds a value of a configuration.
     *
     * @param value what the key holds, null for nothing
     * @param path of the key
     * @param base directory against which relative paths are resolved
     * @param providers finds rules
     * @param problems receives a mistake
     * @return the ridge, empty if there was a mistake
     */
    static Optional<Ridge> bind(
            Object value, String path, Path base, ProviderLookup providers, Consumer<Problem> problems) {
        if (value == null || WORD.equals(value)) {
            return Optional.of(AUTO);
        }
        if (value instanceof Number number && number.doubleValue() >= 0 && Double.isFinite(number.doubleValue())) {
            return Optional.of(new Ridge(OptionalDouble.of(number.doubleValue()), Optional.empty()));
        }
        if (value instanceof String || value instanceof Map) {
            return Choices.bind(
                            RidgeRuleProvider.KIND,
                            value,
                            "type",
                            path,
                            base,
                            providers,
                            problem -> problems.accept(
                                    problem.path().equals(path)
                                            ? new Problem(path, EXPECTED + ": " + problem.message())
                                            : problem))
                    .map(rule -> new Ridge(OptionalDouble.empty(), Optional.of(rule)));
        }
        problems.accept(new Problem(path, EXPECTED + ", found " + value));
        return Optional.empty();
    }

    /** What {@link #bind} reads; a rule with the options that it has by default is its name. */
    Object write() {
        if (fixed.isPresent()) {
            return fixed.getAsDouble();
        }
        return rule.<Object>map(r -> Choices.changed(r).isEmpty() ? r.name() : Choices.write(r, "type"))
                .orElse(WORD);
    }
}
