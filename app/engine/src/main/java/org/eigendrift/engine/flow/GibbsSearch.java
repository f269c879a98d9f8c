package org.eigendrift.engine.flow;

import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Consumer;
import org.eigendrift.api.NumericalException;
import org.eigendrift.api.Parallel;
import org.eigendrift.api.Points;
import org.eigendrift.api.RunContext;
import org.eigendrift.api.data.InMemory;
import org.eigendrift.api.law.Decision;
import org.eigendrift.engine.basis.CoordinateBasis;
import org.eigendrift.engine.basis.ProductBasis;
import org.eigendrift.engine.cluster.ConditionalPairs;
import org.eigendrift.engine.cluster.LeadingMoments;
import org.eigendrift.engine.gibbs.Bounds;
import org.eigendrift.engine.gibbs.Confinement;
import org.eigendrift.engine.gibbs.FisherScoring;
import org.eigendrift.engine.gibbs.GibbsEnergy;
import org.eigendrift.engine.gibbs.GibbsModel;
import org.eigendrift.engine.gibbs.Normaliser;
import org.eigendrift.engine.judge.GibbsClimb;
import org.eigendrift.engine.judge.LikelihoodSteps;
import org.eigendrift.engine.judge.PairBudget;
import org.eigendrift.engine.moment.GridLayout;
import org.eigendrift.engine.moment.MomentTable;

/**
 * A search among the Gibbs densities of a dictionary, over pairs, degrees and ridges, one after the other, by the log-likelihood
 * of held-out rows. Draws of the flow, of known density, normalise every candidate; they are made once, so candidates differ by
 * less than what their number leaves uncertain.
 */
final class GibbsSearch {
    /** Pairs kept by chance, at most; their number is narrowed down by likelihood. */
    private static final double FALSE_DISCOVERY = 0.05;

    private static final double[] RIDGES = {1e-6, 1e-5, 1e-4, 1e-3, 1e-2, 0.03, 0.1, 0.3};

    /** Multiply-adds that the sums of A(0) may take. */
    private static final double BUDGET = 4e10;

    /** A candidate whose log-constant is known no better than this, in nats, is left out. */
    private static final double LARGEST_ERROR = 0.2;

    private final GibbsDictionary dictionary;
    private final Fit.Ground ground;
    private final GibbsFit fit;
    private final RunContext run;
    private final List<ConditionalPairs.Pair> ranked;
    private final MomentTable table;
    private final int mostDegree;
    private final Framed heldout;
    private final Framed proposed;
    private final Points rows;
    private final double[] logDensities;
    private final Confinement confinement;
    private NumericalException refusal =
            new NumericalException("all held-out rows lie outside the support of the Gibbs density");

    /** Points in frame coordinates. */
    private record Framed(Points z, double[] logJacobian) {}

    /**
     * Sums over the rows what all candidates need.
     *
     * @param dictionary what densities are a sum of
     * @param fit solvers
     * @param ground the rows in frame coordinates, and the functions of single ones
     * @param heldout other rows
     * @param draws draws of the flow that was fitted to the same rows
     * @param logDensities their log-densities; shared, not to be modified
     * @param run seed, threads
     */
    GibbsSearch(
            GibbsDictionary dictionary,
            GibbsFit fit,
            Fit.Ground ground,
            Points heldout,
            Points draws,
            double[] logDensities,
            RunContext run) {
        this.dictionary = dictionary;
        this.fit = fit;
        this.ground = ground;
        this.run = run;
        List<CoordinateBasis> coordinates = ground.basis().coordinates();
        List<ConditionalPairs.Pair> found = new ConditionalPairs(LeadingMoments.of(ground.framed(), coordinates))
                .discoveries(FALSE_DISCOVERY).stream()
                        .filter(pair -> held(pair.first()) && held(pair.second()))
                        .toList();
        long count = ground.framed().rows().orElseThrow();
        PairBudget.Afforded afforded = PairBudget.of(
                statistics(found),
                fewest(),
                dictionary.mostPairDegree(),
                (pairs, degree) -> cost(coordinates, found.subList(0, pairs), degree, count),
                BUDGET);
        this.mostDegree = afforded.degree();
        this.ranked = found.subList(0, afforded.pairs());
        ProductBasis largest = GibbsFit.basis(ground, pairs(ranked.size()), mostDegree);
        this.table = RowPass.sums(new GridLayout(largest, GibbsModel.TIME), ground.framed(), largest, run);
        this.heldout = framed(heldout);
        this.proposed = framed(draws);
        this.rows = InMemory.read(ground.framed(), GibbsFit.MOST_ROWS);
        this.logDensities = logDensities;
        this.confinement = Confinement.of(ground.framed(), largest);
    }

