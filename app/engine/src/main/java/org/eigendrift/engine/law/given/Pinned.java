package org.eigendrift.engine.law.given;

import java.util.Arrays;
import java.util.Optional;
import org.eigendrift.api.NumericalException;
import org.eigendrift.api.RunContext;
import org.eigendrift.engine.moment.ExactSums;

/**
 * What is pinned of a mixture when its rows change: regressions that say to which of them a row belongs. The mixture is one step of
 * expectation maximisation from these, and follows from sums over rows.
 *
 * @param choice what is fitted
 * @param before the regressions before the last step
 */
record Pinned(ConditionalFit.Choice choice, Experts before) {

    /** Modelled columns of the regressions. */
    private int dim() {
        return (int) Math.round(Math.sqrt(before.factors()[0].length));
    }

    private int known() {
        return before.maps()[0].length / dim() - 1;
    }

    /** How many sums the mixture follows from: those of each regression, and of all rows. */
    int size() {
        return (before.size() + 1) * WeightedMoments.size(dim() + known());
    }

    /** Sums over rows, exact, so that they do not depend on the rows' order. */
    ExactSums sums(Sample rows, RunContext run) {
        Sample sample = choice.bayes() ? rows.inverse() : rows;
        ExactSums sums = new ExactSums(size());
        int block = WeightedMoments.size(dim() + known());
        double[] room = new double[dim() + known()];
        for (int n = 0; n < sample.size(); n++) {
            run.checkCancelled();
            double[] a = sample.a()[n];
            double[] b = sample.b()[n];
            double[] shares = before.logJoint(a, b);
            ExpertsFit.responsibilities(shares);
            for (int k = 0; k <= shares.length; k++) {
                double weight = k == shares.length ? sample.weights()[n] : shares[k] * sample.weights()[n];
                int from = k * block;
                if (weight > 0) {
                    WeightedMoments.add(a, b, weight, room, (i, value) -> sums.add(from + i, value));
                }
            }
        }
        return sums;
    }

    /**
     * The mixture of sums.
     *
     * @param sums of {@link #sums}, of some rows
     * @param prior in units of the modelled columns' deviations; not read unless the choice needs it
     */
    Mixture mixture(ExactSums sums, Optional<Prior> prior) {
        Experts experts = experts(sums);
        if (!choice.bayes()) {
            return experts;
        }
        return Posterior.of(experts, prior.orElseThrow())
                .orElseThrow(
                        () -> new NumericalException(
                                "of some rows " + choice
                                        + " gives a posterior, of all it leaves a column open: more rows, or a prior that is not flat"));
    }

    private Experts experts(ExactSums sums) {
        int block = WeightedMoments.size(dim() + known());
        WeightedMoments[] moments = new WeightedMoments[before.size() + 1];
        Arrays.setAll(moments, k -> {
            double[] own = new double[block];
            Arrays.setAll(own, i -> sums.get(k * block + i));
            return new WeightedMoments(dim(), known(), own);
        });
        return ExpertsFit.maximise(
                choice.plan(), Arrays.copyOf(moments, before.size()), moments[before.size()], before.factors());
    }
}
