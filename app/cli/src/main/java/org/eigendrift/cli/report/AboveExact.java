package org.eigendrift.cli.report;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.eigendrift.api.metric.Figure;

/**
 * The alarm at a mean log-likelihood of held-out rows above that of the density they were drawn from: no density reaches
 * it, because the mean of log p - log q over draws of p is a Kullback-Leibler divergence up to its scatter.
 */
public final class AboveExact {
    /** A mean is below its expectation by more than this many standard errors in one run of 700. */
    private static final double ERRORS = 3;

    /** The gaps there are, each with the mean whose gap it is. */
    static final Map<String, String> GAPS = Map.of(
            "log_likelihood.heldout_gap", "log_likelihood.heldout", "log_likelihood.train_gap", "log_likelihood.train");

    private AboveExact() {}

    /**
     * The alarm of a run.
     *
     * @param figures all its figures
     * @return what is wrong, in one sentence; empty if nothing is known to be
     */
    public static Optional<String> of(List<Figure> figures) {
        Map<String, Figure> all = new TreeMap<>();
        figures.forEach(figure -> all.put(figure.key(), figure));
        Figure gap = all.get("log_likelihood.heldout_gap");
        return gap == null
                ? Optional.empty()
                : of(gap, all).map(words -> "the mean log-likelihood of held-out rows is " + words);
    }

    /**
     * The alarm of a gap.
     *
     * @param gap mean log p - log q of rows drawn from p, with its standard error
     * @param all all figures by {@code group.name}; that of the mean log q carries its integration error
     */
    static Optional<String> of(Figure gap, Map<String, Figure> all) {
        Figure likelihood = all.get(GAPS.get(gap.key()));
        double integration = likelihood == null ? 0 : likelihood.error().orElse(0);
        double error = Math.hypot(gap.error().orElse(0), integration);
        // Without an error nothing can be said, and one of 0 is that of equal rows or of a single one.
        if (!(error > 0) || !(gap.value() < -ERRORS * error)) {
            return Optional.empty();
        }
        return Optional.of(String.format(
                Locale.ROOT,
                "%.2g nats above that of the exact density, %.0f standard errors, which no density reaches: the "
                        + "likelihoods are wrong (their integration, or a density that does not integrate to 1), "
                        + "held-out rows were among the training rows, or the exact density is not that of the rows",
                -gap.value(),
                -gap.value() / error));
    }
}
