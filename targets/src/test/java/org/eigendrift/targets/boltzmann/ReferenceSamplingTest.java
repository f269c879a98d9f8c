package org.eigendrift.targets.boltzmann;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.List;
import java.util.OptionalLong;
import java.util.function.ToDoubleFunction;
import java.util.stream.IntStream;
import org.eigendrift.api.CounterRandom;
import org.eigendrift.api.NumericalException;
import org.eigendrift.api.Points;
import org.eigendrift.api.Progress;
import org.eigendrift.api.RunContext;
import org.eigendrift.api.data.Column;
import org.eigendrift.api.target.Potential;
import org.eigendrift.targets.KnownLaw;
import org.eigendrift.targets.mcmc.BoltzmannModel;
import org.eigendrift.targets.mcmc.ChainPlan;
import org.eigendrift.targets.mcmc.Chains;
import org.eigendrift.targets.mcmc.Diagnostics;
import org.eigendrift.targets.mixture.MixturesForTests;
import org.eigendrift.targets.numeric.Bessel;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Chains against moments that are known otherwise; seeds are fixed, so three standard errors are never a false alarm. */
class ReferenceSamplingTest {
    private static final int CHAINS = 16;

    private static BoltzmannModel model(Potential potential, List<Column> columns, boolean symmetric) {
        return new BoltzmannModel() {
            @Override
            public Potential potential() {
                return potential;
            }

            @Override
            public List<Column> columns() {
                return columns;
            }

            @Override
            public boolean symmetric() {
                return symmetric;
            }
        };
    }

    private static List<Column> reals(int dim) {
        return IntStream.rangeClosed(1, dim).mapToObj(i -> Column.real("x" + i)).toList();
    }

    private static Chains run(ChainPlan.Sampler sampler, int draws, int thin, BoltzmannModel model, int threads) {
        ChainPlan plan = new ChainPlan(sampler, CHAINS, 400, draws, thin, 6, 10);
        RunContext context = new RunContext(3, threads, Progress.NONE, () -> false);
        return Chains.run(model, plan, new CounterRandom(21), context);
    }

    /** The mean of a function within three standard errors, from the effective sample size, which must be sensible. */
    private static void check(String what, Chains chains, int draws, ToDoubleFunction<double[]> function, double mean) {
        Points rows = chains.rows(0, CHAINS * draws);
        double[][] values = new double[CHAINS][draws];
        double sum = 0;
        double square = 0;
        for (int n = 0; n < rows.size(); n++) {
            double value = function.applyAsDouble(rows.row(n));
            values[n % CHAINS][n / CHAINS] = value;
            sum += value;
            square += value * value;
        }
        double average = sum / rows.size();
        double variance = square / rows.size() - average * average;
        double effective = Diagnostics.effectiveSize(values);
        assertTrue(effective > 200, what + ": effective sample size " + effective);
        assertEquals(mean, average, 3 * Math.sqrt(variance / effective), what + ", effective size " + effective);
        double rHat = Diagnostics.splitRHat(values);
        assertTrue(rHat < 1.02, what + ": R-hat " + rHat);
    }

    @ParameterizedTest
    @EnumSource(ChainPlan.Sampler.class)
    void gaussianMoments(ChainPlan.Sampler sampler) {
        KnownLaw law = MixturesForTests.gaussian(new double[] {0.5, -1}, new double[][] {{1, 1.8}, {1.8, 4}});
        Chains chains = run(sampler, 400, 2, model(law.potential().orElseThrow(), reals(2), false), 2);
        check(sampler + " x1", chains, 400, x -> x[0], 0.5);
        check(sampler + " x2", chains, 400, x -> x[1], -1);
        check(sampler + " variance 1", chains, 400, x -> Math.pow(x[0] - 0.5, 2), 1);
        check(sampler + " variance 2", chains, 400, x -> Math.pow(x[1] + 1, 2), 4);
        check(sampler + " covariance", chains, 400, x -> (x[0] - 0.5) * (x[1] + 1), 1.8);
        assertEquals(List.of(), chains.remarks());
    }

    @ParameterizedTest
    @EnumSource(ChainPlan.Sampler.class)
    void angleBetweenRotorsIsVonMises(ChainPlan.Sampler sampler) {
        Rotors rotors = new Rotors(Lattice.of(List.of(5), Boundary.NEUMANN, "test"), 1.7, 0);
        List<Column> columns = IntStream.rangeClosed(1, 5)
                .mapToObj(i -> Column.angle("x" + i, 0, 2 * Math.PI))
                .toList();
        Chains chains = run(sampler, 400, 2, model(rotors, columns, false), 2);
        // Differences on an open chain are independent von Mises angles.
        double mean = Bessel.i1Scaled(1.7) / Bessel.i0Scaled(1.7);
        check("neighbours", chains, 400, x -> Math.cos(x[1] - x[2]), mean);
        check("ends", chains, 400, x -> Math.cos(x[0] - x[4]), Math.pow(mean, 4));
        check("no direction", chains, 400, x -> Math.sin(x[3]), 0);
    }

    @Test
    void funnelMarginals() {
        Potential funnel = new Funnel()
                .create(new Funnel.Options(1, 0, 3, 1, OptionalLong.empty()), RunContext.quiet(1))
                .potential()
                .orElseThrow();
        Chains chains = run(ChainPlan.Sampler.NUTS, 600, 2, model(funnel, reals(3), false), 2);
        check("v", chains, 600, x -> x[0], 0);
        check("v squared", chains, 600, x -> x[0] * x[0], 1);
        // E x^2 = E exp(v) = exp(1/2).
        check("x squared", chains, 600, x -> x[1] * x[1], Math.exp(0.5));
        check("scaled", chains, 600, x -> x[2] * x[2] * Math.exp(-x[0]), 1);
    }

