package org.eigendrift.engine.guidance;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import org.eigendrift.api.CounterRandom;
import org.eigendrift.api.InputException;
import org.eigendrift.api.Points;
import org.eigendrift.api.Progress;
import org.eigendrift.api.RunContext;
import org.eigendrift.api.data.InMemory;
import org.eigendrift.api.guidance.Corrector;
import org.eigendrift.api.guidance.CorrectorProvider;
import org.eigendrift.api.guidance.Guidance;
import org.eigendrift.api.guidance.GuidanceContext;
import org.eigendrift.api.guidance.GuidanceProvider;
import org.eigendrift.api.law.DrawRequest;
import org.eigendrift.api.law.Law;
import org.eigendrift.api.plugin.Choices;
import org.eigendrift.api.plugin.Chosen;
import org.eigendrift.api.sampler.Sampler;
import org.eigendrift.api.sampler.SamplerProvider;
import org.eigendrift.api.score.ScoreModel;
import org.eigendrift.engine.basis.Families;
import org.eigendrift.engine.flow.Fit;
import org.eigendrift.engine.flow.FittedModel;
import org.eigendrift.engine.kernel.LowerTriangle;
import org.eigendrift.engine.law.mixture.Member;
import org.eigendrift.engine.law.mixture.Mixture;
import org.eigendrift.engine.settings.FitSettings;
import org.junit.jupiter.api.Test;

/** Mixtures of two normal flows, of which one number is seen, beside their posterior in closed form. */
class GuidedFlowsTest {
    private static final RunContext RUN = RunContext.quiet(5);

    /** Of the stationary law's distance from the data, exp(-2 t) at the end of the path. */
    private static final double EARLIEST = 1e-3;

    private static final double[] COVARIANCE = {1, 0.6, 0.6, 1};
    private static final double[][] MEANS = {{-2, 1}, {2, -1}};
    private static final double[] WEIGHTS = {0.3, 0.7};
    private static final List<FittedModel> FLOWS =
            Arrays.stream(MEANS).map(GuidedFlowsTest::flow).toList();

    private static final Sampler SAMPLER = Families.CATALOG.create(SamplerProvider.KIND, "pf-ode", Map.of(), RUN);

    private static final Corrector CORRECTOR =
            Families.CATALOG.create(CorrectorProvider.KIND, "smc", Map.of("steps", 40, "pool", 2), RUN);

    /** The flow of rows whose mean and covariance are exact. */
    private static FittedModel flow(double[] mean) {
        Points few = GaussianRows.sigmaPoints(mean, COVARIANCE);
        Points rows = Points.zeros(2, 100 * few.size());
        for (int n = 0; n < rows.size(); n++) {
            for (int i = 0; i < 2; i++) {
                rows.set(i, n, few.get(i, n % few.size()));
            }
        }
        FitSettings settings = FitSettings.of(
                Map.of(
                        "frame", List.of(Map.of("type", "whiten")),
                        "basis", Map.of("family", "hermite", "degree", 2, "clusters", Map.of("select", "all")),
                        "process", Map.of("earliest", EARLIEST),
                        "solver", Map.of("ridge", 1e-9)),
                Families.CATALOG);
        return Fit.of(InMemory.of(rows), settings, Families.CATALOG, RUN);
    }

    private static Mixture mixture() {
        return new Mixture(
                List.of(
                        new Member(WEIGHTS[0], OptionalInt.empty(), FLOWS.get(0)),
                        new Member(WEIGHTS[1], OptionalInt.empty(), FLOWS.get(1))),
                Optional.empty());
    }

    private static List<Chosen<GuidanceContext, Guidance>> seen(double value) {
        Map<String, Object> block = Map.of(
                "type",
                "moment-matched",
                "operator",
                Map.of("type", "mask", "columns", List.of("x1")),
                "value",
                List.of(value),
                "noise",
                1);
        return guidance(block);
    }

    private static GuidedFlows guided(Law law, double value) {
        return GuidedFlows.of(law, seen(value), List.of(), RUN);
    }

    /** log N(value; mean of the first column, 1 + 1). */
    private static double logEvidence(int part, double value) {
        return -0.25 * (value - MEANS[part][0]) * (value - MEANS[part][0]) - 0.5 * Math.log(2 * Math.PI * 2);
    }

    /** Posterior shares of the parts. */
    private static double[] shares(double value) {
        double first = WEIGHTS[0] * Math.exp(logEvidence(0, value));
        double second = WEIGHTS[1] * Math.exp(logEvidence(1, value));
        return new double[] {first / (first + second), second / (first + second)};
    }

    /** Mean of the second column: m2 + .6 / 2 (y - m1) in a part. */
    private static double mean(double value) {
        double mean = 0;
        double[] shares = shares(value);
        for (int k = 0; k < 2; k++) {
            mean += shares[k] * (MEANS[k][1] + 0.3 * (value - MEANS[k][0]));
        }
        return mean;
    }

