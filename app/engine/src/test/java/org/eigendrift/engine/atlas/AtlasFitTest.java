package org.eigendrift.engine.atlas;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Map;
import org.eigendrift.api.CounterRandom;
import org.eigendrift.api.InputException;
import org.eigendrift.api.Points;
import org.eigendrift.api.Progress;
import org.eigendrift.api.RunContext;
import org.eigendrift.api.data.Column;
import org.eigendrift.api.data.InMemory;
import org.eigendrift.api.law.Decision;
import org.eigendrift.engine.basis.Families;
import org.eigendrift.engine.flow.ChainLaw;
import org.eigendrift.engine.flow.Decisions;
import org.eigendrift.engine.flow.FittedModel;
import org.eigendrift.engine.flow.Flows;
import org.eigendrift.engine.law.gibbs.GibbsLaw;
import org.eigendrift.engine.settings.FitSettings;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** What a fit with nothing but defaults makes of rows of known laws. */
class AtlasFitTest {
    private static final double LOG_TWO_PI = Math.log(2 * Math.PI);

    private static Flows fit(InMemory rows, Map<String, ?> config, int threads) {
        return AtlasFit.of(
                rows,
                FitSettings.of(config, Families.CATALOG),
                Families.CATALOG,
                new RunContext(3, threads, Progress.NONE, () -> false));
    }

    /** Normal rows in dim columns, neighbours correlated by 0.8, of mean 3. */
    private static Points normal(int dim, int count, long seed) {
        CounterRandom random = new CounterRandom(seed);
        Points points = Points.zeros(dim, count);
        for (int n = 0; n < count; n++) {
            double before = random.normal(n, 0);
            points.set(0, n, 3 + before);
            for (int i = 1; i < dim; i++) {
                before = 0.8 * before + 0.6 * random.normal(n, i);
                points.set(i, n, 3 + before);
            }
        }
        return points;
    }

    private static double meanLogDensity(Points x) {
        double sum = 0;
        for (int n = 0; n < x.size(); n++) {
            double square = (x.get(0, n) - 3) * (x.get(0, n) - 3);
            for (int i = 1; i < x.dim(); i++) {
                double innovation = (x.get(i, n) - 3 - 0.8 * (x.get(i - 1, n) - 3)) / 0.6;
                square += innovation * innovation;
            }
            sum -= 0.5 * square + 0.5 * x.dim() * LOG_TWO_PI + (x.dim() - 1) * Math.log(0.6);
        }
        return sum / x.size();
    }

    private static double mean(double[] values) {
        double sum = 0;
        for (double value : values) {
            sum += value;
        }
        return sum / values.length;
    }

    @Test
    void fewNormalRowsAreNotOverfitted() {
        int dim = 4;
        int count = 150;
        Points test = normal(dim, 2000, 2);
        Flows atlas = fit(InMemory.of(normal(dim, count, 1)), Map.of(), 1);
        double gap = meanLogDensity(test)
                - mean(atlas.logDensity(test, RunContext.quiet(1)).nats());
        // The normal law with mean and covariance of the sample loses (d + d (d + 1) / 2) / (2 n) = 0.047 nats on
        // average, four deviations of which (its 14 parameters make a chi-square) are 0.07 more; marginals that are not
        // known to be normal may cost as much again.
        assertTrue(gap < 2 * (0.047 + 0.07), "gap " + gap);
    }

    @Test
    void chartsOfGroupsFarApart() {
        Points rows = groups(3000, 4);
        Flows atlas = fit(InMemory.of(rows), Map.of("components", 3), 1);
        assertEquals(3, atlas.flows().size());
        Points test = groups(2000, 5);
        double gap = groupsLogDensity(test)
                - mean(atlas.logDensity(test, RunContext.quiet(1)).nats());
        // Three normal laws of 5 parameters and two weights lose 17 / (2 * 3000) = 0.003 nats; smoothed marginals of
        // 1000 rows each lose some 0.003 a coordinate, and the integration may err by 0.001.
        assertTrue(gap < 0.02, "gap " + gap);
    }