    RunContext run() {
        return run;
    }

    /** Whether functions hold a coordinate: a frame may leave it to the normal law. */
    private boolean held(int coordinate) {
        return ground.basis().usedDegree(coordinate) > 0;
    }

    private Framed framed(Points x) {
        double[] logJacobian = new double[x.size()];
        return new Framed(ground.frames().forward(x, logJacobian), logJacobian);
    }

    /** Multiply-adds of the sums: those of coordinate i couple all functions that hold it. */
    private static double cost(
            List<CoordinateBasis> coordinates, List<ConditionalPairs.Pair> pairs, int degree, long rows) {
        int most = coordinates.stream().mapToInt(c -> c.size() - 1).max().orElse(0);
        int functions = 0;
        for (int a = 1; a <= Math.min(most, degree - 1); a++) {
            functions += Math.min(most, degree - a);
        }
        double[] holding = coordinates.stream().mapToDouble(c -> c.size() - 1).toArray();
        for (ConditionalPairs.Pair pair : pairs) {
            holding[pair.first()] += functions;
            holding[pair.second()] += functions;
        }
        return rows * Arrays.stream(holding).map(m -> m * m / 2).sum();
    }

    /** The first so many pairs, in ascending order. */
    private List<List<Integer>> pairs(int count) {
        return ranked.subList(0, count).stream()
                .map(pair -> List.of(pair.first(), pair.second()))
                .sorted((a, b) -> a.get(0).equals(b.get(0)) ? a.get(1) - b.get(1) : a.get(0) - b.get(0))
                .toList();
    }

    private static double[] statistics(List<ConditionalPairs.Pair> pairs) {
        return pairs.stream().mapToDouble(ConditionalPairs.Pair::statistic).toArray();
    }

    /** At least half as many pairs as columns are counted before a gap. */
    private int fewest() {
        return ground.basis().dim() / 2;
    }

    /**
     * Finds the best of the dictionary's densities.
     *
     * @param decisions takes what was decided
     * @throws NumericalException if none can be normalised
     */
    GibbsCandidate best(Consumer<Decision> decisions) {
        GibbsCandidate matched = matched(decisions);
        if (matched.mean() == Double.NEGATIVE_INFINITY) {
            throw refusal;
        }
        return stepped(matched, decisions);
    }

    /** The best that score matching gives. */
    private GibbsCandidate matched(Consumer<Decision> decisions) {
        Map<GibbsClimb.Place, GibbsCandidate> tried = new HashMap<>();
        GibbsClimb climb = new GibbsClimb(
                place -> {
                    tried.put(place, candidate(place.pairs(), place.degree(), RIDGES[place.ridge()]));
                    return tried.get(place).mean();
                },
                RIDGES);
        int gap = PairBudget.widestGap(statistics(ranked), fewest());
        GibbsClimb.Place best = climb.best(
                gap < ranked.size() ? List.of(ranked.size(), gap) : List.of(ranked.size()),
                dictionary.pairDegrees().stream().filter(d -> d <= mostDegree).toList(),
                dictionary.firstRidge());
        decisions.accept(climb.decision(dictionary.name()));
        return tried.get(best);
    }

    /** As much further towards maximum likelihood as held-out rows gain by; in any case with draws. */
    private GibbsCandidate stepped(GibbsCandidate matched, Consumer<Decision> decisions) {
        GibbsCandidate best = matched;
        if (FisherScoring.possible(best.basis(), rows.size())) {
            FisherScoring scoring = new FisherScoring(best.basis(), table.functionMeans(best.basis()), rows, run);
            try {
                double gain = Double.POSITIVE_INFINITY;
                for (int tried = 0; LikelihoodSteps.further(tried, best.choice().steps(), gain); tried++) {
                    double[] step = scoring.step(best.potential());
                    GibbsCandidate next = further(best.at(scoring.draws(best.potential())), step);
                    gain = next.mean() - best.mean();
                    best = next;
                }
            } catch (NumericalException e) {
                decisions.accept(Decision.told("Gibbs density of "
                        + best.basis().size() + " functions: no step to likelihood (" + e.getMessage() + ")"));
            }
        }
        // Draws so far are of the law before the last step, or rows.
        return best.walked();
    }

