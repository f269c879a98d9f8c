package org.eigendrift.engine.atlas;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.TreeMap;
import java.util.function.Function;
import org.eigendrift.api.CounterRandom;
import org.eigendrift.api.InputException;
import org.eigendrift.api.Points;
import org.eigendrift.api.Progress;
import org.eigendrift.api.RunContext;
import org.eigendrift.api.State;
import org.eigendrift.api.data.Column;
import org.eigendrift.api.data.InMemory;
import org.eigendrift.api.law.Draws;
import org.eigendrift.api.law.Scores;
import org.eigendrift.api.sampler.Sampler;
import org.eigendrift.engine.basis.Families;
import org.eigendrift.engine.flow.Fit;
import org.eigendrift.engine.flow.FittedModel;
import org.eigendrift.engine.flow.FlowLaw;
import org.eigendrift.engine.flow.GibbsFit;
import org.eigendrift.engine.flow.Turns;
import org.eigendrift.engine.gibbs.GibbsModel;
import org.eigendrift.engine.gibbs.Proposal;
import org.eigendrift.engine.law.gibbs.GibbsLaw;
import org.eigendrift.engine.law.mixture.Member;
import org.eigendrift.engine.law.mixture.Mixture;
import org.eigendrift.engine.report.FitReport;
import org.eigendrift.engine.settings.FitSettings;
import org.eigendrift.engine.transport.FlowLikelihood;
import org.junit.jupiter.api.Test;

/** Density, samples and evidence bound of several charts against sums over the charts. */
class AtlasTest {
    private static final RunContext RUN = RunContext.quiet(7);
    private static final InMemory ROWS = InMemory.of(bent(1500, 0, 3));
    private static final Mixture ATLAS =
            Atlases.fit(ROWS, Atlases.three(ROWS.columns()), hermite(3), Families.CATALOG, RUN);

    private static FitSettings hermite(int degree) {
        return FitSettings.of(
                Map.of(
                        "basis", Map.of("family", "hermite", "degree", degree, "clusters", Map.of("select", "all")),
                        "process", Map.of("earliest", 0.1, "times", 8),
                        "solver", Map.of("ridge", 1e-2)),
                Families.CATALOG);
    }

    /** Rows along a parabola, shifted. */
    private static Points bent(int count, double shift, long seed) {
        CounterRandom random = new CounterRandom(seed);
        Points points = Points.zeros(2, count);
        for (int n = 0; n < count; n++) {
            double x = random.normal(n, 0);
            points.set(0, n, x + shift);
            points.set(1, n, 0.5 * random.normal(n, 1) + 0.5 * x * x - 0.5 + shift);
        }
        return points;
    }

    private static FittedModel fit(InMemory rows) {
        return Fit.of(rows, hermite(3), Families.CATALOG, RUN);
    }

    private static Sampler sampler() {
        return Atlases.sampler(6);
    }

    /** Charts of all rows, far from each other, so that a sample shows its chart. */
    private static Mixture islands(double... weights) {
        List<Member> charts = new ArrayList<>();
        for (int k = 0; k < weights.length; k++) {
            FittedModel model = fit(InMemory.of(bent(200, 1000 * k, 3 + k)));
            charts.add(new Member(weights[k], OptionalInt.empty(), model));
        }
        return new Mixture(charts, Optional.empty());
    }

    /**
     * A sum over a grid is exact to the square of the spacing where the density is smooth, and here to far less than the
     * tolerance of the flow's integration, which bounds the rest.
     */
    @Test
    void theDensityIntegratesToOne() {
        int side = 121;
        double from = -8;
        double step = 16.0 / (side - 1);
        Points grid = Points.zeros(2, side * side);
        for (int n = 0; n < grid.size(); n++) {
            grid.set(0, n, from + step * (n % side));
            grid.set(1, n, from + step * (n / side));
        }
        double sum = 0;
        for (double nats : ATLAS.logDensity(grid, RUN).nats()) {
            sum += Math.exp(nats) * step * step;
        }
        assertEquals(1, sum, 5 * FlowLikelihood.TOLERANCE);
    }