    /** A third each of unit normal rows about (-6, 0), (6, 0) and (0, 9). */
    private static Points groups(int count, long seed) {
        CounterRandom random = new CounterRandom(seed);
        Points points = Points.zeros(2, count);
        for (int n = 0; n < count; n++) {
            points.set(0, n, random.normal(n, 0) + new double[] {-6, 6, 0}[n % 3]);
            points.set(1, n, random.normal(n, 1) + new double[] {0, 0, 9}[n % 3]);
        }
        return points;
    }

    private static double groupsLogDensity(Points x) {
        double sum = 0;
        for (int n = 0; n < x.size(); n++) {
            double[] centre = {new double[] {-6, 6, 0}[n % 3], new double[] {0, 0, 9}[n % 3]};
            double a = x.get(0, n) - centre[0];
            double b = x.get(1, n) - centre[1];
            // Twelve deviations apart: the other groups add nothing to a double.
            sum -= 0.5 * (a * a + b * b) + LOG_TWO_PI + Math.log(3);
        }
        return sum / x.size();
    }

    @Test
    void theSameBitsOnAnyNumberOfThreads() {
        Points rows = groups(900, 6);
        Points test = groups(50, 7);
        Flows one = fit(InMemory.of(rows), Map.of(), 1);
        Flows three = fit(InMemory.of(rows), Map.of(), 3);
        assertEquals(one.flows().size(), three.flows().size());
        assertArrayEquals(
                one.logDensity(test, RunContext.quiet(1)).nats(),
                three.logDensity(test, RunContext.quiet(1)).nats(),
                0);
    }

    @Test
    void aChosenFamilyIsMeantForAllRows() {
        Flows atlas = fit(InMemory.of(normal(2, 300, 8)), Map.of("basis", Map.of("family", "hermite", "degree", 3)), 1);
        assertEquals(1, atlas.flows().size());
    }

    @Test
    void kindsOfColumnsMeetInOneAtlas() {
        CounterRandom random = new CounterRandom(9);
        int count = 1500;
        Points rows = Points.zeros(3, count);
        for (int n = 0; n < count; n++) {
            int group = n % 2;
            double angle = (group == 0 ? 6.2 : 3) + 0.3 * random.normal(n, 0);
            rows.set(0, n, angle - 2 * Math.PI * Math.floor(angle / (2 * Math.PI)));
            rows.set(1, n, Math.exp(0.5 * random.normal(n, 1) + 2 * group));
            rows.set(2, n, 1 / (1 + Math.exp(-random.normal(n, 2))));
        }
        List<Column> columns =
                List.of(Column.angle("phi", 0, 2 * Math.PI), Column.positive("r"), Column.bounded("share", 0, 1));
        Flows atlas = fit(new InMemory(columns, rows), Map.of("components", 2), 1);
        double nats = mean(atlas.logDensity(rows, RunContext.quiet(1)).nats());
        // Entropy: log 2 + log(0.3 sqrt(2 pi e)), that of exp(0.5 z + 2 g), and that of the logit-normal law; the last
        // two by their normal logarithms: h(z) + E log |dx/dz|. The groups hardly overlap.
        double half = 0.5 * (LOG_TWO_PI + 1);
        double logistic = 0;
        for (int n = 0; n < count; n++) {
            double share = rows.get(2, n);
            logistic += Math.log(share * (1 - share)) / count;
        }
        double entropy = Math.log(2) + Math.log(0.3) + half + Math.log(0.5) + half + 1 + half + logistic;
        // Flows rows are described better than new ones, by half a parameter each; some 100 parameters for 1,500 rows,
        // and the mean of -log p over 1,500 rows has the standard error sqrt(3 / 2 / 1500) = 0.03.
        assertEquals(-entropy, nats, 0.15);
    }

    private static final int[][] SHAPES = {{2, 9}, {6, 1}};