    /** After a step, or half of it if that is better by what counts, or as it was if that is best. */
    private static GibbsCandidate further(GibbsCandidate here, double[] step) {
        GibbsCandidate whole = here.stepped(step, 1);
        GibbsCandidate half = here.stepped(step, 0.5);
        double share = LikelihoodSteps.share(here.mean(), whole.mean(), half.mean());
        return share == 0 ? here : share < 1 ? half : whole;
    }

    private GibbsCandidate candidate(int count, int degree, double ridge) {
        run.checkCancelled();
        List<List<Integer>> pairs = pairs(count);
        ProductBasis basis = GibbsFit.basis(ground, pairs, degree);
        double[] theta = {};
        Bounds bounds = Bounds.NONE;
        double log = Double.NaN;
        double[] nats;
        try {
            theta = theta(basis, ridge);
            bounds = bounds(basis, theta);
            log = logNormaliser(basis, theta, bounds);
            nats = heldout(basis, theta, bounds, log);
        } catch (NumericalException e) {
            refusal = e;
            nats = new double[heldout.z.size()];
            Arrays.fill(nats, Double.NEGATIVE_INFINITY);
        }
        boolean polynomial = dictionary.equals(GibbsDictionary.POLYNOMIALS);
        GibbsFit.Choice choice = new GibbsFit.Choice(polynomial, pairs, degree, ridge, 0, nats);
        return new GibbsCandidate(this, choice, basis, theta, bounds, log, rows);
    }

    private double[] theta(ProductBasis basis, double ridge) {
        return GibbsModel.theta(
                table,
                basis,
                ridge,
                fit.solved(ground.settings(), basis).solver().inOrder(),
                run);
    }

    GibbsEnergy potential(ProductBasis basis, double[] theta, Bounds bounds) {
        return new GibbsEnergy(basis, theta, confinement, bounds);
    }

    /**
     * Between which values a density is believed. Functions of high degree may rise beyond all measure at single far rows, heavy
     * tails above all, and then around them too, where nothing would tell.
     *
     * @throws NumericalException if it does so
     */
    Bounds bounds(ProductBasis basis, double[] theta) {
        double[] atRows = values(basis, theta, Bounds.NONE, rows);
        Bounds bounds = Bounds.of(atRows);
        double most = Arrays.stream(atRows).max().orElseThrow();
        if (most > bounds.ceiling()) {
            throw new NumericalException(String.format(
                    Locale.ROOT,
                    "a Gibbs density rises to %.4g nats at a row, where %.4g are credible",
                    most,
                    bounds.ceiling()));
        }
        return bounds;
    }

    /** Not normalised, of points in frame coordinates and as a density there. */
    double[] values(ProductBasis basis, double[] theta, Bounds bounds, Points z) {
        Parallel parallel = run.parallel();
        return potential(basis, theta, bounds).values(z, parallel);
    }

    private double[] values(ProductBasis basis, double[] theta, Bounds bounds, Framed framed) {
        double[] values = values(basis, theta, bounds, framed.z);
        for (int n = 0; n < values.length; n++) {
            values[n] += framed.logJacobian[n];
        }
        return values;
    }

    /** Not normalised, of points in the data's coordinates. */
    double[] dataValues(ProductBasis basis, double[] theta, Bounds bounds, Points x) {
        return values(basis, theta, bounds, framed(x));
    }

    /** Points in the data's coordinates. */
    Points data(Points z) {
        return ground.frames().inverse(z);
    }

    /** Log-densities of the held-out rows. */
    double[] heldout(ProductBasis basis, double[] theta, Bounds bounds, double log) {
        double[] nats = values(basis, theta, bounds, heldout);
        for (int n = 0; n < nats.length; n++) {
            nats[n] -= log;
        }
        return nats;
    }

    /** Log-ratios to the flow, not normalised, of its draws. */
    double[] logWeights(ProductBasis basis, double[] theta, Bounds bounds) {
        return GibbsCandidate.difference(values(basis, theta, bounds, proposed), logDensities);
    }

    private double logNormaliser(ProductBasis basis, double[] theta, Bounds bounds) {
        Normaliser normaliser = Normaliser.importance(logWeights(basis, theta, bounds));
        if (!(normaliser.standardError() <= LARGEST_ERROR)) {
            throw new NumericalException("a Gibbs density lies too far from the flow to be normalised beside it: its"
                    + " log-constant is known to " + normaliser.standardError() + " nats only");
        }
        return normaliser.log();
    }
}
