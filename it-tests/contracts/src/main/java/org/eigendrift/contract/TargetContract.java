package org.eigendrift.contract;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.eigendrift.api.CounterRandom;
import org.eigendrift.api.Points;
import org.eigendrift.api.data.Column;
import org.eigendrift.api.data.Dataset;
import org.eigendrift.api.data.InMemory;
import org.eigendrift.api.score.AffineProcess;
import org.eigendrift.api.score.CurvedScoreModel;
import org.eigendrift.api.score.ScoreModel;
import org.eigendrift.api.target.LogDensity;
import org.eigendrift.api.target.Potential;
import org.eigendrift.api.target.Target;
import org.junit.jupiter.api.Test;

/** What every target promises. */
public abstract class TargetContract {
    /** Rows looked at. */
    private static final int ROWS = 500;

    /** Step of central differences: cube root of the rounding unit, where truncation and rounding balance. */
    private static final double STEP = Math.cbrt(Math.ulp(1.0));

    /** For subclasses. */
    protected TargetContract() {}

    /**
     * The target under test.
     *
     * @return a new target, the same at every call
     */
    protected abstract Target target();

    /**
     * Half the side of a square around the training rows' mean that holds the mass of a two-dimensional density, in
     * standard deviations.
     *
     * @return 6 unless overridden
     */
    protected double reach() {
        return 6;
    }

    /**
     * Tolerance of the integral of a two-dimensional density by the trapezoid rule.
     *
     * @return 1e-6 unless overridden, as for a density that is smooth on the scale of a hundredth of the square
     */
    protected double normalisation() {
        return 1e-6;
    }

    /**
     * Whether no held-out row may equal a training row.
     *
     * @return true unless overridden, as for data whose values are rounded
     */
    protected boolean distinctRows() {
        return true;
    }

    /**
     * A process under which the target may know its exact score model.
     *
     * @param dim the target's coordinates
     * @return Ornstein-Uhlenbeck, alpha = exp(-t), sigma^2 = 1 - exp(-2 t)
     */
    protected AffineProcess process(int dim) {
        return new OrnsteinUhlenbeck(dim);
    }

    private List<Dataset> halves() {
        Target target = target();
        return target.heldout().map(h -> List.of(target.train(), h)).orElse(List.of(target.train()));
    }

    @Test
    void readsTheSameRowsAgain() {
        for (Dataset data : halves()) {
            Points once = InMemory.read(data, ROWS);
            assertTrue(once.size() > 0, "no rows");
            assertArrayEquals(once.values(), InMemory.read(data, ROWS).values());
        }
    }

    @Test
    void isTheSameWhenCreatedAgain() {
        assertArrayEquals(
                InMemory.read(target().train(), ROWS).values(),
                InMemory.read(target().train(), ROWS).values());
    }

    @Test
    void rowsDoNotDependOnTheChunk() {
        for (Dataset data : halves()) {
            Points expected = InMemory.read(data, ROWS);
            for (int chunk : new int[] {1, 7, 64}) {
                Points actual = Points.zeros(data.dim(), expected.size());
                try (Dataset.Reader reader = data.open()) {
                    for (int at = 0; at < expected.size(); ) {
                        Points buffer = Points.zeros(data.dim(), Math.min(chunk, expected.size() - at));
                        int count = reader.read(buffer);
                        assertEquals(buffer.size(), count, "a short read before the end");
                        actual.paste(at, buffer);
                        at += count;
                    }
                }
                assertArrayEquals(expected.values(), actual.values(), "chunks of " + chunk + " rows");
            }
        }
    }

    @Test
    void knowsItsNumberOfRows() {
        for (Dataset data : halves()) {
            assumeTrue(data.rows().isPresent() && data.rows().getAsLong() <= 100_000);
            long rows = 0;
            try (Dataset.Reader reader = data.open()) {
                Points buffer = Points.zeros(data.dim(), 1000);
                for (int count = reader.read(buffer); count > 0; count = reader.read(buffer)) {
                    rows += count;
                }
                assertEquals(0, reader.read(buffer), "rows after the end");
            }
            assertEquals(data.rows().getAsLong(), rows);
        }
    }

    @Test
    void valuesAreOfTheirColumnsKind() {
        for (Dataset data : halves()) {
            Points rows = InMemory.read(data, ROWS);
            for (int i = 0; i < data.dim(); i++) {
                Column column = data.columns().get(i);
                for (double value : rows.column(i)) {
                    boolean below =
                            column.kind() == Column.Kind.ANGLE ? value < column.upper() : value <= column.upper();
                    assertTrue(Double.isFinite(value) && value >= column.lower() && below, column + ": " + value);
                }
            }
        }
    }