    /** Gamma variables of unit scale, the sums of as many exponential ones; the shapes of one line or the other. */
    private static Points gamma(int count, long seed) {
        CounterRandom random = new CounterRandom(seed);
        Points points = Points.zeros(2, count);
        for (int n = 0; n < count; n++) {
            for (int i = 0; i < 2; i++) {
                double sum = 0;
                for (int k = 0; k < SHAPES[n % 2][i]; k++) {
                    sum -= Math.log(random.uniform(n, 20 * i + k));
                }
                points.set(i, n, sum);
            }
        }
        return points;
    }

    private static double gammaLogDensity(Points x) {
        double sum = 0;
        for (int n = 0; n < x.size(); n++) {
            double density = 0;
            for (int[] shapes : SHAPES) {
                double log = Math.log(0.5);
                for (int i = 0; i < 2; i++) {
                    log += (shapes[i] - 1) * Math.log(x.get(i, n)) - x.get(i, n);
                    for (int k = 2; k < shapes[i]; k++) {
                        log -= Math.log(k);
                    }
                }
                density += Math.exp(log);
            }
            sum += Math.log(density) / x.size();
        }
        return sum;
    }

    /** Positive columns have knees that suit the components, so that two charts do and their tails are right. */
    @Test
    void gammaLaws() {
        List<Column> columns = List.of(Column.positive("a"), Column.positive("b"));
        InMemory rows = new InMemory(columns, gamma(6000, 1));
        Flows atlas = fit(rows, Map.of("components", 2), 2);
        Points test = gamma(4000, 2);
        double gap = gammaLogDensity(test)
                - mean(atlas.logDensity(test, RunContext.quiet(1)).nats());
        // Two normal laws of 5 parameters, a weight and two knees lose 13 / (2 * 6000) = 0.001 nats, smoothed marginals
        // of
        // 3000 rows each some 0.002 a coordinate; the mean of log-ratios that small varies by sqrt(2 * 0.005 / 4000) =
        // 0.0016, of which three. By logarithms alone the gap is 0.0063.
        assertTrue(gap < 0.005 + 3 * 0.0016, "gap " + gap);
        // Four times as far out as any row the tail is exponential still, at a rate that is right to some 15 %;
        // logarithms
        // alone give -23.9 where -46.0 is right.
        Points far = Points.ofRows(new double[] {60, 1});
        assertEquals(
                gammaLogDensity(far),
                mean(atlas.logDensity(far, RunContext.quiet(1)).nats()),
                0.15 * 60);
    }

    private static double gap(ChainLaw law, Points test, double[] nats) {
        return mean(law.logDensity(test)) - mean(nats);
    }

    /**
     * Twenty-four rows of six correlated columns tell means and correlations: 27 numbers, which cost 27 / 48 = 0.56 nats to first order,
     * and no more than twice that where the determinants of samples are as far off as here. Curved laws lie several nats below.
     */
    @Test
    void fewRowsAreNoWorseThanANormalLaw() {
        Points all = factors(2_024);
        Points fresh = all.slice(24, all.size());
        Flows atlas = fit(InMemory.of(all.slice(0, 24)), Map.of(), 2);
        double gap = mean(factorNats(fresh))
                - mean(atlas.logDensity(fresh, RunContext.quiet(1)).nats());
        assertTrue(gap > 0 && gap < 1.1, "gap " + gap);
    }

    /** Six columns of unlike scales that follow one factor. */
    private static Points factors(int count) {
        CounterRandom random = new CounterRandom(77);
        Points out = Points.zeros(6, count);
        for (int n = 0; n < count; n++) {
            double factor = random.normal(n, 0);
            for (int i = 0; i < 6; i++) {
                out.set(i, n, scale(i) * (i + 0.9 * factor + 0.45 * random.normal(n, 1 + i)));
            }
        }
        return out;
    }

    private static double scale(int column) {
        return Math.pow(10, column - 2.0);
    }

