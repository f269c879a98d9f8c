package org.eigendrift.engine.model;

import java.util.Arrays;
import java.util.List;
import org.eigendrift.api.Fused;
import org.eigendrift.api.Points;
import org.eigendrift.api.basis.Eigenbasis;
import org.eigendrift.api.score.CurvedScoreModel;
import org.eigendrift.api.score.DiffusionProcess;
import org.eigendrift.engine.basis.Cluster;
import org.eigendrift.engine.basis.CoordinateBasis;
import org.eigendrift.engine.basis.ProductBasis;
import org.eigendrift.engine.kernel.MatrixKernel;

/**
 * The fitted score model in frame coordinates: log f_t = h_t + const, h_t = sum theta_alpha(t) phi_alpha.
 *
 * <p>For each coordinate i let G_i[a] be the factor of phi_a(x_i) in h, a polynomial in the other coordinates. Then
 * d_i h = sum_a phi_a' G_i[a] and L h = -sum_i sum_a D_i lambda_a phi_a G_i[a], because lambda_alpha is the sum of the
 * rates of its factors: velocity and likelihood rate come from the same matrix products theta times Phi. Immutable,
 * thread-safe.
 */
public final class EigenScoreModel implements CurvedScoreModel {
    /** Points evaluated at a time, so that the work space stays in the second-level cache. */
    private static final int BLOCK = 256;

    private final ProductBasis basis;
    private final ThetaPath path;
    private final DiffusionProcess process;

    /**
     * Creates the model.
     *
     * @param basis the functions
     * @param path their coefficients along the times
     */
    public EigenScoreModel(ProductBasis basis, ThetaPath path) {
        this.basis = basis;
        this.path = path;
        this.process = ProductProcess.of(basis, path.grid().first(), path.end());
    }

    /**
     * The functions.
     *
     * @return the basis
     */
    public ProductBasis basis() {
        return basis;
    }

    /**
     * Their coefficients.
     *
     * @return theta along the times
     */
    public ThetaPath path() {
        return path;
    }

    @Override
    public DiffusionProcess process() {
        return process;
    }

    @Override
    public Evaluator evaluator() {
        return new Fields();
    }

    /** What a call is asked for. */
    private enum Task {
        SCORE,
        VELOCITY,
        VELOCITY_AND_RATE
    }

    private final class Fields implements Evaluator {
        private final double[] theta = new double[path.size()];
        private double thetaTime = Double.NaN;
        /** Functions used of each coordinate at the current time, the constant not counted. */
        private final int[] used = new int[basis.dim()];
        /** For each cluster and axis, theta as a matrix: rows the axis's functions, columns those of the others. */
        private final double[][][] factors = new double[basis.clusters().size()][][];

        /** What a basis fills in, one function after the other, and the same with an array for each function. */
        private final double[][] values = new double[basis.dim()][];

        private final double[][] derivatives = new double[basis.dim()][];
        private final double[][][] valueRows = new double[basis.dim()][][];
        private final double[][][] derivativeRows = new double[basis.dim()][][];
        private final double[][][] weights = new double[basis.dim()][][];
        /** L psi of points beyond the trusted range, where it is not -lambda psi. */
        private final double[][] generated = new double[basis.dim()][];

        private final int[] outside = new int[basis.dim()];
        private final double[] saturated = new double[BLOCK];
        private double[][] products = new double[0][];
        private final double[] prefix = new double[BLOCK];
        private final double[] sum = new double[BLOCK];
        private final double[][] scaled;
        /** Made when curvature is first asked for. */
        private Curves curves;
        /** A block whose functions and second derivatives stand, as products are asked for one after the other; none if empty. */
        private double[] seen = {};

        Fields() {
            int widest = 0;
            for (int i = 0; i < basis.dim(); i++) {
                int k = basis.coordinate(i).size();
                widest = Math.max(widest, k);
                values[i] = new double[k * BLOCK];
                derivatives[i] = new double[k * BLOCK];
                valueRows[i] = new double[k][BLOCK];
                derivativeRows[i] = new double[k][BLOCK];
                weights[i] = new double[k][BLOCK];
            }
            scaled = new double[widest][BLOCK];
        }