    @Test
    void heldOutRowsAreOthersOfTheSameColumns() {
        Optional<Dataset> heldout = target().heldout();
        assumeTrue(heldout.isPresent());
        assertEquals(target().train().columns(), heldout.get().columns());
        assumeTrue(distinctRows());
        Set<List<Double>> train = new HashSet<>();
        Points rows = InMemory.read(target().train(), 20 * ROWS);
        for (int n = 0; n < rows.size(); n++) {
            train.add(boxed(rows, n));
        }
        Points apart = InMemory.read(heldout.get(), ROWS);
        for (int n = 0; n < apart.size(); n++) {
            assertFalse(train.contains(boxed(apart, n)), "held-out row " + (n + 1) + " is a training row");
        }
    }

    private static List<Double> boxed(Points points, int n) {
        return Arrays.stream(points.row(n)).boxed().toList();
    }

    @Test
    void rowsHaveAFiniteDensity() {
        assumeTrue(target().density().isPresent());
        Points rows = InMemory.read(target().train(), ROWS);
        double[] logp = new double[rows.size()];
        target().density().orElseThrow().logDensity(rows, logp);
        for (double value : logp) {
            assertTrue(Double.isFinite(value), "log-density " + value);
        }
    }

    @Test
    void densityIntegratesToOneInThePlane() {
        LogDensity density = target().density().orElse(null);
        assumeTrue(density != null && target().train().dim() == 2);
        Points rows = InMemory.read(target().train(), 10 * ROWS);
        double[] lower = new double[2];
        double[] upper = new double[2];
        boolean[] circle = new boolean[2];
        for (int i = 0; i < 2; i++) {
            Column column = target().train().columns().get(i);
            double[] moments = moments(rows.column(i));
            circle[i] = column.kind() == Column.Kind.ANGLE;
            lower[i] = circle[i] ? column.lower() : moments[0] - reach() * moments[1];
            upper[i] = circle[i] ? column.upper() : moments[0] + reach() * moments[1];
        }
        assertEquals(1, integral(density, lower, upper, 600), normalisation());
    }

    /** On the line by the midpoint rule, as in the plane. */
    @Test
    void densityIntegratesToOneOnTheLine() {
        LogDensity density = target().density().orElse(null);
        assumeTrue(density != null && target().train().dim() == 1);
        Column column = target().train().columns().get(0);
        double[] moments = moments(InMemory.read(target().train(), 10 * ROWS).column(0));
        double lower = Math.max(column.lower(), moments[0] - reach() * moments[1]);
        double upper = Math.min(column.upper(), moments[0] + reach() * moments[1]);
        int cells = 20_000;
        Points line = Points.zeros(1, cells);
        for (int n = 0; n < cells; n++) {
            line.set(0, n, lower + (n + 0.5) * (upper - lower) / cells);
        }
        double[] logp = new double[cells];
        density.logDensity(line, logp);
        double mass = Arrays.stream(logp).map(Math::exp).sum() * (upper - lower) / cells;
        assertEquals(1, mass, Math.max(normalisation(), 1e-4), "a density has the mass 1");
    }

    /**
     * In three to eight dimensions by importance sampling: the mean of p / q over draws from q is 1, q being normal laws
     * around training rows, a little wider than they are apart. Held to six standard errors and to what q does not reach.
     */
    @Test
    void densityIntegratesToOneInSpace() {
        LogDensity density = target().density().orElse(null);
        int dim = target().train().dim();
        assumeTrue(density != null && dim >= 3 && dim <= 8, "integrated in one to eight dimensions");
        assumeTrue(
                target().train().columns().stream().allMatch(column -> column.kind() == Column.Kind.REAL),
                "integrated over columns of real numbers");
        Kernels kernels = new Kernels(InMemory.read(target().train(), 2 * ROWS));
        Points draws = kernels.draw(6000);
        double[] logp = new double[draws.size()];
        density.logDensity(draws, logp);
        double mean = 0;
        double squares = 0;
        for (int n = 0; n < logp.length; n++) {
            double ratio = Math.exp(logp[n] - kernels.logDensity(draws, n));
            double delta = ratio - mean;
            mean += delta / (n + 1);
            squares += delta * (ratio - mean);
        }
        double error = Math.sqrt(squares) / logp.length;
        assumeTrue(error < 0.03, "normal laws around its rows do not cover it: " + error);
        assertEquals(1, mean, 6 * error + 0.01, "a density has the mass 1");
    }