    @Test
    void theLogLikelihoodIsTheLogOfTheSumOfTheCharts() {
        Points x = bent(40, 0, 9);
        double[] expected = new double[x.size()];
        double error = 0;
        for (Member chart : ATLAS.members()) {
            Scores own = Atlases.flow(chart).logLikelihood(x, RUN);
            error += own.error();
            for (int n = 0; n < expected.length; n++) {
                expected[n] += chart.weight() * Math.exp(own.nats()[n]);
            }
        }
        Scores actual = ATLAS.logDensity(x, RUN);
        for (int n = 0; n < expected.length; n++) {
            // Charts too far away to matter are left out of a part of the rows, for which steps are then chosen anew.
            assertEquals(Math.log(expected[n]), actual.nats()[n], 3 * FlowLikelihood.TOLERANCE);
        }
        assertEquals(error, actual.error(), error);
    }

    /** Of islands only the own chart counts, for the others are further than the flow could reach. */
    @Test
    void farChartsAddNothing() {
        Mixture islands = islands(0.25, 0.75);
        Points x = bent(10, 1000, 9);
        double[] own =
                Atlases.flow(islands.members().get(1)).logLikelihood(x, RUN).nats();
        double[] all = islands.logDensity(x, RUN).nats();
        for (int n = 0; n < own.length; n++) {
            assertEquals(Math.log(0.75) + own[n], all[n], 4 * Math.ulp(all[n]));
        }
    }

    @Test
    void rowsOutsideEveryChartAreImpossible() {
        List<Column> columns = List.of(Column.bounded("a", 0, 1));
        Points share = Points.zeros(1, 300);
        CounterRandom random = new CounterRandom(5);
        for (int n = 0; n < share.size(); n++) {
            share.set(0, n, random.uniform(n, 0));
        }
        FitSettings settings = FitSettings.of(
                Map.of("basis", Map.of("family", "cosine", "degree", 3), "solver", Map.of("ridge", 1e-2)),
                Families.CATALOG);
        Mixture atlas =
                Atlases.fit(new InMemory(columns, share), Atlases.three(columns), settings, Families.CATALOG, RUN);
        double[] nats = atlas.logDensity(Points.wrap(1, 2, new double[] {0.5, 1.5}), RUN)
                .nats();
        assertTrue(Double.isFinite(nats[0]));
        assertEquals(Double.NEGATIVE_INFINITY, nats[1]);
    }

    @Test
    void theFirstSamplesStayWhenMoreAreDrawn() {
        Points few = Atlases.sample(ATLAS, sampler(), 37, RUN).rows();
        Points many = Atlases.sample(ATLAS, sampler(), 211, RUN).rows();
        for (int n = 0; n < few.size(); n++) {
            for (int i = 0; i < 2; i++) {
                assertEquals(few.get(i, n), many.get(i, n));
            }
        }
        // One point leaves two charts without any.
        assertEquals(
                many.get(1, 0), Atlases.sample(ATLAS, sampler(), 1, RUN).rows().get(1, 0));
        assertEquals(0, Atlases.sample(ATLAS, sampler(), 0, RUN).rows().size());
        RunContext other = RunContext.quiet(8);
        assertNotEquals(
                few.get(0, 0),
                Atlases.sample(ATLAS, sampler(), 37, other).rows().get(0, 0));
    }

    @Test
    void threadsDoNotChangeABit() {
        RunContext three = new RunContext(7, 3, Progress.NONE, () -> false);
        assertArrayEquals(
                Atlases.sample(ATLAS, sampler(), 700, RUN).rows().values(),
                Atlases.sample(ATLAS, sampler(), 700, three).rows().values());
        assertArrayEquals(
                ATLAS.logDensity(ROWS.points(), RUN).nats(),
                ATLAS.logDensity(ROWS.points(), three).nats());
        assertEquals(ATLAS.evidenceBound(ROWS, RUN), ATLAS.evidenceBound(ROWS, three));
    }

    /**
     * Of every run of points: the discrepancy of n multiples of the golden section, times n, is at most 3/2 + log(n) / log(phi) / 2
     * or so (Kuipers and Niederreiter, "Uniform Distribution of Sequences", theorem 2.3.4 with all quotients 1), here 12; measured
     * are less than 3.
     */
    @Test
    void chartsAreAsFrequentAsTheirWeights() {
        double[] weights = {0.5, 0.3, 0.2};
        int count = 20_000;
        Points samples = Atlases.sample(islands(weights), sampler(), count, RUN).rows();
        int[] seen = new int[3];
        for (int n = 0; n < count; n++) {
            seen[(int) Math.rint(samples.get(0, n) / 1000)]++;
            for (int k = 0; k < 3; k++) {
                assertEquals((n + 1) * weights[k], seen[k], 4, "chart " + k + " of " + (n + 1) + " points");
            }
        }
    }

