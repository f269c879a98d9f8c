package org.eigendrift.engine.law.given;

import org.eigendrift.api.RunContext;

/**
 * Fits mixtures of regressions to rows in the columns' own units.
 *
 * @param open columns that are modelled, ascending; shared
 * @param given columns that are given, ascending; shared
 * @param walls bounds of the modelled columns
 * @param run seed, threads
 */
record RegressionsFit(int[] open, int[] given, Walls walls, RunContext run) {

    /** What was chosen, and fitted to all rows. */
    record Fitted(Regressions regressions, ConditionalFit.Fitted choice) {}

    /** Chooses by held-out rows, and fits. */
    Fitted fit(double[][] a, double[][] b) {
        Scaling modelled = Scaling.of(a, open.length);
        Scaling known = Scaling.of(b, given.length);
        ConditionalFit.Fitted choice = new ConditionalFit(modelled.to(a), known.to(b), run).fit();
        return new Fitted(
                new Regressions(open, given, modelled, known, walls, choice.weights(), choice.experts()), choice);
    }

    /** The same choice, fitted to other rows. */
    Regressions fit(ConditionalFit.Fitted choice, double[][] a, double[][] b) {
        Scaling modelled = Scaling.of(a, open.length);
        Scaling known = Scaling.of(b, given.length);
        ConditionalFit others = new ConditionalFit(modelled.to(a), known.to(b), run);
        return new Regressions(open, given, modelled, known, walls, choice.weights(), others.fit(choice.plans()));
    }
}
