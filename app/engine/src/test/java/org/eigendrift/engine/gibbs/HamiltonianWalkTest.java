package org.eigendrift.engine.gibbs;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.List;
import java.util.function.DoubleUnaryOperator;
import java.util.stream.IntStream;
import org.eigendrift.api.CounterRandom;
import org.eigendrift.api.Parallel;
import org.eigendrift.api.Points;
import org.eigendrift.api.RunContext;
import org.eigendrift.engine.basis.Cluster;
import org.eigendrift.engine.basis.CoordinateBasis;
import org.eigendrift.engine.basis.Families;
import org.eigendrift.engine.basis.ProductBasis;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Laws that the walk must keep and reach: closed forms and quadrature on each kind of domain. */
class HamiltonianWalkTest {
    private static final int COUNT = 8_000;
    private static final CounterRandom RANDOM = new CounterRandom(77);

    private static ProductBasis single(String family, int degree) {
        return Families.complete(Families.coordinates(List.of(family), degree), 1);
    }

    private static int[] numbers(int count) {
        return IntStream.range(0, count).toArray();
    }

    private static double move(HamiltonianWalk walk, GibbsEnergy potential, Points z) {
        Parallel parallel = new Parallel(2);
        return walk.move(potential, z, numbers(z.size()), RANDOM, parallel);
    }

    private static Points prior(GibbsEnergy potential, int count) {
        Points z = Points.zeros(potential.process().dim(), count);
        potential.process().prior(new CounterRandom(5), 0, z);
        return z;
    }

    private static HamiltonianWalk tuned(GibbsEnergy potential, Points pilot) {
        Parallel parallel = new Parallel(2);
        return HamiltonianWalk.tuned(potential, pilot, new CounterRandom(6), parallel, RunContext.quiet(1));
    }

    private static double mean(Points z, int i, DoubleUnaryOperator f) {
        double sum = 0;
        for (int n = 0; n < z.size(); n++) {
            sum += f.applyAsDouble(z.get(i, n)) / z.size();
        }
        return sum;
    }

    /** A mean of independent points within five standard errors. */
    private static void assertMean(double expected, double square, Points z, DoubleUnaryOperator f, String what) {
        double error = Math.sqrt((square - expected * expected) / z.size());
        assertEquals(expected, mean(z, 0, f), 5 * error, what);
    }

    /**
     * exp(-x^2 / 2 + a x + b (x^2 - 1) / sqrt 2) is normal: precision 1 - sqrt 2 b, mean a over it. Its fourth central
     * moment is three times the squared variance.
     */
    @ParameterizedTest
    @CsvSource({"0.7, -0.5", "-0.4, 0.3", "0, -3"})
    void onTheLine(double a, double b) {
        double variance = 1 / (1 - Math.sqrt(2) * b);
        double mean = a * variance;
        GibbsEnergy potential =
                new GibbsEnergy(single("hermite", 2), new double[] {a, b}, Confinement.none(1), Bounds.NONE);
        // Many, as a rule that is a little wrong shifts moments by a per cent.
        Points z = Points.zeros(1, 150_000);
        for (int n = 0; n < z.size(); n++) {
            z.set(0, n, mean + Math.sqrt(variance) * new CounterRandom(8).normal(n, 0));
        }
        // What is that law stays it, with steps that are often refused too.
        double accepted = move(new HamiltonianWalk(1.4 * Math.sqrt(variance), 4), potential, z);
        assertTrue(accepted < 0.98 && accepted > 0.3, "some are refused: " + accepted);
        assertNormal(mean, variance, z, "kept");
        Points reached = prior(potential, COUNT);
        move(tuned(potential, reached.slice(0, 1024)), potential, reached);
        assertNormal(mean, variance, reached, "reached");
    }

    private static void assertNormal(double mean, double variance, Points z, String what) {
        assertMean(mean, variance + mean * mean, z, x -> x, what);
        assertMean(variance, 3 * variance * variance, z, x -> (x - mean) * (x - mean), what);
    }

    /** I_k(x) by its power series. */
    private static double bessel(int k, double x) {
        double term = Math.pow(x / 2, k)
                / (k == 0 ? 1 : IntStream.rangeClosed(1, k).asDoubleStream().reduce(1, (p, q) -> p * q));
        double sum = term;
        for (int m = 1; m < 60; m++) {
            term *= x * x / (4.0 * m * (m + k));
            sum += term;
        }
        return sum;
    }