    @Test
    void temperingWeighsSeparatedModes() {
        // Modes 12 standard deviations apart, with weights 0.3 and 0.7.
        KnownLaw law = MixturesForTests.mixture(
                new double[] {0.3, 0.7}, new double[][] {{-6, 0}, {6, 0}}, new double[][] {{1, 1}, {1, 1}});
        ChainPlan plan = new ChainPlan(ChainPlan.Sampler.TEMPERING, CHAINS, 400, 800, 4, 8, 40);
        Chains chains = Chains.run(
                model(law.potential().orElseThrow(), reals(2), false), plan, new CounterRandom(5), RunContext.quiet(1));
        check("weight of the right mode", chains, 800, x -> x[0] > 0 ? 1 : 0, 0.7);
        check("second moment", chains, 800, x -> x[0] * x[0], 37);
    }

    @Test
    void chainsThatDoNotMixAreReported() {
        KnownLaw law = MixturesForTests.mixture(
                new double[] {0.5, 0.5}, new double[][] {{-9}, {9}}, new double[][] {{1}, {1}});
        BoltzmannModel apart = new BoltzmannModel() {
            @Override
            public Potential potential() {
                return law.potential().orElseThrow();
            }

            @Override
            public List<Column> columns() {
                return reals(1);
            }

            @Override
            public void start(CounterRandom random, long chain, double[] out) {
                out[0] = chain % 2 == 0 ? -9 : 9;
            }
        };
        List<String> remarks = run(ChainPlan.Sampler.NUTS, 100, 1, apart, 1).remarks();
        assertEquals(1, remarks.size());
        assertTrue(
                remarks.get(0).startsWith("the reference chains have not mixed: split R-hat of x1 is "),
                remarks.get(0));
    }

    /** x^2 and the product of neighbours on two sites, by the trapezoid rule in two dimensions. */
    @ParameterizedTest
    @EnumSource(ChainPlan.Sampler.class)
    void quarticFieldMomentsByQuadrature(ChainPlan.Sampler sampler) {
        QuarticField field = new QuarticField(Lattice.of(List.of(2), Boundary.NEUMANN, "test"), 2, 0, -4, 2);
        int cells = 400;
        Points grid = Points.zeros(2, cells * cells);
        for (int n = 0; n < grid.size(); n++) {
            grid.set(0, n, -4 + 8.0 * (n % cells) / cells);
            grid.set(1, n, -4 + 8.0 * (n / cells) / cells);
        }
        double[] energy = new double[grid.size()];
        field.energy(grid, energy);
        double mass = 0;
        double square = 0;
        double product = 0;
        for (int n = 0; n < grid.size(); n++) {
            double weight = Math.exp(-energy[n]);
            mass += weight;
            square += weight * grid.get(0, n) * grid.get(0, n);
            product += weight * grid.get(0, n) * grid.get(1, n);
        }
        Chains chains = run(sampler, 400, 3, model(field, reals(2), true), 2);
        check("square", chains, 400, x -> x[0] * x[0], square / mass);
        check("product", chains, 400, x -> x[0] * x[1], product / mass);
        check("mean", chains, 400, x -> x[1], 0);
    }

    /** Mean energy and second moment of a Ginzburg-Landau chain from its transfer operator. */
    @ParameterizedTest
    @EnumSource(ChainPlan.Sampler.class)
    void ginzburgLandauMoments(ChainPlan.Sampler sampler) {
        QuarticField field = ChainLawTest.field(8, 0.03, 0.125);
        Chains chains = run(sampler, 300, 4, model(field, reals(8), true), 2);
        double[] energy = new double[1];
        check(
                "energy",
                chains,
                300,
                x -> {
                    field.energy(Points.ofRows(x), energy);
                    return energy[0];
                },
                4.871325);
        check("middle", chains, 300, x -> x[4] * x[4], 0.7459189);
    }

    /** Down a slope without end, on which every trajectory is exact and accepted. */
    @Test
    void chainsThatRunAwayAreAnError() {
        Potential slope = new Potential() {
            @Override
            public void energy(Points x, double[] out) {
                for (int n = 0; n < x.size(); n++) {
                    out[n] = -x.get(0, n);
                }
            }

            @Override
            public void gradient(Points x, Points out) {
                Arrays.fill(out.values(), -1);
            }
        };
        NumericalException e = assertThrows(
                NumericalException.class, () -> run(ChainPlan.Sampler.HMC, 100, 1, model(slope, reals(1), false), 1));
        assertTrue(e.getMessage().endsWith("exp(-U) seems to have no finite integral"), e.getMessage());
    }

    @ParameterizedTest
    @EnumSource(ChainPlan.Sampler.class)
    void drawsDoNotDependOnThreads(ChainPlan.Sampler sampler) {
        BoltzmannModel model = model(ChainLawTest.field(4, 0.1, 0.125), reals(4), true);
        Points one = run(sampler, 20, 1, model, 1).rows(0, CHAINS * 20);
        Points three = run(sampler, 20, 1, model, 3).rows(0, CHAINS * 20);
        assertArrayEquals(one.values(), three.values());
    }
}