    /** Over seeds the chart of a point is drawn by the weights: of 4,000 seeds within five standard errors. */
    @Test
    void thePointsChartIsRandom() {
        Mixture atlas = islands(0.5, 0.3, 0.2);
        int seeds = 4000;
        for (int point : new int[] {0, 1, 17}) {
            int[] seen = new int[3];
            for (int seed = 0; seed < seeds; seed++) {
                List<List<Integer>> places = Turns.of(new double[] {0.5, 0.3, 0.2}, point + 1, new CounterRandom(seed));
                for (int k = 0; k < 3; k++) {
                    seen[k] += places.get(k).contains(point) ? 1 : 0;
                }
            }
            for (int k = 0; k < 3; k++) {
                double weight = atlas.members().get(k).weight();
                assertEquals(seeds * weight, seen[k], 5 * Math.sqrt(seeds * weight * (1 - weight)));
            }
        }
    }

    /** Whether by the same flow: each island's samples are those of its model, moved to the island. */
    @Test
    void samplesOfAChartFollowItsModel() {
        Points samples = Atlases.sample(islands(0.5, 0.5), sampler(), 4000, RUN).rows();
        for (int k = 0; k < 2; k++) {
            double sum = 0;
            int count = 0;
            for (int n = 0; n < samples.size(); n++) {
                if (Math.rint(samples.get(0, n) / 1000) == k) {
                    sum += samples.get(0, n) - 1000 * k;
                    count++;
                }
            }
            double mean = 0;
            for (int n = 0; n < 200; n++) {
                mean += bent(200, 0, 3 + k).get(0, n) / 200;
            }
            // Five standard errors of 2000 samples of deviation 1; the few steps of the sampler cost less.
            assertEquals(mean, sum / count, 5 / Math.sqrt(2000));
        }
    }

    @Test
    void theHeaviestChartIsTheFirstOfLargestWeight() {
        Mixture islands = islands(0.3, 0.35, 0.35);
        assertEquals(islands.members().get(1).law(), islands.heaviest());
    }

    /** The same model in every chart: log w - log r is all that differs, as bounds are linear in held-out moments. */
    @Test
    void theBoundOfOneModelInAllChartsIsItsOwnLessTheDivergence() {
        FittedModel model = fit(ROWS);
        InMemory heldout = InMemory.of(bent(1500, 0, 11));
        ChartMixture mixture = Atlases.three(ROWS.columns());
        Mixture atlas = same(model, mixture);
        double[][] responsibilities = mixture.responsibilities(heldout.points());
        int[] charts = ChartRows.charts(responsibilities, heldout.points());
        double divergence = 0;
        for (int n = 0; n < charts.length; n++) {
            double weight = atlas.members().get(charts[n]).weight();
            divergence += Math.log(weight / responsibilities[charts[n]][n]) / charts.length;
        }
        assertTrue(divergence < -0.1, "the charts are told apart: " + divergence);
        // Sums of 1500 terms of order 1 in another order.
        assertEquals(model.evidenceBound(heldout, RUN) + divergence, atlas.evidenceBound(heldout, RUN), 1e-10);
    }

    /** Components that are alike: r = w, and nothing is lost. */
    @Test
    void theBoundLosesNothingWhereChartsAreNotToldApart() {
        FittedModel model = fit(ROWS);
        State state = Atlases.three(ROWS.columns()).state();
        Map<String, double[]> alike = new TreeMap<>();
        state.names().forEach(name -> alike.put(name, state.get(name)));
        Arrays.fill(alike.get("means"), 0);
        Mixture atlas = same(model, ChartMixture.restore(ROWS.columns(), State.of(alike), Families.CATALOG));
        InMemory heldout = InMemory.of(bent(700, 0, 12));
        assertEquals(model.evidenceBound(heldout, RUN), atlas.evidenceBound(heldout, RUN), 1e-10);
    }

    private static Mixture same(FittedModel model, ChartMixture mixture) {
        double[] weights = mixture.state().get("weights");
        List<Member> charts = new ArrayList<>();
        for (int k = 0; k < weights.length; k++) {
            charts.add(new Member(weights[k], OptionalInt.of(k), model));
        }
        return new Mixture(charts, Optional.of(mixture));
    }