    /** Normal laws of one covariance around rows: that of the rows, shrunk by Scott's rule and widened by half. */
    private static final class Kernels {
        private final Points rows;
        private final double[][] root;
        private double logConstant;

        Kernels(Points rows) {
            this.rows = rows;
            int dim = rows.dim();
            double scale = 1.5 * Math.pow(rows.size(), -1.0 / (dim + 4));
            this.root = cholesky(covariance(rows), scale);
            this.logConstant = -0.5 * dim * Math.log(2 * Math.PI) - Math.log(rows.size());
            for (int i = 0; i < dim; i++) {
                logConstant -= Math.log(root[i][i]);
            }
        }

        private static double[][] covariance(Points rows) {
            int dim = rows.dim();
            double[][] covariance = new double[dim][dim];
            double[] mean = new double[dim];
            for (int i = 0; i < dim; i++) {
                mean[i] = Arrays.stream(rows.column(i)).average().orElseThrow();
            }
            for (int i = 0; i < dim; i++) {
                for (int j = 0; j <= i; j++) {
                    for (int n = 0; n < rows.size(); n++) {
                        covariance[i][j] += (rows.get(i, n) - mean[i]) * (rows.get(j, n) - mean[j]) / (rows.size() - 1);
                    }
                }
            }
            return covariance;
        }

        private static double[][] cholesky(double[][] matrix, double scale) {
            int dim = matrix.length;
            double[][] root = new double[dim][dim];
            for (int i = 0; i < dim; i++) {
                for (int j = 0; j <= i; j++) {
                    double rest = scale * scale * matrix[i][j];
                    for (int k = 0; k < j; k++) {
                        rest -= root[i][k] * root[j][k];
                    }
                    root[i][j] = i == j ? Math.sqrt(rest) : rest / root[j][j];
                }
            }
            return root;
        }

        Points draw(int count) {
            CounterRandom random = new CounterRandom(17);
            int dim = rows.dim();
            Points draws = Points.zeros(dim, count);
            for (int n = 0; n < count; n++) {
                int center = (int) (rows.size() * random.uniform(n, dim));
                for (int i = 0; i < dim; i++) {
                    double value = rows.get(i, center);
                    for (int k = 0; k <= i; k++) {
                        value += root[i][k] * random.normal(n, k);
                    }
                    draws.set(i, n, value);
                }
            }
            return draws;
        }

        double logDensity(Points x, int n) {
            double largest = Double.NEGATIVE_INFINITY;
            double[] logs = new double[rows.size()];
            double[] z = new double[rows.dim()];
            for (int c = 0; c < logs.length; c++) {
                for (int i = 0; i < z.length; i++) {
                    double rest = x.get(i, n) - rows.get(i, c);
                    for (int k = 0; k < i; k++) {
                        rest -= root[i][k] * z[k];
                    }
                    z[i] = rest / root[i][i];
                    logs[c] -= 0.5 * z[i] * z[i];
                }
                largest = Math.max(largest, logs[c]);
            }
            double sum = 0;
            for (double log : logs) {
                sum += Math.exp(log - largest);
            }
            return logConstant + largest + Math.log(sum);
        }
    }

    private static double[] moments(double[] values) {
        double mean = Arrays.stream(values).average().orElseThrow();
        double variance = Arrays.stream(values)
                .map(v -> (v - mean) * (v - mean))
                .average()
                .orElseThrow();
        return new double[] {mean, Math.sqrt(variance)};
    }

    /** Midpoint rule, which for functions that vanish at the ends or are periodic converges like the trapezoid rule. */
    private static double integral(LogDensity density, double[] lower, double[] upper, int cells) {
        double stepX = (upper[0] - lower[0]) / cells;
        double stepY = (upper[1] - lower[1]) / cells;
        Points line = Points.zeros(2, cells);
        double[] logp = new double[cells];
        double sum = 0;
        for (int row = 0; row < cells; row++) {
            for (int n = 0; n < cells; n++) {
                line.set(0, n, lower[0] + (n + 0.5) * stepX);
                line.set(1, n, lower[1] + (row + 0.5) * stepY);
            }
            density.logDensity(line, logp);
            for (double value : logp) {
                sum += Math.exp(value);
            }
        }
        return sum * stepX * stepY;
    }