    /**
     * exp(kappa cos(x - mu)) is von Mises' law: E cos k(x - mu) = I_k / I_0. Its mode lies at the ends of [0, 2 pi), which
     * points cross.
     */
    @ParameterizedTest
    @CsvSource({"2, 0", "0.5, 1", "4, 6"})
    void onACircle(double kappa, double mu) {
        double root = kappa / Math.sqrt(2);
        GibbsEnergy potential = new GibbsEnergy(
                single("fourier", 1),
                new double[] {root * Math.cos(mu), root * Math.sin(mu)},
                Confinement.none(1),
                Bounds.NONE);
        Points z = prior(potential, COUNT);
        move(tuned(potential, z.slice(0, 1024)), potential, z);
        double[] moments = IntStream.range(0, 3)
                .mapToDouble(k -> bessel(k, kappa) / bessel(0, kappa))
                .toArray();
        assertMean(moments[1], 0.5 + 0.5 * moments[2], z, x -> Math.cos(x - mu), "cos");
        assertMean(0, 0.5 - 0.5 * moments[2], z, x -> Math.sin(x - mu), "sin");
        assertMean(moments[2], 1, z, x -> Math.cos(2 * (x - mu)), "cos 2x");
        for (double x : z.values()) {
            assertTrue(x >= 0 && x < 2 * Math.PI, "on the circle: " + x);
        }
    }

    /** E f by the midpoint rule on the unnormalised density. */
    private static double quadrature(
            ProductBasis basis, double[] theta, double from, double to, DoubleUnaryOperator f) {
        int cells = 40_000;
        double sum = 0;
        double mass = 0;
        CoordinateBasis coordinate = basis.coordinate(0);
        double[] phi = new double[theta.length + 1];
        for (int c = 0; c < cells; c++) {
            double x = from + (to - from) * (c + 0.5) / cells;
            coordinate.basis().values(phi.length, new double[] {x}, 0, 1, phi);
            double log = coordinate.basis().logDensity(x);
            for (int k = 0; k < theta.length; k++) {
                log += theta[k] * phi[k + 1];
            }
            mass += Math.exp(log);
            sum += Math.exp(log) * f.applyAsDouble(x);
        }
        return sum / mass;
    }

    /** An interval whose ends the density does not avoid, and a half-line; the tail beyond 60 scales is below e^-30. */
    @ParameterizedTest
    @CsvSource({"cosine, 0.6, -0.5", "cosine, -0.8, 0.2", "laguerre, 0.3, 0", "laguerre, -0.4, -0.2"})
    void onAnIntervalAndAHalfLine(String family, double a, double b) {
        ProductBasis basis = single(family, 2);
        double[] theta = {a, b};
        double from = basis.coordinate(0).basis().domain().lower();
        double to = family.equals("cosine")
                ? basis.coordinate(0).basis().domain().upper()
                : basis.coordinate(0).basis().quantile(1 - 1e-15) * 2;
        GibbsEnergy potential = new GibbsEnergy(basis, theta, Confinement.none(basis.dim()), Bounds.NONE);
        Points z = prior(potential, COUNT);
        move(tuned(potential, z.slice(0, 1024)), potential, z);
        for (int k = 1; k <= 2; k++) {
            int power = k;
            assertMean(
                    quadrature(basis, theta, from, to, x -> Math.pow(x, power)),
                    quadrature(basis, theta, from, to, x -> Math.pow(x, 2 * power)),
                    z,
                    x -> Math.pow(x, power),
                    "E x^" + k);
        }
        // A rule that refuses at an end too often would leave it bare.
        double end = from + 0.05 * (family.equals("cosine") ? to - from : 1);
        double share = quadrature(basis, theta, from, to, x -> x < end ? 1 : 0);
        assertMean(share, share, z, x -> x < end ? 1 : 0, "near the end");
    }