    /** By the formulas of Sherman and Morrison for a covariance of 0.45^2 I + 0.9^2 1 1'. */
    private static double[] factorNats(Points rows) {
        double own = 0.45 * 0.45;
        double shared = 0.9 * 0.9;
        double[] nats = new double[rows.size()];
        for (int n = 0; n < nats.length; n++) {
            double squares = 0;
            double sum = 0;
            for (int i = 0; i < 6; i++) {
                double z = rows.get(i, n) / scale(i) - i;
                squares += z * z;
                sum += z;
                nats[n] -= Math.log(scale(i)) + LOG_TWO_PI / 2 + Math.log(own) / 2;
            }
            double form = squares / own - sum * sum * shared / own / (own + 6 * shared);
            nats[n] -= form / 2 + Math.log1p(6 * shared / own) / 2;
        }
        return nats;
    }

    /** Double wells on a chain, a law of pairs: what the score at t = 0 holds and that of no later time does. */
    @Test
    void aChainOfDoubleWellsIsGivenItsGibbsDensity() {
        ChainLaw law = ChainLaw.doubleWells(4);
        Flows atlas = fit(InMemory.of(law.draw(6000, 1)), Map.of(), 2);
        GibbsLaw gibbs = (GibbsLaw) atlas;
        List<List<Integer>> pairs = gibbs.model().basis().clusters().stream()
                .filter(c -> c.order() == 2)
                .map(c -> List.of(c.coordinate(0), c.coordinate(1)))
                .toList();
        assertTrue(pairs.containsAll(List.of(List.of(0, 1), List.of(1, 2), List.of(2, 3))), pairs::toString);
        Points test = law.draw(4000, 2);
        RunContext run = RunContext.quiet(1);
        double mixed = gap(law, test, atlas.logDensity(test, run).nats());
        double flow = gap(law, test, gibbs.flow().logDensity(test, run).nats());
        // Some 100 functions cost 100 / (2 * 6000) = 0.008 nats, by score matching up to twice that; a mean over 4,000
        // rows of log-ratios that small varies by sqrt(2 * 0.016 / 4000) = 0.003, the constant by 0.004.
        assertTrue(mixed < 0.016 + 5 * 0.005 && mixed > -5 * 0.005, "gap " + mixed);
        assertTrue(mixed < flow, mixed + " and " + flow + " of the flow");
        Decision density = Decisions.of(atlas, "density");
        assertTrue(density.chosen().startsWith("the Gibbs density"), density.line());
        everyChoiceSaysAmongWhat(atlas);
        samplesAreCoupled(atlas, law);
    }

    private static void everyChoiceSaysAmongWhat(Flows atlas) {
        for (String what : List.of(
                "charts",
                "model",
                "stacking",
                "density",
                "family",
                "solver",
                "t_min",
                "functions at t_min",
                "ridge at t_min")) {
            Decision decision = Decisions.of(atlas, what);
            List<String> names = decision.alternatives().stream()
                    .map(Decision.Alternative::name)
                    .toList();
            assertTrue(
                    names.stream().anyMatch(name -> decision.chosen().contains(name)),
                    what + ": " + decision.chosen() + " among " + names);
        }
        assertTrue(Decisions.of(atlas, "frames").alternatives().isEmpty(), "compared as models");
    }

    /** The flow is near enough: samples are its own draws or walks, whatever the sampler, and those of a number stay the same. */
    private static void samplesAreCoupled(Flows atlas, ChainLaw law) {
        RunContext run = RunContext.quiet(5);
        int count = 4000;
        Points many = Atlases.sample(atlas, Atlases.sampler(8), count, run).rows();
        Points few = Atlases.sample(atlas, Atlases.sampler(2), 700, new RunContext(5, 3, Progress.NONE, () -> false))
                .rows();
        String refused = assertThrows(
                        InputException.class,
                        () -> Atlases.sample(atlas, Atlases.sampler(Map.of("type", "ddim", "steps", 8)), 5, run))
                .getMessage();
        assertTrue(refused.startsWith("sampler: "), refused);
        Points rows = law.draw(100_000, 6);
        for (int i = 0; i < many.dim(); i++) {
            double square = 0;
            for (int n = 0; n < count; n++) {
                square += many.get(i, n) * many.get(i, n) / count;
                assertTrue(n >= few.size() || many.get(i, n) == few.get(i, n), "point " + n);
            }
            double expected = 0;
            double fourth = 0;
            for (int n = 0; n < rows.size(); n++) {
                double own = rows.get(i, n) * rows.get(i, n);
                expected += own / rows.size();
                fourth += own * own / rows.size();
            }
            // Five standard errors of independent draws, and as much for the fit to 6,000 rows.
            double error = Math.sqrt((fourth - expected * expected) / count);
            assertEquals(expected, square, 10 * error, "second moment of column " + i);
        }
    }