    @Test
    void gradientIsThatOfTheEnergy() {
        Potential potential = target().potential().orElse(null);
        assumeTrue(potential != null);
        Points rows = InMemory.read(target().train(), 20);
        Points gradient = Points.zeros(rows.dim(), rows.size());
        potential.gradient(rows, gradient);
        for (int i = 0; i < rows.dim(); i++) {
            double[] difference = difference(rows, i, potential::energy);
            for (int n = 0; n < rows.size(); n++) {
                double expected = difference[n];
                // Central differences with the balanced step lose a third of the digits twice over.
                double tolerance = 1e-7 * (1 + Math.abs(expected) + energyScale(potential, rows, n));
                assertEquals(expected, gradient.get(i, n), tolerance, "coordinate " + (i + 1) + " of row " + (n + 1));
            }
        }
    }

    private static double energyScale(Potential potential, Points rows, int n) {
        double[] energy = new double[1];
        potential.energy(rows.slice(n, n + 1), energy);
        return Math.abs(energy[0]);
    }

    /** Something that gives one number a point. */
    private interface Field {
        void evaluate(Points x, double[] out);
    }

    private static double[] difference(Points rows, int i, Field field) {
        Points up = rows.copy();
        Points down = rows.copy();
        double[] step = new double[rows.size()];
        for (int n = 0; n < rows.size(); n++) {
            double h = STEP * Math.max(0.1, Math.abs(rows.get(i, n)));
            up.set(i, n, rows.get(i, n) + h);
            down.set(i, n, rows.get(i, n) - h);
            step[n] = up.get(i, n) - down.get(i, n);
        }
        double[] above = new double[rows.size()];
        double[] below = new double[rows.size()];
        field.evaluate(up, above);
        field.evaluate(down, below);
        for (int n = 0; n < rows.size(); n++) {
            above[n] = (above[n] - below[n]) / step[n];
        }
        return above;
    }

    @Test
    void densityIsTheBoltzmannFactorUpToAConstant() {
        Potential potential = target().potential().orElse(null);
        LogDensity density = target().density().orElse(null);
        assumeTrue(potential != null && density != null);
        Points rows = InMemory.read(target().train(), ROWS);
        double[] energy = new double[rows.size()];
        double[] logp = new double[rows.size()];
        potential.energy(rows, energy);
        density.logDensity(rows, logp);
        for (int n = 0; n < rows.size(); n++) {
            double tolerance = 1e-10 * (1 + Math.abs(energy[n]) + Math.abs(energy[0]));
            assertEquals(logp[0] + energy[0], logp[n] + energy[n], tolerance);
        }
    }

    @Test
    void exactScoreIsTheGradientOfItsLogDensity() {
        AffineProcess process = process(target().train().dim());
        ScoreModel model = target().exact(process).orElse(null);
        assumeTrue(model != null);
        Points rows = InMemory.read(target().train(), 20);
        Points score = Points.zeros(rows.dim(), rows.size());
        ScoreModel.Evaluator evaluator = model.evaluator();
        for (double t : new double[] {0.01, 0.3, 2}) {
            evaluator.score(t, rows, score);
            for (int i = 0; i < rows.dim(); i++) {
                double[] expected = difference(rows, i, (x, out) -> evaluator.logRatio(t, x, out));
                for (int n = 0; n < rows.size(); n++) {
                    assertEquals(expected[n], score.get(i, n), 1e-5 * (1 + Math.abs(expected[n])), "t = " + t);
                }
            }
        }
    }

    @Test
    void exactCurvatureIsTheDerivativeOfTheScore() {
        AffineProcess process = process(target().train().dim());
        ScoreModel model = target().exact(process).orElse(null);
        assumeTrue(model instanceof CurvedScoreModel);
        Points rows = InMemory.read(target().train(), 20);
        CurvedScoreModel.Evaluator evaluator = ((CurvedScoreModel) model).evaluator();
        Points score = Points.zeros(rows.dim(), rows.size());
        for (double t : new double[] {0.05, 0.3, 2}) {
            for (int i = 0; i < rows.dim(); i++) {
                int coordinate = i;
                Points axis = Points.zeros(rows.dim(), rows.size());
                Arrays.fill(axis.values(), axis.offset(i), axis.offset(i) + axis.size(), 1);
                Points product = Points.zeros(rows.dim(), rows.size());
                evaluator.curvature(t, rows, List.of(axis), List.of(product));
                for (int j = 0; j < rows.dim(); j++) {
                    // The Hessian is symmetric: its column i is the slope of score i along every coordinate.
                    double[] expected = difference(rows, j, (x, out) -> {
                        evaluator.score(t, x, score);
                        System.arraycopy(score.values(), score.offset(coordinate), out, 0, x.size());
                    });
                    for (int n = 0; n < rows.size(); n++) {
                        assertEquals(expected[n], product.get(j, n), 1e-5 * (1 + Math.abs(expected[n])), "t = " + t);
                    }
                }
            }
        }
    }