    private static double average(Points rows, int column) {
        return Arrays.stream(rows.column(column)).average().orElseThrow();
    }

    /**
     * In a part the second column has the variance 1 - .36 / 2 = .82, and means of parts are at most 2 (1 - .6) apart: a standard
     * deviation below 1. Of 2,000 draws that is 1 / 45; shares are spread evenly, one draw off at most.
     */
    private static void follows(double value, Points rows) {
        assertEquals(2000, rows.size());
        assertEquals(mean(value), average(rows, 1), 5 / Math.sqrt(2000) + EARLIEST, "mean given " + value);
    }

    @Test
    void samplesFollowThePosteriorOfTheMixture() {
        for (double value : new double[] {0, -1.5, 1}) {
            GuidedFlows.Drawn drawn = guided(mixture(), value).follow(SAMPLER, 2000, RUN);
            follows(value, drawn.rows());
            assertTrue(drawn.outcome().evaluations() > 0, "no cost is told");
            assertFalse(drawn.figures().isEmpty(), "nothing is told of how well the observation is met");
        }
    }

    @Test
    void particlesFollowItTooAndTellTheEvidence() {
        for (double value : new double[] {0, -1.5}) {
            GuidedFlows.Moved moved = guided(mixture(), value).move(CORRECTOR, 2000, RUN);
            follows(value, moved.drawn().rows());
            double evidence = Math.log(
                    WEIGHTS[0] * Math.exp(logEvidence(0, value)) + WEIGHTS[1] * Math.exp(logEvidence(1, value)));
            // Weights of particles that moment matching steers in a normal flow hardly differ: of 4,000 of them, less
            // than 1 / 60.
            assertEquals(evidence, moved.logEvidence().orElseThrow(), 5 / 60.0, "evidence of " + value);
            assertTrue(moved.worst() > 1000, "effective " + moved.worst());
            assertEquals(List.of(), moved.drawn().remarks());
            assertEquals(
                    moved.particles().evaluations(),
                    moved.drawn().outcome().evaluations(),
                    "cost of the heaviest part");
        }
    }

    /** The figure of a misfit is the same whichever way the rows were made: by hand, of the rows themselves. */
    @Test
    void figuresAreThoseOfTheRows() {
        GuidedFlows.Drawn drawn = guided(mixture(), 1).follow(SAMPLER, 500, RUN);
        double square = 0;
        for (double x : drawn.rows().column(0)) {
            square += (x - 1) * (x - 1) / 500;
        }
        double misfit = Math.sqrt(square);
        assertTrue(
                drawn.figures().stream().anyMatch(figure -> Math.abs(figure.value() - misfit) < 1e-9),
                misfit + " is not among " + drawn.figures());
    }

    /** Seen at 14 the first part is (16^2 - 12^2) / 4 = 28 nats less likely: e^-28 of the draws, none, and its particles are not moved. */
    @Test
    void farPartsGiveNoSamples() {
        for (boolean particles : new boolean[] {false, true}) {
            GuidedFlows guided = guided(mixture(), 14);
            Points rows = particles
                    ? guided.move(CORRECTOR, 200, RUN).drawn().rows()
                    : guided.follow(SAMPLER, 200, RUN).rows();
            // The mean given by the second part, 2.6, is by the first 1 + .3 * 16 = 5.8. Steps of samplers so far out
            // are off by per cents.
            assertEquals(-1 + 0.3 * 12, average(rows, 1), 5 / Math.sqrt(200) + 0.05 * 2.6, "particles " + particles);
        }
    }

    /**
     * Of a fit of high degree to correlated columns that are not made white the log-density that its functions expand has mass where the
     * flow never comes (unguided particles that followed it had a covariance of .5 in place of .9). Particles follow the flow's. Rows have
     * exactly this mean and covariance, and the posterior is in closed form; the fit itself is 2 % off.
     */
    @Test
    void particlesOfCorrelatedColumnsFollowTheFlow() {
        double[] covariance = {1.2, 0.88, 0.88, 0.96};
        Points rows = normal(covariance, 4000);
        FitSettings settings = FitSettings.of(
                Map.of(
                        "frame", List.of(Map.of("type", "standardize")),
                        "basis", Map.of("family", "hermite", "degree", 8, "clusters", Map.of("select", "all")),
                        "process", Map.of("earliest", EARLIEST)),
                Families.CATALOG);
        GuidedFlows guided = guided(Fit.of(InMemory.of(rows), settings, Families.CATALOG, RUN), 1);
        GuidedFlows.Moved moved = guided.move(CORRECTOR, 2000, RUN);
        double gain = 0.88 / 2.2;
        double variance = 0.96 - 0.88 * gain;
        double deviation = Math.sqrt(variance / 2000);
        assertEquals(gain, average(moved.drawn().rows(), 1), 5 * deviation + 0.02, "mean");
        // The deviation of a variance of n normal numbers is sqrt(2 / n) of it.
        assertEquals(variance, variance(moved.drawn().rows(), 1), variance * (5 * Math.sqrt(2 / 2000.0) + 0.04));
        assertEquals(
                -0.5 * (1 / 2.2 + Math.log(2 * Math.PI * 2.2)),
                moved.logEvidence().orElseThrow(),
                0.03);
        assertTrue(moved.worst() > 1500, "effective " + moved.worst());
        assertEquals(List.of(), moved.drawn().remarks());
    }

