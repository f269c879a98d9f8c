package org.eigendrift.engine.flow;

import java.util.Arrays;
import org.eigendrift.api.NumericalException;
import org.eigendrift.api.Points;
import org.eigendrift.engine.basis.ProductBasis;
import org.eigendrift.engine.gibbs.Bounds;
import org.eigendrift.engine.gibbs.GibbsEnergy;
import org.eigendrift.engine.gibbs.GibbsModel;
import org.eigendrift.engine.gibbs.Normaliser;
import org.eigendrift.engine.gibbs.Proposal;
import org.eigendrift.engine.gibbs.RowWalks;

/**
 * A Gibbs density among those that are compared.
 *
 * @param search where it comes from
 * @param choice what it is, with the log-likelihoods of held-out rows
 * @param basis its functions
 * @param theta their coefficients; shared, not to be modified
 * @param bounds between which values it is believed
 * @param log log Z, as well as it is known
 * @param draws points in frame coordinates: rows, draws of a law near it, or when {@link #walked} of it; shared, not to be modified
 */
record GibbsCandidate(
        GibbsSearch search,
        GibbsFit.Choice choice,
        ProductBasis basis,
        double[] theta,
        Bounds bounds,
        double log,
        Points draws) {
    /** Walks by which the constants of two densities are compared. */
    private static final int COMPARED = 1_024;

    double mean() {
        return choice.mean();
    }

    GibbsCandidate orBetter(GibbsCandidate other) {
        return other.mean() > mean() ? other : this;
    }

    GibbsEnergy potential() {
        return search.potential(basis, theta, bounds);
    }

    GibbsCandidate at(Points points) {
        return new GibbsCandidate(search, choice, basis, theta, bounds, log, points);
    }

    /** The same with draws of it, instead of rows or draws of a law near it. */
    GibbsCandidate walked() {
        RowWalks walks = new RowWalks(draws, COMPARED, search.run());
        walks.to(potential());
        return at(walks.points());
    }

    /**
     * Further towards maximum likelihood. Its constant is known from draws of this one far better than from the flow's; the step
     * must not have been found from the same draws, whose noise it would be praised for.
     *
     * @throws NumericalException if it is not credible at rows
     */
    GibbsCandidate stepped(double[] step, double share) {
        double[] there = GibbsModel.stepped(theta, step, share);
        Bounds believed = search.bounds(basis, there);
        double[] logWeights =
                difference(search.values(basis, there, believed, draws), search.values(basis, theta, bounds, draws));
        double changed = log + Normaliser.importance(logWeights).log();
        double[] nats = search.heldout(basis, there, believed, changed);
        return new GibbsCandidate(
                search, choice.with(choice.steps() + share, nats), basis, there, believed, changed, draws);
    }

    /**
     * The better of two that were walked, this one of fewer functions. The flow tells the constant of each to some hundredths of a
     * nat; draws of both tell their ratio far better, but see nothing of what either has elsewhere, as many functions easily do. So
     * the other must be better by both.
     */
    GibbsCandidate unlessBetter(GibbsCandidate other) {
        if (other.mean() <= mean()) {
            return this;
        }
        Points here = points();
        Points there = other.points();
        double[] forward = difference(other.values(here), values(here));
        double[] backward = difference(other.values(there), values(there));
        double ratio = Normaliser.acceptanceRatio(forward, backward).log();
        return orBetter(other.normalised(log + ratio));
    }

    /**
     * The same, normalised by draws of both laws.
     *
     * @throws NumericalException if they do not overlap
     */
    GibbsCandidate beside(Proposal proposal) {
        Points here = points();
        double[] backward = difference(values(here), proposal.logDensity(here));
        return normalised(Normaliser.acceptanceRatio(search.logWeights(basis, theta, bounds), backward)
                .log());
    }

    private GibbsCandidate normalised(double changed) {
        double[] nats = choice.nats().clone();
        for (int n = 0; n < nats.length; n++) {
            nats[n] += log - changed;
        }
        return new GibbsCandidate(search, choice.with(choice.steps(), nats), basis, theta, bounds, changed, draws);
    }

    /** Some of the draws, in the data's coordinates. */
    private Points points() {
        return search.data(draws.slice(0, Math.min(COMPARED, draws.size())));
    }

    private double[] values(Points x) {
        return search.dataValues(basis, theta, bounds, x);
    }

    static double[] difference(double[] a, double[] b) {
        double[] difference = new double[a.length];
        Arrays.setAll(difference, n -> a[n] - b[n]);
        return difference;
    }
}