        @Override
        public void score(double t, Points x, Points out) {
            evaluate(t, x, out, null, Task.SCORE);
        }

        @Override
        public void velocity(double t, Points x, Points out) {
            evaluate(t, x, out, null, Task.VELOCITY);
        }

        @Override
        public void velocityAndRate(double t, Points x, Points out, double[] rate) {
            evaluate(t, x, out, rate, Task.VELOCITY_AND_RATE);
        }

        private void evaluate(double t, Points x, Points out, double[] rate, Task task) {
            setTime(t);
            for (int from = 0; from < x.size(); from += BLOCK) {
                int count = Math.min(BLOCK, x.size() - from);
                evaluateBases(x, from, count);
                fillWeights(count);
                for (int i = 0; i < basis.dim(); i++) {
                    derivative(i, x, from, count, out, task);
                }
                if (task == Task.VELOCITY_AND_RATE) {
                    rate(x, from, count, rate);
                }
            }
        }

        private void evaluateBases(Points x, int from, int count) {
            seen = new double[0];
            for (int i = 0; i < basis.dim(); i++) {
                CoordinateBasis coordinate = basis.coordinate(i);
                outside[i] = saturate(i, x, from, count);
                if (outside[i] == 0) {
                    coordinate.valuesAndDerivatives(
                            used[i] + 1, x.values(), x.offset(i) + from, count, values[i], derivatives[i]);
                } else {
                    coordinate.valuesAndDerivatives(used[i] + 1, saturated, 0, count, values[i], derivatives[i]);
                    chain(i, x.values(), x.offset(i) + from, count);
                }
                for (int k = 1; k <= used[i]; k++) {
                    System.arraycopy(values[i], k * count, valueRows[i][k], 0, count);
                    System.arraycopy(derivatives[i], k * count, derivativeRows[i][k], 0, count);
                }
            }
        }

        /** Where functions are evaluated; returns the number of points beyond the trusted range. */
        private int saturate(int i, Points x, int from, int count) {
            CoordinateBasis coordinate = basis.coordinate(i);
            CoordinateBasis.Range range = coordinate.trusted();
            int beyond = 0;
            for (int n = 0; n < count; n++) {
                double here = x.values()[x.offset(i) + from + n];
                boolean inside = here >= range.lower() && here <= range.upper();
                saturated[n] = inside ? here : coordinate.saturate(here);
                beyond += inside ? 0 : 1;
            }
            return beyond;
        }

        /**
         * Beyond the range the functions are psi = phi(c(x)), with psi' = phi' c' and L psi = a (phi'' c'^2 + phi'
         * c'') + mu phi' c', where phi'' follows from L phi = -lambda phi at c.
         */
        private void chain(int i, double[] x, int at, int count) {
            CoordinateBasis coordinate = basis.coordinate(i);
            CoordinateBasis.Range range = coordinate.trusted();
            Eigenbasis eigenbasis = coordinate.basis();
            if (generated[i] == null) {
                generated[i] = new double[coordinate.size() * BLOCK];
            }
            for (int n = 0; n < count; n++) {
                double here = x[at + n];
                if (here < range.lower() || here > range.upper()) {
                    double c = saturated[n];
                    double slope = coordinate.saturationSlope(here);
                    double curvature = coordinate.saturationCurvature(here);
                    double diffusion = eigenbasis.diffusion(here);
                    double drift = eigenbasis.drift(here);
                    for (int k = 1; k <= used[i]; k++) {
                        double first = derivatives[i][k * count + n];
                        double second =
                                (-eigenbasis.eigenvalue(k) * values[i][k * count + n] - eigenbasis.drift(c) * first)
                                        / eigenbasis.diffusion(c);
                        generated[i][k * count + n] = coordinate.timeScale()
                                * (diffusion * (second * slope * slope + first * curvature) + drift * first * slope);
                        derivatives[i][k * count + n] = first * slope;
                    }
                }
            }
        }