    /** Normal numbers, made to have mean 0 and this covariance exactly. */
    private static Points normal(double[] covariance, int count) {
        CounterRandom random = new CounterRandom(8);
        Points rows = Points.zeros(2, count);
        for (int n = 0; n < count; n++) {
            rows.set(0, n, random.normal(n, 0));
            rows.set(1, n, random.normal(n, 1));
        }
        double[] white = {variance(rows, 0), covariance(rows), covariance(rows), variance(rows, 1)};
        double[] mean = {average(rows, 0), average(rows, 1)};
        LowerTriangle.factor(white, 2);
        double[] l = covariance.clone();
        LowerTriangle.factor(l, 2);
        for (int n = 0; n < count; n++) {
            double z0 = (rows.get(0, n) - mean[0]) / white[0];
            double z1 = (rows.get(1, n) - mean[1] - white[2] * z0) / white[3];
            rows.set(0, n, l[0] * z0);
            rows.set(1, n, l[2] * z0 + l[3] * z1);
        }
        return rows;
    }

    private static double variance(Points rows, int column) {
        double mean = average(rows, column);
        return Arrays.stream(rows.column(column))
                .map(x -> (x - mean) * (x - mean))
                .average()
                .orElseThrow();
    }

    private static double covariance(Points rows) {
        double[] mean = {average(rows, 0), average(rows, 1)};
        double sum = 0;
        for (int n = 0; n < rows.size(); n++) {
            sum += (rows.get(0, n) - mean[0]) * (rows.get(1, n) - mean[1]) / rows.size();
        }
        return sum;
    }

    /** Particles are two at least, of which one is given away. */
    @Test
    void oneSampleIsDrawn() {
        for (Law law : List.of(FLOWS.get(0), mixture())) {
            GuidedFlows.Moved moved = guided(law, 0).move(CORRECTOR, 1, RUN);
            assertEquals(1, moved.drawn().rows().size());
        }
    }

    @Test
    void drawsDependOnTheSeedAlone() {
        GuidedFlows guided = guided(mixture(), 0);
        RunContext three = new RunContext(5, 3, Progress.NONE, () -> false);
        double[] rows = guided.follow(SAMPLER, 50, RUN).rows().values();
        assertArrayEquals(rows, guided.follow(SAMPLER, 50, three).rows().values());
        assertFalse(Arrays.equals(
                rows, guided.follow(SAMPLER, 50, RunContext.quiet(6)).rows().values()));
        double[] moved = guided.move(CORRECTOR, 50, RUN).drawn().rows().values();
        assertArrayEquals(
                moved, guided.move(CORRECTOR, 50, three).drawn().rows().values());
    }

    /** Parts that are alike are drawn apart: the same random numbers would give each row twice. */
    @Test
    void partsHaveRandomNumbersOfTheirOwn() {
        Mixture twins = new Mixture(
                List.of(
                        new Member(0.5, OptionalInt.empty(), FLOWS.get(0)),
                        new Member(0.5, OptionalInt.empty(), FLOWS.get(0))),
                Optional.empty());
        Points rows = guided(twins, 0).follow(SAMPLER, 40, RUN).rows();
        assertEquals(40, Arrays.stream(rows.column(1)).distinct().count());
    }

    @Test
    void oneFlowIsGuidedAsItIs() {
        GuidedFlows one = guided(FLOWS.get(0), 0);
        assertEquals(1, one.parts().size());
        assertEquals(1, one.parts().get(0).weight());
        GuidedFlows.Moved moved = one.move(CORRECTOR, 2000, RUN);
        assertEquals(logEvidence(0, 0), moved.logEvidence().orElseThrow(), 5 / 60.0);
        assertEquals(1 + 0.3 * 2, average(moved.drawn().rows(), 1), 5 / Math.sqrt(2000) + EARLIEST);
        GuidedFlows.Drawn drawn = one.follow(SAMPLER, 2000, RUN);
        assertEquals(1 + 0.3 * 2, average(drawn.rows(), 1), 5 / Math.sqrt(2000) + EARLIEST);
        assertFalse(drawn.figures().isEmpty());
    }