    /** The bound is of another model than the flow, but one that is close where the fit is good. */
    @Test
    void theBoundIsBelowTheLikelihood() {
        Points heldout = bent(3000, 0, 13);
        double mean =
                Arrays.stream(ATLAS.logDensity(heldout, RUN).nats()).average().orElseThrow();
        double bound = ATLAS.evidenceBound(InMemory.of(heldout), RUN);
        assertTrue(bound < mean && bound > mean - 1, bound + " and " + mean);
    }

    @Test
    void theBoundOfOneModelIsItsOwn() {
        FittedModel model = fit(ROWS);
        assertEquals(
                model.evidenceBound(ROWS, RUN),
                new Mixture(List.of(new Member(1, OptionalInt.empty(), model)), Optional.empty())
                        .evidenceBound(ROWS, RUN));
        assertEquals(Double.NEGATIVE_INFINITY, ATLAS.evidenceBound(InMemory.of(Points.zeros(2, 0)), RUN));
    }

    /** By every set of members, of which the atlas takes the best. */
    @Test
    void membersOfAllRowsAreBoundedByJensensInequality() {
        FittedModel model = fit(ROWS);
        InMemory heldout = InMemory.of(bent(700, 0, 12));
        double all = model.evidenceBound(heldout, RUN);
        double local = ATLAS.evidenceBound(heldout, RUN);
        for (double weight : new double[] {0.1, 0.5, 0.9}) {
            double expected = Math.max(
                    weight * all + (1 - weight) * local,
                    Math.max(Math.log(weight) + all, Math.log(1 - weight) + local));
            // Sums of 700 terms of order 1 in another order.
            assertEquals(
                    expected,
                    Atlases.with(model, weight, ATLAS).evidenceBound(heldout, RUN),
                    1e-10,
                    "weight " + weight);
        }
    }

    /** A member that deems a row impossible costs its weight. */
    @Test
    void aMemberWithoutARowIsLeftOut() {
        FittedModel model = fit(ROWS);
        FitSettings box = FitSettings.of(
                Map.of("basis", Map.of("family", "cosine", "degree", 3), "solver", Map.of("ridge", 1e-2)),
                Families.CATALOG);
        FittedModel narrow = Fit.of(ROWS, box, Families.CATALOG, RUN);
        Points far = bent(50, 0, 12);
        far.set(0, 0, 40);
        InMemory heldout = InMemory.of(far);
        assertEquals(Double.NEGATIVE_INFINITY, narrow.evidenceBound(heldout, RUN));
        Mixture both = new Mixture(
                List.of(new Member(0.75, OptionalInt.empty(), narrow), new Member(0.25, OptionalInt.empty(), model)),
                Optional.empty());
        double own = model.evidenceBound(heldout, RUN);
        assertEquals(Math.log(0.25) + own, both.evidenceBound(heldout, RUN), 4 * Math.ulp(own));
    }

    @Test
    void theReportCountsAllCharts() {
        FitReport report = ATLAS.report();
        assertEquals(1500, report.rows());
        assertEquals(2, report.dim());
        long size = ATLAS.members().stream()
                .mapToInt(chart -> Atlases.flow(chart).basis().size())
                .sum();
        assertEquals(size, report.basisSize());
        assertTrue(report.choices().stream().allMatch(choice -> choice.matches("chart [123]: .*")));
        assertEquals(ATLAS.heaviest().report().solves(), report.solves());
        FittedModel model = fit(ROWS);
        assertEquals(1, model.flows().size());
    }

    @Test
    void otherColumnsAreRefused() {
        InMemory other = InMemory.of(Points.zeros(3, 5));
        String message =
                assertThrows(InputException.class, () -> ATLAS.rowsOf(0, other)).getMessage();
        assertTrue(message.startsWith("the rows have the columns "), message);
    }

    /** The law of the score at t = 0 of the same rows, beside the charts; x^4, x^2 y and y^2 make up the rows' own. */
    private static final GibbsModel GIBBS = new GibbsFit(hermite(4), Families.CATALOG, RUN)
            .fit(
                    ROWS,
                    new GibbsFit.Choice(false, List.of(List.of(0, 1)), 3, 1e-2, 0, new double[0]),
                    ATLAS.proposal(FlowLaw.Accuracy.AVERAGED, RUN));

    private static GibbsLaw withGibbs(double weight) {
        return new GibbsLaw(weight, GIBBS, ATLAS);
    }