    @Test
    void uniformCurvatureIsTheSameEverywhere() {
        AffineProcess process = process(target().train().dim());
        ScoreModel model = target().exact(process).orElse(null);
        assumeTrue(model instanceof CurvedScoreModel);
        CurvedScoreModel.Evaluator evaluator = ((CurvedScoreModel) model).evaluator();
        assumeTrue(evaluator.uniform());
        Points rows = InMemory.read(target().train(), 20);
        Points direction = Points.zeros(rows.dim(), rows.size());
        Points product = Points.zeros(rows.dim(), rows.size());
        for (int i = 0; i < rows.dim(); i++) {
            Arrays.fill(direction.values(), direction.offset(i), direction.offset(i) + rows.size(), 1 + i);
        }
        evaluator.curvature(0.3, rows, List.of(direction), List.of(product));
        for (int i = 0; i < rows.dim(); i++) {
            for (int n = 1; n < rows.size(); n++) {
                assertEquals(product.get(i, 0), product.get(i, n), "coordinate " + (i + 1));
            }
        }
    }

    @Test
    void exactScoreBeginsAtTheTargetsDensity() {
        AffineProcess process = process(target().train().dim());
        ScoreModel model = target().exact(process).orElse(null);
        assumeTrue(model != null && target().density().isPresent());
        Points rows = InMemory.read(target().train(), ROWS);
        double[] expected = new double[rows.size()];
        double[] actual = new double[rows.size()];
        target().density().orElseThrow().logDensity(rows, expected);
        model.evaluator().logRatio(0, rows, actual);
        for (int n = 0; n < rows.size(); n++) {
            assertEquals(expected[n] - expected[0], actual[n] - actual[0], 1e-9 * (1 + Math.abs(expected[n])));
        }
    }

    @Test
    void exactVelocityAndRateBelongToTheScore() {
        AffineProcess process = process(target().train().dim());
        ScoreModel model = target().exact(process).orElse(null);
        assumeTrue(model != null);
        Points rows = InMemory.read(target().train(), 20);
        Points velocity = Points.zeros(rows.dim(), rows.size());
        double[] rate = new double[rows.size()];
        ScoreModel.Evaluator evaluator = model.evaluator();
        double t = 0.4;
        evaluator.velocityAndRate(t, rows, velocity, rate);
        // The flow runs against the velocity in forward time: log p_t along it, by central differences.
        double h = 1e-4;
        double[] later = new double[rows.size()];
        double[] earlier = new double[rows.size()];
        evaluator.logRatio(t + h, moved(evaluator, rows, t, h), later);
        evaluator.logRatio(t - h, moved(evaluator, rows, t, -h), earlier);
        for (int n = 0; n < rows.size(); n++) {
            double expected = (later[n] - earlier[n]) / (2 * h);
            assertEquals(expected, rate[n], 1e-5 * (1 + Math.abs(expected)), "row " + (n + 1));
        }
    }

    /** One midpoint step of the forward flow. */
    private static Points moved(ScoreModel.Evaluator evaluator, Points rows, double t, double h) {
        Points velocity = Points.zeros(rows.dim(), rows.size());
        evaluator.velocity(t, rows, velocity);
        Points middle = rows.copy();
        for (int j = 0; j < middle.values().length; j++) {
            middle.values()[j] -= h / 2 * velocity.values()[j];
        }
        evaluator.velocity(t + h / 2, middle, velocity);
        Points end = rows.copy();
        for (int j = 0; j < end.values().length; j++) {
            end.values()[j] -= h * velocity.values()[j];
        }
        return end;
    }

    @Test
    void remarksAreSentences() {
        List<String> remarks = target().remarks();
        assertNotNull(remarks);
        for (String remark : remarks) {
            assertFalse(remark.isBlank(), "a remark says nothing");
        }
    }
}
