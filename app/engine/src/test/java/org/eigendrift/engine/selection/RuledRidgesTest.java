package org.eigendrift.engine.selection;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.eigendrift.api.CounterRandom;
import org.eigendrift.api.Points;
import org.eigendrift.api.RunContext;
import org.eigendrift.api.data.InMemory;
import org.eigendrift.api.linear.LinearSystem;
import org.eigendrift.api.linear.SymmetricMatrix;
import org.eigendrift.engine.assembly.Assembler;
import org.eigendrift.engine.basis.Families;
import org.eigendrift.engine.flow.Fit;
import org.eigendrift.engine.flow.FittedModel;
import org.eigendrift.engine.moment.MomentTable;
import org.eigendrift.engine.report.SolvedTime;
import org.eigendrift.engine.settings.FitSettings;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The ridges of fits by rule against the rules' definitions, with explicit inverses. */
final class RuledRidgesTest {
    private static final int ROWS = 2000;
    private static final int STRIDE = 5;
    private static final double STEP = Math.sqrt(10);

    /** A skewed cloud in the unit square. */
    private static InMemory rows() {
        Points points = Points.zeros(2, ROWS);
        CounterRandom random = new CounterRandom(11);
        for (int n = 0; n < ROWS; n++) {
            double u = random.uniform(1, n);
            points.set(0, n, u * u);
            points.set(1, n, 0.6 * u + 0.4 * random.uniform(2, n));
        }
        return InMemory.of(points);
    }

    private static FittedModel fit(String rule, String solver) {
        FitSettings settings = FitSettings.of(
                Map.of(
                        "basis", Map.of("family", "cosine", "degree", 3),
                        "process", Map.of("earliest", 0.02),
                        "solver", Map.of("type", solver, "ridge", rule)),
                Families.CATALOG);
        return Fit.of(rows(), settings, Families.CATALOG, RunContext.quiet(3));
    }

    private static double[][] inverse(LinearSystem system, double ridge) {
        int n = system.rhs().length;
        SymmetricMatrix matrix = (SymmetricMatrix) system.matrix();
        double[][] a = new double[n][2 * n];
        for (int i = 0; i < n; i++) {
            for (int j = 0; j < n; j++) {
                a[i][j] = matrix.get(i, j) + (i == j ? ridge : 0);
            }
            a[i][n + i] = 1;
        }
        // Gauss and Jordan; definite matrices need no pivoting.
        for (int p = 0; p < n; p++) {
            double pivot = a[p][p];
            for (int c = 0; c < 2 * n; c++) {
                a[p][c] /= pivot;
            }
            for (int i = 0; i < n; i++) {
                double factor = i == p ? 0 : a[i][p];
                for (int c = 0; c < 2 * n && factor != 0; c++) {
                    a[i][c] -= factor * a[p][c];
                }
            }
        }
        return a;
    }

    /** |b - A x|, which is rho |x|. */
    private static double misfit(LinearSystem system, double[][] inverse, double ridge) {
        int n = system.rhs().length;
        double sum = 0;
        for (int i = 0; i < n; i++) {
            double x = 0;
            for (int j = 0; j < n; j++) {
                x += inverse[i][n + j] * system.rhs()[j];
            }
            sum += ridge * x * ridge * x;
        }
        return Math.sqrt(sum);
    }

    private static double ridge(int step) {
        return 1e-8 * Math.pow(STEP, step);
    }

    private static LinearSystem system(FittedModel model, double t) {
        Assembler assembler = new Assembler(model.table().layout(), model.basis());
        return assembler.system(model.table().means(), model.table().functionMeans(model.basis()), t, 0);
    }

    private static double[] crossValidation(LinearSystem system) {
        int n = system.rhs().length;
        double[] values = new double[17];
        for (int r = 0; r < values.length; r++) {
            double[][] inverse = inverse(system, ridge(r));
            double trace = 0;
            for (int i = 0; i < n; i++) {
                trace += ridge(r) * inverse[i][n + i];
            }
            values[r] = n * Math.pow(misfit(system, inverse, ridge(r)) / trace, 2);
        }
        return values;
    }