        @Override
        public void curvature(double t, Points x, List<Points> directions, List<Points> out) {
            setTime(t);
            if (curves == null) {
                curves = new Curves();
            }
            for (int from = 0; from < x.size(); from += BLOCK) {
                int count = Math.min(BLOCK, x.size() - from);
                if (!Arrays.equals(seen, x.values())) {
                    evaluateBases(x, from, count);
                    fillWeights(count);
                    curves.secondDerivatives(x, from, count);
                    seen = x.size() <= BLOCK ? x.values().clone() : new double[0];
                }
                curves.products(from, count, directions, out);
            }
        }

        /**
         * Work space of second derivatives: H_ii = (log pi + h)_ii, and H_ij is the sum of phi_a' dG_i[a] / dx_j over the clusters
         * that hold i and j. Each entry is used for all directions as soon as it is there.
         */
        private final class Curves {
            /** The diagonal of the Hessian. */
            private final double[][] pure = new double[basis.dim()][BLOCK];

            private final double[][] changed = new double[scaled.length][BLOCK];

            void secondDerivatives(Points x, int from, int count) {
                for (int i = 0; i < basis.dim(); i++) {
                    CoordinateBasis coordinate = basis.coordinate(i);
                    for (int n = 0; n < count; n++) {
                        double here = x.values()[x.offset(i) + from + n];
                        double c = coordinate.saturate(here);
                        double slope = coordinate.saturationSlope(here);
                        double bend = coordinate.saturationCurvature(here);
                        double drift = coordinate.basis().drift(c);
                        double diffusion = coordinate.basis().diffusion(c);
                        double total = referenceCurvature(coordinate.basis(), here);
                        for (int a = 1; a <= used[i]; a++) {
                            // The chain rule has been applied to derivativeRows: phi' c'.
                            double first = slope == 0 ? 0 : derivativeRows[i][a][n] / slope;
                            double second = (-coordinate.basis().eigenvalue(a) * valueRows[i][a][n] - drift * first)
                                    / diffusion;
                            total += (second * slope * slope + first * bend) * weights[i][a - 1][n];
                        }
                        pure[i][n] = total;
                    }
                }
            }

            void products(int from, int count, List<Points> directions, List<Points> out) {
                for (int j = 0; j < out.size(); j++) {
                    for (int i = 0; i < basis.dim(); i++) {
                        int at = out.get(j).offset(i) + from;
                        for (int n = 0; n < count; n++) {
                            out.get(j).values()[at + n] =
                                    pure[i][n] * directions.get(j).values()[at + n];
                        }
                    }
                }
                for (int c = 0; c < factors.length; c++) {
                    Cluster cluster = basis.clusters().get(c);
                    for (int axis = 0; factors[c] != null && axis < cluster.order(); axis++) {
                        for (int other = axis + 1; other < cluster.order(); other++) {
                            mixed(cluster, axis, cluster.coordinate(other), factors[c][axis], count);
                            for (int j = 0; j < out.size(); j++) {
                                int one = out.get(j).offset(cluster.coordinate(axis)) + from;
                                int two = out.get(j).offset(cluster.coordinate(other)) + from;
                                cross(directions.get(j).values(), out.get(j).values(), one, two, count);
                            }
                        }
                    }
                }
            }

            /** The entry of the Hessian that a cluster adds for an axis and another coordinate of its own. */
            private void mixed(Cluster cluster, int axis, int other, double[] factor, int count) {
                int i = cluster.coordinate(axis);
                clear(changed, used[i], count);
                double[][] still = valueRows[other];
                valueRows[other] = derivativeRows[other];
                addWeights(cluster, axis, factor, changed, count);
                valueRows[other] = still;
                Arrays.fill(sum, 0, count, 0);
                MatrixKernel.contractRows(used[i], count, derivativeRows[i], 1, changed, sum);
            }

            private void cross(double[] v, double[] product, int one, int two, int count) {
                for (int n = 0; n < count; n++) {
                    product[one + n] = Fused.multiplyAdd(sum[n], v[two + n], product[one + n]);
                    product[two + n] = Fused.multiplyAdd(sum[n], v[one + n], product[two + n]);
                }
            }
        }