    @Test
    void theGibbsDensityIsMixedWithTheFlows() {
        Points x = bent(60, 0, 9);
        Scores flow = ATLAS.logDensity(x, RUN);
        double[] gibbs = GIBBS.logDensity(x, RUN);
        for (double weight : new double[] {0.03, 0.4, 0.97}) {
            Scores both = withGibbs(weight).logDensity(x, RUN);
            for (int n = 0; n < gibbs.length; n++) {
                double expected = Math.log(weight * Math.exp(gibbs[n]) + (1 - weight) * Math.exp(flow.nats()[n]));
                assertEquals(expected, both.nats()[n], 1e-12 * (1 + Math.abs(expected)));
            }
            double error = weight * GIBBS.normaliser().standardError() + (1 - weight) * flow.error();
            assertEquals(error, both.error(), 1e-15);
        }
        assertArrayEquals(gibbs, withGibbs(1).logDensity(x, RUN).nats(), 1e-12);
        assertArrayEquals(flow.nats(), withGibbs(0.4).flow().logDensity(x, RUN).nats());
    }

    @Test
    void theFirstSamplesOfAMixtureStayOnAnyNumberOfThreads() {
        RunContext three = new RunContext(7, 3, Progress.NONE, () -> false);
        GibbsLaw atlas = withGibbs(0.4);
        Points many = Atlases.sample(atlas, sampler(), 1500, RUN).rows();
        assertArrayEquals(
                many.values(),
                Atlases.sample(atlas, sampler(), 1500, three).rows().values());
        for (int count : new int[] {0, 1, 200}) {
            Points few = Atlases.sample(atlas, sampler(), count, three).rows();
            assertEquals(count, few.size());
            for (int n = 0; n < count; n++) {
                assertArrayEquals(many.row(n), few.row(n), "point " + n);
            }
        }
    }

    /** Samples of the Gibbs density leave where the flow put them, others do not: of 2,000, 800 with a deviation of 22. */
    @Test
    void asManySamplesWalkAsTheWeightSays() {
        Points flow = Atlases.sample(ATLAS, sampler(), 2000, RUN).rows();
        Draws mixed = Atlases.sample(withGibbs(0.4), sampler(), 2000, RUN);
        int walked = 0;
        for (int n = 0; n < 2000; n++) {
            walked += Arrays.equals(flow.row(n), mixed.rows().row(n)) ? 0 : 1;
        }
        assertEquals(800, walked, 5 * 22);
        assertEquals(
                Atlases.sample(ATLAS, sampler(), 10, RUN).outcome().evaluations()
                        + GIBBS.walk().evaluations(),
                Atlases.sample(withGibbs(0.4), sampler(), 10, RUN).outcome().evaluations());
    }

    /** Mean and second moments under a density on a grid, whose sums are exact to far less than samples can tell. */
    private static double[][] moments(Function<Points, double[]> logDensity) {
        int side = 121;
        Points grid = Points.zeros(2, side * side);
        for (int n = 0; n < grid.size(); n++) {
            grid.set(0, n, -8 + 16.0 / (side - 1) * (n % side));
            grid.set(1, n, -8 + 16.0 / (side - 1) * (n / side));
        }
        double[] nats = logDensity.apply(grid);
        double mass = Arrays.stream(nats).map(Math::exp).sum();
        double[][] moments = new double[2][5];
        for (int n = 0; n < nats.length; n++) {
            double[] functions = functions(grid, n);
            for (int k = 0; k < 5; k++) {
                moments[0][k] += Math.exp(nats[n]) / mass * functions[k];
                moments[1][k] += Math.exp(nats[n]) / mass * functions[k] * functions[k];
            }
        }
        return moments;
    }

    private static double[] functions(Points x, int n) {
        double a = x.get(0, n);
        double b = x.get(1, n);
        return new double[] {a, b, a * a, a * b, b * b};
    }

    /** Within five standard errors, and what the samplers' steps cost, 0.005. */
    private static void assertMoments(double[][] expected, Points x) {
        double[] sums = new double[5];
        for (int n = 0; n < x.size(); n++) {
            for (int k = 0; k < 5; k++) {
                sums[k] += functions(x, n)[k] / x.size();
            }
        }
        for (int k = 0; k < 5; k++) {
            double error = Math.sqrt((expected[1][k] - expected[0][k] * expected[0][k]) / x.size());
            assertEquals(expected[0][k], sums[k], 5 * error + 0.005, "moment " + k);
        }
    }