    @ParameterizedTest
    @ValueSource(strings = {"svd", "cholesky", "cg"})
    void crossValidationMinimisesItsFunction(String solver) {
        FittedModel model = fit("gcv", solver);
        List<SolvedTime> solves = model.report().solves();
        // As many probes as functions: the trace is exact.
        assertTrue(
                model.basis().size() <= 16 && model.basis().size() >= 9,
                "size " + model.basis().size());
        int inside = 0;
        for (int j = 0; j < solves.size(); j += STRIDE) {
            double[] values = crossValidation(system(model, solves.get(j).time()));
            double least = Arrays.stream(values).min().orElseThrow();
            inside += values[0] > least ? 1 : 0;
            int chosen = (int) Math.round(Math.log(solves.get(j).ridge() / 1e-8) / Math.log(STEP));
            assertEquals(ridge(chosen), solves.get(j).ridge(), 1e-9 * ridge(chosen), "on the ladder");
            // A residual of 1e-10 |b| is one per cent of the misfit at the smallest ridge, 1e-8 |x|; here |x| > |b| /
            // 2.
            assertTrue(values[chosen] <= least * (solver.equals("cg") ? 1.04 : 1 + 1e-6), "time " + j);
        }
        assertTrue(inside > 0, "the least value lies inside the ladder at some time");
        assertInterpolates(solves);
    }

    /** The noise from the scatter of fifty batches, where the rule has that of five folds. */
    private static double[] variances(FittedModel model) {
        int batches = 50;
        Points all = rows().points();
        double[] mean = model.table().functionMeans(model.basis());
        double[] variance = new double[mean.length];
        for (int k = 0; k < batches; k++) {
            Points part = Points.zeros(2, ROWS / batches);
            for (int n = 0; n < part.size(); n++) {
                part.set(0, n, all.get(0, k * part.size() + n));
                part.set(1, n, all.get(1, k * part.size() + n));
            }
            MomentTable table = model.moments(new InMemory(model.columns(), part), RunContext.quiet(1));
            double[] batch = table.functionMeans(model.basis());
            for (int a = 0; a < mean.length; a++) {
                variance[a] += (batch[a] - mean[a]) * (batch[a] - mean[a]) / (batches * (batches - 1.0));
            }
        }
        return variance;
    }

    @ParameterizedTest
    @ValueSource(strings = {"svd", "cg"})
    void theDiscrepancyIsTheNoise(String solver) {
        FittedModel model = fit("discrepancy", solver);
        List<SolvedTime> solves = model.report().solves();
        double[] variance = variances(model);
        for (int j = 0; j < solves.size(); j += STRIDE) {
            double t = solves.get(j).time();
            double noise = 0;
            for (int a = 0; a < variance.length; a++) {
                double rate = model.basis().rate(a);
                noise += rate * Math.exp(-2 * rate * t) * variance[a];
            }
            LinearSystem system = system(model, t);
            int largest = 0;
            for (int r = 0; r <= 16; r++) {
                largest = misfit(system, inverse(system, ridge(r)), ridge(r)) <= Math.sqrt(noise) ? r : largest;
            }
            // Two estimates of one noise, each good to some ten per cent, may fall on two sides of one step.
            double apart = Math.abs(Math.log(solves.get(j).ridge() / ridge(largest))) / Math.log(STEP);
            assertTrue(apart <= 1 + 1e-9, "time " + j + ": " + solves.get(j).ridge() + " beside " + ridge(largest));
        }
        assertInterpolates(solves);
    }

    /** Between two times of the rule the ridge is a power of time. */
    private static void assertInterpolates(List<SolvedTime> solves) {
        for (int j = 1; j + 1 < solves.size(); j++) {
            if (j % STRIDE != 0) {
                int from = j - j % STRIDE;
                int to = Math.min(from + STRIDE, solves.size() - 1);
                double w = Math.log(solves.get(from).time() / solves.get(j).time())
                        / Math.log(solves.get(from).time() / solves.get(to).time());
                double expected = Math.pow(solves.get(from).ridge(), 1 - w)
                        * Math.pow(solves.get(to).ridge(), w);
                assertEquals(expected, solves.get(j).ridge(), 1e-9 * expected);
            }
        }
    }
}
