package org.eigendrift.engine.settings;

import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.function.Consumer;
import org.eigendrift.api.plugin.Nearest;
import org.eigendrift.api.plugin.Problem;

/**
 * What {@code solver.ridge} says: a number, or the rule that chooses one for each time.
 *
 * @param rule the rule
 * @param value rho if it is {@link Rule#FIXED}, otherwise 0
 */
public record Ridge(Rule rule, double value) {
    /** By the evidence bound, as {@code auto} says. */
    public static final Ridge AUTO = new Ridge(Rule.EVIDENCE_BOUND, 0);

    /** Who chooses. */
    public enum Rule {
        /** The user. */
        FIXED(""),
        /** The held-out evidence bound (METHOD 7). */
        EVIDENCE_BOUND("auto"),
        /** The discrepancy principle (Morozov 1966). */
        DISCREPANCY("discrepancy"),
        /** Generalised cross-validation (Golub, Heath, Wahba 1979). */
        CROSS_VALIDATION("gcv");

        private final String word;

        Rule(String word) {
            this.word = word;
        }
    }

    private static final List<String> WORDS =
            List.of(Rule.EVIDENCE_BOUND.word, Rule.DISCREPANCY.word, Rule.CROSS_VALIDATION.word);

    /**
     * Binds a value of a configuration.
     *
     * @param value what the key holds, null for nothing
     * @param path of the key
     * @param problems receives a mistake
     * @return the ridge, empty if there was a mistake
     */
    static Optional<Ridge> bind(Object value, String path, Consumer<Problem> problems) {
        if (value == null) {
            return Optional.of(AUTO);
        }
        if (value instanceof Number number && number.doubleValue() >= 0 && Double.isFinite(number.doubleValue())) {
            return Optional.of(new Ridge(Rule.FIXED, number.doubleValue()));
        }
        for (Rule rule : Rule.values()) {
            if (rule != Rule.FIXED && rule.word.equals(value)) {
                return Optional.of(new Ridge(rule, 0));
            }
        }
        String found = value instanceof String word ? "'" + word + "'" + Nearest.hint(word, WORDS) : value.toString();
        problems.accept(new Problem(path, "expected a number of at least 0, auto, discrepancy or gcv, found " + found));
        return Optional.empty();
    }

    /**
     * The number the user gave.
     *
     * @return rho, empty for a rule
     */
    public OptionalDouble fixed() {
        return rule == Rule.FIXED ? OptionalDouble.of(value) : OptionalDouble.empty();
    }

    /** What {@link #bind} reads. */
    Object write() {
        return rule == Rule.FIXED ? (Object) value : rule.word;
    }
}