        /** (log pi)'': -1 for the standard normal law, and by central differences otherwise. */
        private double referenceCurvature(Eigenbasis eigenbasis, double x) {
            if (process.affine().isPresent()) {
                return -1;
            }
            double step = Math.cbrt(Math.ulp(1.0)) * Math.max(1, Math.abs(x));
            return (eigenbasis.logDensityDerivative(x + step) - eigenbasis.logDensityDerivative(x - step)) / (2 * step);
        }

        /** G_i for every coordinate: row a - 1 holds the factor of phi_a. */
        private void fillWeights(int count) {
            for (int i = 0; i < basis.dim(); i++) {
                clear(weights[i], used[i], count);
            }
            List<Cluster> clusters = basis.clusters();
            for (int c = 0; c < factors.length; c++) {
                Cluster cluster = clusters.get(c);
                for (int axis = 0; factors[c] != null && axis < cluster.order(); axis++) {
                    addWeights(cluster, axis, factors[c][axis], weights[cluster.coordinate(axis)], count);
                }
            }
        }

        private static void clear(double[][] rows, int used, int count) {
            for (int a = 0; a < used; a++) {
                Arrays.fill(rows[a], 0, count, 0);
            }
        }

        private void addWeights(Cluster cluster, int axis, double[] factor, double[][] out, int count) {
            int rows = used[cluster.coordinate(axis)];
            if (cluster.order() == 1) {
                for (int a = 0; a < rows; a++) {
                    addConstant(factor[a], out[a], count);
                }
            } else if (cluster.order() == 2) {
                int other = cluster.coordinate(1 - axis);
                MatrixKernel.multiplyAdd(rows, used[other], count, factor, valueRows[other], 1, out);
            } else {
                int columns = otherProducts(cluster, axis, count);
                MatrixKernel.multiplyAdd(rows, columns, count, factor, products, 0, out);
            }
        }

        private static void addConstant(double constant, double[] out, int count) {
            for (int n = 0; n < count; n++) {
                out[n] += constant;
            }
        }

        /** Products of the functions of all axes but one, a row for each combination; returns the number of rows. */
        private int otherProducts(Cluster cluster, int axis, int count) {
            int rows = 1;
            for (int j = 0; j < cluster.order(); j++) {
                rows *= j == axis ? 1 : used[cluster.coordinate(j)];
            }
            if (products.length < rows) {
                products = new double[rows][BLOCK];
            }
            Arrays.fill(products[0], 0, count, 1);
            int width = 1;
            for (int j = 0; j < cluster.order(); j++) {
                if (j != axis) {
                    int k = used[cluster.coordinate(j)];
                    expandRows(width, valueRows[cluster.coordinate(j)], k, count);
                    width *= k;
                }
            }
            return rows;
        }

        /** Replaces each of the first width rows by its products with functions 1 to k, in place from the end. */
        private void expandRows(int width, double[][] phi, int k, int count) {
            for (int w = width - 1; w >= 0; w--) {
                System.arraycopy(products[w], 0, prefix, 0, count);
                for (int a = 0; a < k; a++) {
                    multiply(prefix, phi[a + 1], products[w * k + a], count);
                }
            }
        }

        private static void multiply(double[] x, double[] y, double[] out, int count) {
            for (int n = 0; n < count; n++) {
                out[n] = x[n] * y[n];
            }
        }

        private void derivative(int i, Points x, int from, int count, Points out, Task task) {
            Arrays.fill(sum, 0, count, 0);
            MatrixKernel.contractRows(used[i], count, derivativeRows[i], 1, weights[i], sum);
            CoordinateBasis coordinate = basis.coordinate(i);
            Eigenbasis eigenbasis = coordinate.basis();
            int at = x.offset(i) + from;
            double[] result = out.values();
            for (int n = 0; n < count; n++) {
                double here = x.values()[at + n];
                result[at + n] = task == Task.SCORE
                        ? sum[n] + eigenbasis.logDensityDerivative(here)
                        : sum[n] * (coordinate.timeScale() * eigenbasis.diffusion(here));
            }
        }

