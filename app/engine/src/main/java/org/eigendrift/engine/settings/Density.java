package org.eigendrift.engine.settings;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Consumer;
import org.eigendrift.api.plugin.Nearest;
import org.eigendrift.api.plugin.Problem;

/** Which law a model's likelihoods and samples are of. */
public enum Density {
    /** Chosen by held-out likelihood, together with the kind of model; the flow's if that was chosen by the user. */
    AUTO,
    /** The law of the probability flow. */
    FLOW,
    /** The Gibbs density pi exp(h) / Z of the score at t = 0. */
    GIBBS;

    /** Why draws beside a Gibbs density do not follow the flow. */
    public static final String WALKS_ON =
            "this one's samples walk on to the Gibbs density of t = 0 (density: flow leaves them where the flow ends)";

    private static final List<String> WORDS =
            Arrays.stream(values()).map(Density::word).toList();

    /** Binds a value of a configuration; null is auto. */
    static Optional<Density> bind(Object value, String path, Consumer<Problem> problems) {
        for (Density density : values()) {
            if (value == null && density == AUTO || density.word().equals(value)) {
                return Optional.of(density);
            }
        }
        String hint = value instanceof String word ? Nearest.hint(word, WORDS) : "";
        problems.accept(new Problem(path, "expected auto, flow or gibbs, found '" + value + "'" + hint));
        return Optional.empty();
    }

    /** What {@link #bind} reads. */
    String word() {
        return name().toLowerCase(Locale.ROOT);
    }
}