    @Test
    void whatAsksOfTheWholeLawIsRefusedOfSeveralFlows() {
        Guidance whole = Families.CATALOG.create(
                GuidanceProvider.KIND,
                "minority",
                Map.of(),
                new GuidanceContext(FLOWS.get(0).columns(), RUN));
        assertFalse(whole.partwise());
        GuidedFlows.check(whole, 1);
        String message = assertThrows(InputException.class, () -> GuidedFlows.check(whole, 2))
                .getMessage();
        assertTrue(message.startsWith("guidance: ") && message.contains("the model has 2 of them"), message);
        Guidance partwise =
                seen(0).get(0).create(new GuidanceContext(FLOWS.get(0).columns(), RUN));
        GuidedFlows.check(partwise, 2);
    }

    private static List<Chosen<GuidanceContext, Guidance>> guidance(Map<String, Object> block) {
        return List.of(Choices.bind(
                        GuidanceProvider.KIND, block, "type", "guidance", Path.of(""), Families.CATALOG, problem -> {
                            throw new AssertionError(problem.toString());
                        })
                .orElseThrow());
    }

    @Test
    void lawsWithoutAnIntegralAreRefused() {
        List<Chosen<GuidanceContext, Guidance>> power = guidance(Map.of("type", "temperature", "temperature", 2));
        assertEquals(
                1, GuidedFlows.of(FLOWS.get(0), power, List.of(), RUN).parts().size());
        List<ScoreModel> other = List.of(GuidedLaw.model(FLOWS.get(0)));
        for (double exponent : new double[] {-0.5, -1, -1.5}) {
            lawful(exponent > -1, guidance(Map.of("type", "product", "exponents", List.of(1, exponent))), other);
        }
        // Variances of the flow are 1.6 and .4: exp(w |x|^2 / 2) times it has an integral up to w = 1 / 1.6.
        for (double weight : new double[] {-0.5, -0.9}) {
            Map<String, Object> far = Map.of("type", "near", "point", List.of(0, 0), "width", 1);
            lawful(weight > -0.6, guidance(Map.of("type", "reward", "objective", far, "weight", weight)), List.of());
        }
    }

    private static void lawful(
            boolean lawful, List<Chosen<GuidanceContext, Guidance>> guidance, List<ScoreModel> others) {
        if (lawful) {
            assertEquals(
                    1,
                    GuidedFlows.of(FLOWS.get(0), guidance, others, RUN).parts().size());
            return;
        }
        String message = assertThrows(InputException.class, () -> GuidedFlows.of(FLOWS.get(0), guidance, others, RUN))
                .getMessage();
        assertTrue(message.startsWith("guidance: the law that is asked for has no end"), message);
    }

    @Test
    void aGuidedLawDrawsBySamplersAndHasNoDensity() {
        GuidedLaw law = GuidedLaw.of(FLOWS.get(1), seen(0), List.of(), RUN);
        Points all = law.draw(new DrawRequest(0, 30, Optional.of(SAMPLER)), RUN).rows();
        Points last =
                law.draw(new DrawRequest(20, 10, Optional.of(SAMPLER)), RUN).rows();
        assertArrayEquals(all.slice(20, 30).values(), last.values(), "rows 20 to 30 are those of all");
        Points zero = Points.zeros(2, 1);
        assertArrayEquals(MEANS[1], law.toData(zero).row(0), 1e-12, "the frame's origin is the mean");
        assertEquals(FLOWS.get(1).columns(), law.columns());
        assertEquals(FLOWS.get(1).provenance(), law.provenance());
        assertEquals(Optional.empty(), law.otherFlows());
        assertFalse(law.drawsHaveDensity());
        assertTrue(assertThrows(InputException.class, () -> law.logDensity(zero, RUN))
                .getMessage()
                .contains("no density that is known"));
        assertTrue(assertThrows(InputException.class, () -> law.draw(DrawRequest.of(3), RUN))
                .getMessage()
                .contains("name a sampler"));
    }

    @Test
    void lawsOfSeveralFlowsOrNoneAreNoOne() {
        assertEquals(FLOWS.get(0), GuidedLaw.one(FLOWS.get(0)));
        for (Law law : List.of(mixture(), new GaussianRows(MEANS[0], COVARIANCE))) {
            String message =
                    assertThrows(InputException.class, () -> GuidedLaw.one(law)).getMessage();
            assertTrue(message.contains("fit it with 'components: 1'"), message);
        }
    }

    @Test
    void differencesOfFramesAreTold() {
        assertEquals(List.of(), GuidedLaw.differences(FLOWS.get(0), FLOWS.get(0)));
        List<String> moved = GuidedLaw.differences(FLOWS.get(0), FLOWS.get(1));
        assertEquals(2, moved.size());
        assertTrue(moved.get(0).startsWith("frame: column 'x1' is "), moved.toString());
    }
}