        private void rate(Points x, int from, int count, double[] out) {
            Arrays.fill(sum, 0, count, 0);
            for (int i = 0; i < basis.dim(); i++) {
                for (int a = 1; a <= used[i]; a++) {
                    scale(-basis.coordinate(i).rate(a), valueRows[i][a], scaled[a - 1], count);
                }
                if (outside[i] > 0) {
                    takeGenerated(i, x.values(), x.offset(i) + from, count);
                }
                MatrixKernel.contractRows(used[i], count, scaled, 0, weights[i], sum);
            }
            System.arraycopy(sum, 0, out, from, count);
        }

        private static void scale(double factor, double[] x, double[] out, int count) {
            for (int n = 0; n < count; n++) {
                out[n] = factor * x[n];
            }
        }

        private void takeGenerated(int i, double[] x, int at, int count) {
            CoordinateBasis.Range range = basis.coordinate(i).trusted();
            for (int n = 0; n < count; n++) {
                if (x[at + n] < range.lower() || x[at + n] > range.upper()) {
                    for (int a = 1; a <= used[i]; a++) {
                        scaled[a - 1][n] = generated[i][a * count + n];
                    }
                }
            }
        }

        @Override
        public void logRatio(double t, Points x, double[] out) {
            setTime(t);
            for (int from = 0; from < x.size(); from += BLOCK) {
                int count = Math.min(BLOCK, x.size() - from);
                evaluateBases(x, from, count);
                Arrays.fill(sum, 0, count, 0);
                for (int c = 0; c < factors.length; c++) {
                    Cluster cluster = basis.clusters().get(c);
                    if (factors[c] != null) {
                        int first = cluster.coordinate(0);
                        clear(weights[first], used[first], count);
                        addWeights(cluster, 0, factors[c][0], weights[first], count);
                        MatrixKernel.contractRows(used[first], count, valueRows[first], 1, weights[first], sum);
                    }
                }
                System.arraycopy(sum, 0, out, from, count);
            }
        }

        /** Theta at a time, cut to the functions it uses: as t grows, fewer and fewer differ from 0. */
        private void setTime(double t) {
            if (t == thetaTime) {
                return;
            }
            seen = new double[0];
            path.at(t, theta);
            Arrays.fill(used, 0);
            List<Cluster> clusters = basis.clusters();
            for (int c = 0; c < factors.length; c++) {
                Cluster cluster = clusters.get(c);
                for (int index = 0; index < cluster.size(); index++) {
                    if (theta[basis.start(c) + index] != 0) {
                        for (int axis = 0; axis < cluster.order(); axis++) {
                            int i = cluster.coordinate(axis);
                            used[i] = Math.max(used[i], cluster.functionAt(cluster.position(index), axis));
                        }
                    }
                }
            }
            for (int c = 0; c < factors.length; c++) {
                factors[c] = factors(clusters.get(c), basis.start(c));
            }
            thetaTime = t;
        }

        private double[][] factors(Cluster cluster, int start) {
            int size = 1;
            for (int axis = 0; axis < cluster.order(); axis++) {
                size *= used[cluster.coordinate(axis)];
            }
            if (size == 0) {
                return null;
            }
            double[][] factor = new double[cluster.order()][size];
            for (int index = 0; index < cluster.size(); index++) {
                double value = theta[start + index];
                if (value != 0) {
                    int position = cluster.position(index);
                    for (int axis = 0; axis < cluster.order(); axis++) {
                        factor[axis][factorIndex(cluster, position, axis)] = value;
                    }
                }
            }
            return factor;
        }

        private int factorIndex(Cluster cluster, int position, int axis) {
            int index = cluster.functionAt(position, axis) - 1;
            for (int j = 0; j < cluster.order(); j++) {
                if (j != axis) {
                    index = index * used[cluster.coordinate(j)] + cluster.functionAt(position, j) - 1;
                }
            }
            return index;
        }
    }
}