    @Test
    void whatIsProposedFollowsTheFlow() {
        Proposal proposal = ATLAS.proposal(FlowLaw.Accuracy.AVERAGED, RUN);
        Points draws = proposal.draw(new CounterRandom(5), 4000);
        assertMoments(moments(x -> ATLAS.logDensity(x, RUN).nats()), draws);
        Points few = bent(20, 0, 9);
        // The proposal's densities are integrated to 0.01 nats.
        assertArrayEquals(ATLAS.logDensity(few, RUN).nats(), proposal.logDensity(few), 0.01);
        RunContext three = new RunContext(7, 3, Progress.NONE, () -> false);
        assertArrayEquals(
                draws.values(),
                ATLAS.proposal(FlowLaw.Accuracy.AVERAGED, three)
                        .draw(new CounterRandom(5), 4000)
                        .values());
        assertNotEquals(draws.get(0, 0), proposal.draw(new CounterRandom(6), 1).get(0, 0));
    }

    @Test
    void samplesOfTheGibbsDensityFollowIt() {
        assertMoments(
                moments(x -> GIBBS.logDensity(x, RUN)),
                Atlases.sample(withGibbs(1), sampler(), 4000, RUN).rows());
    }

    /** Of the Gibbs density alone the bound is the mean log-density, and members of a mixture are bounded as charts are. */
    @Test
    void theBoundOfAGibbsDensityIsItsLikelihood() {
        InMemory heldout = InMemory.of(bent(5000, 0, 12));
        double gibbs =
                Arrays.stream(GIBBS.logDensity(heldout.points(), RUN)).average().orElseThrow();
        // Sums of 5000 terms of order 1 in another order.
        assertEquals(gibbs, withGibbs(1).evidenceBound(heldout, RUN), 1e-10);
        double flow = ATLAS.evidenceBound(heldout, RUN);
        double weight = 0.4;
        double expected = Math.max(
                weight * gibbs + (1 - weight) * flow, Math.max(Math.log(weight) + gibbs, Math.log(1 - weight) + flow));
        double bound = withGibbs(weight).evidenceBound(heldout, RUN);
        assertEquals(expected, bound, 1e-10);
        double mean = Arrays.stream(
                        withGibbs(weight).logDensity(heldout.points(), RUN).nats())
                .average()
                .orElseThrow();
        assertTrue(bound < mean, bound + " and " + mean);
    }

    /** Charts that carry nothing are not asked, whatever they would say of the rows. */
    @Test
    void chartsWithoutWeightDoNotBound() {
        FitSettings box = FitSettings.of(
                Map.of("basis", Map.of("family", "cosine", "degree", 3), "solver", Map.of("ridge", 1e-2)),
                Families.CATALOG);
        GibbsLaw atlas = new GibbsLaw(1, GIBBS, Fit.of(ROWS, box, Families.CATALOG, RUN));
        Points far = bent(50, 0, 12);
        far.set(0, 0, 40);
        double mean = Arrays.stream(GIBBS.logDensity(far, RUN)).average().orElseThrow();
        assertEquals(mean, atlas.evidenceBound(InMemory.of(far), RUN), 1e-10 * Math.abs(mean));
    }

    /** The same rows fitted like the atlas are the atlas; those of halves, along chunks, make it when merged. */
    @Test
    void anAtlasOfOtherSumsIsNormalisedAnew() {
        GibbsLaw law = withGibbs(0.4);
        GibbsLaw again = law.with(law.statistic(ROWS, RUN), RUN);
        assertEquals(0.4, again.weight());
        assertArrayEquals(GIBBS.theta(), again.model().theta());
        assertEquals(GIBBS.normaliser(), again.model().normaliser());
        GibbsLaw half = law.with(law.statistic(InMemory.of(ROWS.points().slice(0, 900)), RUN), RUN);
        assertEquals(900, half.model().table().rows());
        assertNotEquals(GIBBS.theta()[0], half.model().theta()[0]);
    }

    @Test
    void theReportBeginsWithTheGibbsDensity() {
        List<String> choices = withGibbs(0.4).report().choices();
        assertEquals(
                "Gibbs density at t = 0: 1 pairs of columns, degrees up to a sum of 3, ridge 1e-02", choices.get(0));
        assertEquals(ATLAS.report().choices(), choices.subList(1, choices.size()));
        assertEquals(ATLAS.report().rows(), withGibbs(0.4).report().rows());
    }
}
