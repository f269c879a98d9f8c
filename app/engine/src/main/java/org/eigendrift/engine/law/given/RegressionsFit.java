package org.eigendrift.engine.law.given;

import java.util.List;
import java.util.Optional;
import org.eigendrift.api.RunContext;

/**
 * Fits mixtures of regressions to rows in the columns' own coordinates.
 *
 * @param open columns that are modelled, ascending; shared
 * @param given columns that are given, ascending; shared
 * @param coordinates of the modelled columns
 * @param bent of the given columns
 * @param walls bounds of these
 * @param prior of the modelled columns; empty if it is not known, or rows are chosen by what is given, so that they tell no likelihood
 * @param run seed, threads
 */
record RegressionsFit(
        int[] open,
        int[] given,
        Coordinates coordinates,
        Coordinates bent,
        Walls walls,
        Optional<Prior> prior,
        RunContext run) {

    /** What was chosen, and fitted to all rows. */
    record Fitted(Regressions regressions, ConditionalFit.Fitted choice) {}

    /** The same for rows that are chosen by what is given. */
    RegressionsFit ofSome() {
        return new RegressionsFit(open, given, coordinates, bent, walls, Optional.empty(), run);
    }

    /** Chooses by held-out rows, and fits. */
    Fitted fit(Sample sample) {
        Scaling modelled = Scaling.of(sample.a(), open.length);
        Known known = Known.of(bent, sample.b());
        ConditionalFit.Fitted choice = fit(sample, modelled, known).fit();
        return new Fitted(regressions(modelled, known, choice.weights(), choice.parts()), choice);
    }

    /** The same choice, fitted to other rows. */
    Regressions fit(ConditionalFit.Fitted choice, Sample sample) {
        Scaling modelled = Scaling.of(sample.a(), open.length);
        Known known = Known.of(bent, sample.b());
        return regressions(
                modelled, known, choice.weights(), fit(sample, modelled, known).fit(choice.choices()));
    }

    private ConditionalFit fit(Sample sample, Scaling modelled, Known known) {
        return new ConditionalFit(sample.in(modelled, known), walls.in(modelled), prior.map(p -> p.in(modelled)), run);
    }

    private Regressions regressions(Scaling modelled, Known known, double[] weights, List<ConditionalFit.Part> parts) {
        List<Mixture> mixtures =
                parts.stream().map(ConditionalFit.Part::mixture).toList();
        return new Regressions(open, given, coordinates, modelled, known, walls, weights, mixtures);
    }
}
