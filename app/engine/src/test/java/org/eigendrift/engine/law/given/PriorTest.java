package org.eigendrift.engine.law.given;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.DoubleBinaryOperator;
import java.util.function.DoubleUnaryOperator;
import java.util.stream.IntStream;
import org.eigendrift.api.CounterRandom;
import org.eigendrift.api.InputException;
import org.eigendrift.api.Points;
import org.eigendrift.api.RunContext;
import org.eigendrift.api.catalog.Catalog;
import org.eigendrift.api.data.Column;
import org.eigendrift.api.data.InMemory;
import org.eigendrift.api.law.Conditional;
import org.eigendrift.api.law.DrawRequest;
import org.eigendrift.api.law.Evidence;
import org.eigendrift.api.law.Evidence.Condition;
import org.eigendrift.api.law.LawContext;
import org.eigendrift.api.law.LawProvider;
import org.eigendrift.engine.comparison.PosteriorDraws;
import org.eigendrift.engine.file.ModelFile;
import org.eigendrift.engine.kernel.Normal;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PriorTest {
    private static final RunContext RUN = RunContext.quiet(7);
    private static final Catalog CATALOG = Catalog.discover(List.of());
    private static final List<Column> COLUMNS = List.of(Column.real("theta"), Column.real("x"));
    private static final double NOISE = 0.5;

    /** Rows of a parameter and of it with noise. */
    private static Points simulated(int rows, DoubleUnaryOperator drawn) {
        CounterRandom random = new CounterRandom(5);
        Points out = Points.zeros(2, rows);
        for (int n = 0; n < rows; n++) {
            double theta = drawn.applyAsDouble(random.uniform(n, 0));
            out.set(0, n, theta);
            out.set(1, n, theta + NOISE * random.normal(n, 2));
        }
        return out;
    }

    private static ConditionalLaw fit(Points rows, Map<String, Object> more) {
        Map<String, Object> options = new HashMap<>(more);
        options.put("given", List.of("x"));
        return (ConditionalLaw) CATALOG.create(
                LawProvider.KIND, "conditional", options, new LawContext(new InMemory(COLUMNS, rows), CATALOG, RUN));
    }

    private static Map<String, Object> prior(String text) {
        return Map.of("prior", List.of("theta ~ " + text));
    }

    private static Map<String, Object> proposed(String prior, String proposal) {
        return Map.of("prior", List.of("theta ~ " + prior), "proposal", List.of("theta ~ " + proposal));
    }

    /** Mean gap to the exact log-posterior over rows of the prior, in nats: what is divided by is integrated on a grid. */
    private static double gap(ConditionalLaw law, Points fresh, DoubleUnaryOperator prior, double from, double to) {
        DoubleBinaryOperator joint =
                (theta, x) -> prior.applyAsDouble(theta) * Normal.density((x - theta) / NOISE) / NOISE;
        double[] nats = law.logDensity(fresh, RUN).nats();
        double gap = 0;
        for (int n = 0; n < fresh.size(); n++) {
            double x = fresh.get(1, n);
            int cells = 2000;
            double step = (to - from) / cells;
            double evidence = IntStream.range(0, cells)
                    .mapToDouble(k -> step * joint.applyAsDouble(from + (k + 0.5) * step, x))
                    .sum();
            gap += (Math.log(joint.applyAsDouble(fresh.get(0, n), x) / evidence) - nats[n]) / fresh.size();
        }
        return gap;
    }

    private static DoubleUnaryOperator normal(double mean, double deviation) {
        return share -> mean + deviation * Normal.quantile(share);
    }

    /** Five parameters cost 5 / (2 rows) nats on average, and four times that at worst; the grid's own error is far less. */
    private static double cost(int rows) {
        return 4 * 5 / (2.0 * rows);
    }

    @Test
    void aConjugatePosteriorIsFound() {
        ConditionalLaw law = fit(simulated(1000, normal(0, 1)), prior("normal(0, 1)"));
        Points fresh = simulated(400, normal(0.2, 1));
        double gap = gap(law, fresh, Normal::density, -8, 8);
        assertTrue(Math.abs(gap) < cost(1000) + 0.01, "off by " + gap);
        double x = 1.5;
        Points drawn = law.given(Evidence.of(new Condition.Equal(1, x)), RUN)
                .draw(DrawRequest.of(4096), RUN)
                .rows();
        double mean = Arrays.stream(drawn.column(0)).average().orElseThrow();
        // Mean x / (1 + 0.25), deviation sqrt(0.2); five standard errors of a regression at 1.4 deviations, and of the
        // draws.
        assertEquals(x / 1.25, mean, 5 * Math.sqrt(0.2) * Math.sqrt(3.0 / 1000 + 1.0 / 4096));
    }

    @Test
    void aUniformPriorCutsThePosteriorOff() {
        DoubleUnaryOperator box = share -> 2 * share - 1;
        ConditionalLaw law = fit(simulated(1000, box), prior("uniform(-1, 1)"));
        double gap = gap(law, simulated(400, box), theta -> Math.abs(theta) <= 1 ? 0.5 : 0, -1, 1);
        // Regressions of theta on x are curved near the walls; that of x on theta is exact.
        assertTrue(Math.abs(gap) < cost(1000), "off by " + gap);
        assertTrue(
                law.provenance().decisions().get(0).chosen().contains("prior times likelihood"),
                law.provenance().decisions().get(0).line());
        Conditional given = law.given(Evidence.of(new Condition.Equal(1, 1.6)), RUN);
        Points drawn = given.draw(DrawRequest.of(2000), RUN).rows();
        assertTrue(Arrays.stream(drawn.column(0)).allMatch(theta -> Math.abs(theta) <= 1));
        Points beyond = Points.ofRows(new double[] {1.001, 1.6});
        assertEquals(Double.NEGATIVE_INFINITY, given.logDensity(beyond, RUN).nats()[0]);
        assertEquals(Double.NEGATIVE_INFINITY, law.logDensity(beyond, RUN).nats()[0]);
        InputException e = assertThrows(
                InputException.class,
                () -> law.given(Evidence.of(new Condition.Equal(1, 0.5), new Condition.Equal(0, 2)), RUN));
        assertTrue(e.getMessage().contains("beyond the bounds of their prior"), e.getMessage());
    }

    @Test
    void rowsOfAProposalCountAsThoseOfThePrior() {
        Points rows = simulated(1500, normal(0.5, 1.2));
        Points fresh = simulated(400, normal(0, 0.6));
        DoubleUnaryOperator prior = theta -> Normal.density(theta / 0.6) / 0.6;
        double gap = gap(fit(rows, proposed("normal(0, 0.6)", "normal(0.5, 1.2)")), fresh, prior, -5, 5);
        double without = gap(fit(rows, Map.of()), fresh, prior, -5, 5);
        // As many rows count as the mean of squared weights says, some half of them.
        assertTrue(Math.abs(gap) < cost(700) + 0.01, "off by " + gap);
        assertTrue(without > 10 * Math.abs(gap), "without weights off by " + without);
    }

    @Test
    void rowsThatThePriorHoldsToBeImpossibleCountForNothing() {
        Points rows = simulated(1500, normal(0, 0.8));
        ConditionalLaw law = fit(rows, proposed("uniform(-1, 1)", "normal(0, 0.8)"));
        double gap = gap(law, simulated(400, s -> 2 * s - 1), theta -> Math.abs(theta) <= 1 ? 0.5 : 0, -1, 1);
        assertTrue(Math.abs(gap) < cost(900), "off by " + gap);
        assertTrue(
                law.provenance()
                        .decisions()
                        .get(0)
                        .line()
                        .matches("rows are weighed by prior over proposal, and count as [0-9,]+ of 1,1[0-9]{2}"),
                law.provenance().decisions().get(0).line());
        double[] weights = law.weights(Points.ofRows(new double[] {0, 0}, new double[] {2, 0}, new double[] {0.8, 0}));
        assertEquals(0, weights[1]);
        // Ratios of the proposal's densities; a few roundings.
        assertEquals(Math.exp(0.5), weights[2] / weights[0], 1e-12);
    }

    @Test
    void heldOutRowsOfAProposalAreKeptAsThePriorHasThem() {
        ConditionalLaw law = fit(simulated(600, normal(0, 1)), proposed("normal(0.5, 0.6)", "normal(0, 1)"));
        Points truth =
                PosteriorDraws.of(law, simulated(3000, normal(0, 1)), RUN).truth();
        assertEquals(500, truth.size());
        double mean = Arrays.stream(truth.column(0)).average().orElseThrow();
        assertEquals(0.5, mean, 5 * 0.6 / Math.sqrt(500));
    }

    /** log theta is normal, and x is it with noise. */
    @Test
    void aLogNormalPriorIsModelledByLogarithms(@TempDir Path directory) {
        Points rows = simulated(1000, normal(-1, 0.8));
        for (int n = 0; n < rows.size(); n++) {
            rows.set(0, n, Math.exp(rows.get(0, n)));
        }
        ConditionalLaw law = fit(rows, prior("lognormal(-1, 0.8)"));
        double x = 0.3;
        double variance = 1 / (1 / 0.64 + 4);
        double mean = variance * (-1 / 0.64 + 4 * x);
        Points at =
                Points.ofRows(new double[] {0.7, x}, new double[] {1.3, x}, new double[] {0, x}, new double[] {-1, x});
        double[] nats = law.logDensity(at, RUN).nats();
        for (int n = 0; n < 2; n++) {
            double u = Math.log(at.get(0, n));
            double exact = -0.5 * (u - mean) * (u - mean) / variance - 0.5 * Math.log(2 * Math.PI * variance) - u;
            // Of a point two deviations off the score of five parameters is some 2 sqrt(5 / rows).
            assertEquals(exact, nats[n], 4 * Math.sqrt(5.0 / 1000));
        }
        assertEquals(Double.NEGATIVE_INFINITY, nats[2]);
        assertEquals(Double.NEGATIVE_INFINITY, nats[3]);
        Evidence evidence = Evidence.of(new Condition.Equal(1, x));
        assertArrayEquals(
                Arrays.copyOf(nats, 2),
                law.given(evidence, RUN)
                        .logDensity(at.select(new int[] {0, 1}), RUN)
                        .nats(),
                1e-12);
        double known = law.given(evidence.and(Evidence.of(new Condition.Equal(0, 0.7))), RUN)
                .certainty()
                .logProbability();
        assertEquals(nats[0], known, 1e-10);
        Path file = directory.resolve("law.safetensors");
        ModelFile.write(law, file);
        ConditionalLaw again = (ConditionalLaw) ModelFile.read(file, CATALOG);
        assertArrayEquals(nats, again.logDensity(at, RUN).nats());
        assertArrayEquals(
                law.draw(DrawRequest.of(50), RUN).rows().values(),
                again.draw(DrawRequest.of(50), RUN).rows().values());
        assertTrue(Arrays.stream(again.draw(DrawRequest.of(500), RUN).rows().column(0))
                .allMatch(theta -> theta > 0));
    }

    /** Of two parameters and one observation, by brute force over a grid: prior times likelihood, normalised. */
    @Test
    void thePosteriorOfRegressionsIsBayesRule() {
        Experts likelihood = new Experts(
                new double[] {Math.log(0.3), Math.log(0.7)},
                Optional.empty(),
                new double[][] {{0.5, 1, -0.5}, {-1, 0.2, 0.8}},
                new double[][] {{0.4}, {0.9}});
        Prior prior = PriorText.read(
                "prior",
                List.of("a, b ~ normal([0.2, -0.3], [[1, 0.4], [0.4, 0.5]])"),
                List.of("a", "b"),
                List.of("x"));
        Posterior posterior = Posterior.of(likelihood, prior).orElseThrow();
        double[] x = {0.6};
        double sum = 0;
        double step = 0.05;
        double[][] points = {{0, 0}, {1, -1}, {-1.5, 0.4}};
        double[] joint = new double[points.length];
        for (double a = -8; a < 8; a += step) {
            for (double b = -8; b < 8; b += step) {
                sum += step * step * Math.exp(joint(likelihood, prior, new double[] {a, b}, x));
            }
        }
        for (int n = 0; n < points.length; n++) {
            joint[n] = joint(likelihood, prior, points[n], x);
            // The sum over a lattice of steps far below the deviations is right to rounding.
            assertEquals(joint[n] - Math.log(sum), posterior.logDensity(points[n], x), 1e-9);
        }
    }

    private static double joint(Experts likelihood, Prior prior, double[] theta, double[] x) {
        return prior.logDensity(theta) + likelihood.logDensity(x, theta);
    }

    @Test
    void aFlatPriorAndRegressionsThatLeaveAColumnOpenAreNoPosterior() {
        Experts one =
                new Experts(new double[] {0}, Optional.empty(), new double[][] {{0, 1, 0}}, new double[][] {{0.5}});
        Prior flat = PriorText.read("prior", List.of("a, b ~ uniform(-1, 1)"), List.of("a", "b"), List.of("x"));
        assertTrue(Posterior.of(one, flat).isEmpty());
    }

    @Test
    void densitiesAreRead() {
        List<String> open = List.of("t1", "a b", "t3");
        Prior prior = PriorText.read(
                "prior",
                List.of("t3, t1 ~ normal([1, 2], [[4, 1], [1, 9]])", "\"a b\" ~ uniform(-2, 3e0)"),
                open,
                List.of("x"));
        assertArrayEquals(new double[] {2, 0, 1}, prior.mean());
        // The inverse of ((4, 1), (1, 9)) is ((9, -1), (-1, 4)) / 35; the normal density at its mean is 1 / (2 pi
        // sqrt(35)).
        assertArrayEquals(
                new double[] {4 / 35.0, 0, -1 / 35.0, 0, 0, 0, -1 / 35.0, 0, 9 / 35.0}, prior.precision(), 1e-15);
        assertEquals(
                -Math.log(2 * Math.PI * Math.sqrt(35)) - Math.log(5), prior.logDensity(new double[] {2, 0, 1}), 1e-14);
        assertEquals(Double.NEGATIVE_INFINITY, prior.logDensity(new double[] {2, 3.1, 1}));
    }

    @Test
    void mistakesAreTold() {
        mistake("says nothing of 't2', expected a density of each modelled column", "t1 ~ uniform(0, 1)");
        mistake("no kind of density 'gaussian'", "t1, t2 ~ gaussian(0, 1)");
        mistake("did you mean 'normal'?", "t1, t2 ~ norml(0, 1)");
        mistake("from 1.0 to 0.0, expected the lower bound first", "t1, t2 ~ uniform(1, 0)");
        mistake("no column 't4'; did you mean", "t1, t4 ~ uniform(0, 1)");
        mistake("'x' is given; expected modelled columns, t1, t2", "x ~ uniform(0, 1)");
        mistake("says two densities of 't1'", "t1, t2 ~ uniform(0, 1)", "t1 ~ normal(0, 1)");
        mistake("a deviation of 0.0, expected one above 0", "t1, t2 ~ normal(0, 0)");
        mistake("the covariance is not positive definite", "t1, t2 ~ normal([0, 0], [[1, 2], [2, 1]])");
        mistake("the covariance is not symmetric: 0.5 and 0.4", "t1, t2 ~ normal([0, 0], [[1, 0.4], [0.5, 1]])");
        mistake("a covariance of 1 rows, expected 2", "t1, t2 ~ normal(0, [[1, 0.4]])");
        mistake("3 numbers in '[0, 1, 2]', expected 2", "t1, t2 ~ normal([0, 1, 2], 1)");
        mistake("1 arguments, expected uniform(LOWER, UPPER)", "t1, t2 ~ uniform(3)");
        mistake("found 'one', expected a number", "t1, t2 ~ uniform(0, one)");
        mistake("found 'Infinity', expected a finite number", "t1, t2 ~ uniform(0, Infinity)");
        mistake("expected COLUMN ~ KIND(...), such as", "t1 uniform 0 1");
    }

    /** What is wrong with one density does not hide what is wrong with others, nor with those of the proposal. */
    @Test
    void allMistakesAreToldAtOnce() {
        mistake(
                "'t1 ~ unifrm(0, 1)': no kind of density 'unifrm'; did you mean 'uniform'? known: lognormal, normal, uniform;"
                        + " 'v ~ uniform(0, 1)': no column 'v'",
                "t1 ~ unifrm(0, 1)",
                "v ~ uniform(0, 1)");
        mistake(
                "'t1 ~ normal(0, -1)': a deviation of -1.0, expected one above 0; says nothing of 't2'",
                "t1 ~ normal(0, -1)");
        InputException both = assertThrows(
                InputException.class,
                () -> new Counts(
                        List.of("t ~ unifrm(0, 1)"), List.of("t ~ uniform(1, 0)"), List.of("t"), List.of("x")));
        assertTrue(
                both.getMessage()
                        .matches(
                                "prior: 't ~ unifrm.*; proposal: 't ~ uniform\\(1, 0\\)': from 1.0 to 0.0, expected.*"),
                both.getMessage());
        assertEquals(Optional.of("prior"), both.key());
    }

    private static void mistake(String expected, String... texts) {
        InputException e = assertThrows(
                InputException.class, () -> PriorText.read("prior", List.of(texts), List.of("t1", "t2"), List.of("x")));
        assertTrue(e.getMessage().startsWith("prior: ") && e.getMessage().contains(expected), e.getMessage());
    }

    @Test
    void rowsMustHaveBeenDrawnFromWhatIsSaid() {
        Points rows = simulated(100, normal(0, 1));
        InputException beyond = assertThrows(InputException.class, () -> fit(rows, prior("uniform(-0.1, 0.1)")));
        assertTrue(
                beyond.getMessage()
                        .matches(
                                "training row \\d+: theta = .*, which has no density under the prior; say by 'proposal' from what rows were drawn"),
                beyond.getMessage());
        InputException few =
                assertThrows(InputException.class, () -> fit(rows, proposed("normal(2, 0.1)", "normal(0, 1)")));
        assertTrue(few.getMessage().startsWith("proposal: 100 rows drawn from it count as "), few.getMessage());
        InputException alone = assertThrows(
                InputException.class, () -> fit(rows, Map.of("proposal", List.of("theta ~ normal(0, 1)"))));
        assertTrue(alone.getMessage().contains("is read with 'prior' alone"), alone.getMessage());
    }
}