    /** Precision {{1, -c}, {-c, 1}}: variance 1 / (1 - c^2), correlation c. */
    @Test
    void ofTwoCorrelatedCoordinates() {
        double c = 0.8;
        ProductBasis basis = new ProductBasis(
                Families.coordinates(List.of("hermite", "hermite"), 1),
                List.of(Cluster.full(new int[] {0, 1}, new int[] {1, 1})));
        GibbsEnergy potential = new GibbsEnergy(basis, new double[] {c}, Confinement.none(basis.dim()), Bounds.NONE);
        Points z = prior(potential, COUNT);
        HamiltonianWalk walk = tuned(potential, z.slice(0, 1024));
        move(walk, potential, z);
        double variance = 1 / (1 - c * c);
        double product = 0;
        for (int n = 0; n < COUNT; n++) {
            product += z.get(0, n) * z.get(1, n) / COUNT;
        }
        // E (x y)^2 - (E x y)^2 = v^2 (1 + c^2) for normal laws.
        assertEquals(c * variance, product, 5 * variance * Math.sqrt((1 + c * c) / COUNT));
        assertNormal(0, variance, z, "first");
        assertEquals(walk.trajectories() * (HamiltonianWalk.LEAPS + 1), walk.evaluations());
    }

    private static Points walked(GibbsEnergy potential, Points z, int[] numbers, int threads) {
        Points moved = z.copy();
        Parallel parallel = new Parallel(threads);
        new HamiltonianWalk(0.4, 6).move(potential, moved, numbers, RANDOM, parallel);
        return moved;
    }

    /** All points, those in other batches, a few of them, and backwards. */
    @ParameterizedTest
    @ValueSource(strings = {"hermite fourier cosine", "laguerre hermite laguerre", "mean-field mean-field cosine"})
    void whereAPointGoesDependsOnItsNumberAlone(String names) {
        List<String> families = List.of(names.split(" "));
        ProductBasis basis = Families.complete(Families.coordinates(families, 3), 2);
        double[] theta = GibbsEnergyTest.theta(basis, 12);
        for (int a = 0; a < theta.length; a++) {
            theta[a] *= 0.2;
        }
        GibbsEnergy potential = new GibbsEnergy(basis, theta, Confinement.none(basis.dim()), Bounds.NONE);
        Points z = prior(potential, 2500);
        int[] numbers = numbers(2500);
        Points all = walked(potential, z, numbers, 1);
        assertTrue(mean(all, 0, x -> x) != mean(z, 0, x -> x), "points move");
        assertArrayEquals(all.values(), walked(potential, z, numbers, 3).values());
        assertSome(
                all, potential, z, IntStream.range(0, 777).map(n -> 3 * n + 1).toArray());
        assertSome(
                all, potential, z, IntStream.range(0, 2500).map(n -> 2499 - n).toArray());
        assertSome(all, potential, z, new int[] {1999});
    }

    private static void assertSome(Points all, GibbsEnergy potential, Points z, int[] some) {
        Points few = Points.zeros(z.dim(), some.length);
        for (int i = 0; i < z.dim(); i++) {
            for (int j = 0; j < some.length; j++) {
                few.set(i, j, z.get(i, some[j]));
            }
        }
        Points moved = walked(potential, few, some, 2);
        for (int i = 0; i < z.dim(); i++) {
            for (int j = 0; j < some.length; j++) {
                assertEquals(all.get(i, some[j]), moved.get(i, j), "point " + some[j]);
            }
        }
    }

    /** The last of 24 corrections of the step's logarithm are 0.4 of what acceptance misses, so that some of it is left. */
    @Test
    void theTunedStepIsAcceptedAboutAsOftenAsIntended() {
        List<String> families = List.of("hermite", "hermite", "hermite", "hermite");
        ProductBasis basis = Families.complete(Families.coordinates(families, 2), 1);
        double[] theta = new double[basis.size()];
        Arrays.fill(theta, -0.3);
        GibbsEnergy potential = new GibbsEnergy(basis, theta, Confinement.none(basis.dim()), Bounds.NONE);
        Points z = prior(potential, 4000);
        HamiltonianWalk walk = tuned(potential, z.slice(0, 1024));
        move(walk, potential, z);
        assertEquals(0.75, move(walk, potential, z), 0.1);
        assertTrue(walk.trajectories() >= 10 && walk.trajectories() <= 160);
    }
}
