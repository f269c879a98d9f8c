package org.eigendrift.engine.law.given;

import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.eigendrift.api.law.Decision;
import org.eigendrift.engine.likelihood.Gain;

/** Whether a known prior times a curved likelihood takes the place of regressions. */
final class LikelihoodChoice {
    static final String CURVED = "prior times curved likelihood";

    /** Fewer rows do not tell functions. */
    private static final int FEWEST = 200;

    /** More columns, of both kinds, are not tried: couplings of each with each. */
    private static final int MOST_COLUMNS = 32;

    /** Held-out rows by which the two are compared: each needs an integral over the modelled columns. */
    private static final int COMPARED = 64;

    /** Nats a row that curves must tell more than straight functions, which regressions have, before the two are compared: integrals are right to some hundredths. */
    private static final double WORTH = 0.05;

    private static final String LAW = "law of the posterior";
    private static final String REGRESSIONS = "mixtures of regressions";

    private LikelihoodChoice() {}

    /** Whether so many rows of so many columns, of both kinds, tell a likelihood. */
    static boolean told(int rows, int columns) {
        return rows >= FEWEST && columns <= MOST_COLUMNS;
    }

    /** The held-out rows of so many that are compared, evenly spaced. */
    static int[] compared(int rows) {
        return Sample.evenly(rows, COMPARED);
    }

    /**
     * Leaves out a comparison that curves are not worth.
     *
     * @param gain of curves over straight functions
     * @param bent whether what is given is bent otherwise than by the regressions, which then do not have what straight functions have
     * @return for regressions; empty if the two are to be compared
     */
    static Optional<Decision> straight(Gain gain, boolean bent) {
        return bent || !(gain.mean() < WORTH)
                ? Optional.empty()
                : Optional.of(new Decision(
                        LAW,
                        REGRESSIONS,
                        List.of(),
                        String.format(
                                Locale.ROOT,
                                "curves make what is given likelier by %.3f nats a held-out row, less than %.2f",
                                gain.mean(),
                                WORTH)));
    }

    /**
     * Decides.
     *
     * @param regressions log-densities of held-out rows; not modified
     * @param curved of the same rows; not modified
     * @return for one of the two
     */
    static Decision decide(double[] regressions, double[] curved) {
        return Gain.decide(
                LAW,
                new Gain.Scored(REGRESSIONS, regressions),
                new Gain.Scored(CURVED, curved),
                "on " + curved.length + " held-out rows the likelihood gains %.3f nats, with a standard error of %.3f");
    }
}