    /** Where density is given nothing is compared: the flow alone, or the Gibbs density alone. */
    @Test
    void aDensityThatIsAskedForIsFitted() {
        ChainLaw law = ChainLaw.doubleWells(4);
        InMemory rows = InMemory.of(law.draw(6000, 3));
        Map<String, Object> basis = Map.of("family", "hermite", "degree", 4);
        Flows gibbs = fit(rows, Map.of("density", "gibbs", "components", 1, "basis", basis), 2);
        assertEquals(1, gibbs.flows().size());
        assertEquals(1, ((GibbsLaw) gibbs).weight());
        Flows flow = fit(rows, Map.of("density", "flow", "components", 1, "basis", basis), 2);
        assertTrue(flow instanceof FittedModel);
        // Left to the fit, the kind of model that was given is a flow as it always was.
        Flows auto = fit(rows, Map.of("components", 1, "basis", basis), 2);
        assertTrue(auto instanceof FittedModel);
        Points test = law.draw(4000, 4);
        RunContext run = RunContext.quiet(1);
        assertArrayEquals(
                flow.logDensity(test, run).nats(), auto.logDensity(test, run).nats());
        assertArrayEquals(
                flow.logDensity(test, run).nats(),
                ((GibbsLaw) gibbs).flow().logDensity(test, run).nats());
        double own = gap(law, test, gibbs.logDensity(test, run).nats());
        // At most 16 + 3 * 16 functions, which hold the law: as above.
        assertTrue(own < 0.011 + 5 * 0.005 && own > -5 * 0.005, "gap " + own);
        assertTrue(own < gap(law, test, flow.logDensity(test, run).nats()));
    }

    @Test
    @Tag("slow")
    void eightGaussiansWithDefaults() {
        Points rows = eight(20_000, 1);
        Points test = eight(5_000, 2);
        Flows atlas = fit(InMemory.of(rows), Map.of(), 2);
        double gap = eightLogDensity(test)
                - mean(atlas.logDensity(test, RunContext.quiet(1)).nats());
        // 47 parameters of the true mixture would lose 0.0012 nats.
        assertTrue(gap < 0.01, "gap " + gap);
    }

    private static Points eight(int count, long seed) {
        CounterRandom random = new CounterRandom(seed);
        Points points = Points.zeros(2, count);
        for (int n = 0; n < count; n++) {
            double angle = Math.PI / 4 * (n % 8);
            points.set(0, n, 2 * Math.cos(angle) + 0.15 * random.normal(n, 0));
            points.set(1, n, 2 * Math.sin(angle) + 0.15 * random.normal(n, 1));
        }
        return points;
    }

    private static double eightLogDensity(Points x) {
        double sum = 0;
        for (int n = 0; n < x.size(); n++) {
            double density = 0;
            for (int k = 0; k < 8; k++) {
                double a = x.get(0, n) - 2 * Math.cos(Math.PI / 4 * k);
                double b = x.get(1, n) - 2 * Math.sin(Math.PI / 4 * k);
                density += Math.exp(-(a * a + b * b) / (2 * 0.0225)) / (8 * 2 * Math.PI * 0.0225);
            }
            sum += Math.log(density);
        }
        return sum / x.size();
    }
}
