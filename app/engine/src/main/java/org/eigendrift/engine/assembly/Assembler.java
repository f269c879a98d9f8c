package org.eigendrift.engine.assembly;

import java.util.Arrays;
import java.util.List;
import org.eigendrift.api.basis.ProductTable;
import org.eigendrift.api.linear.BlockSymmetric;
import org.eigendrift.api.linear.DenseSymmetric;
import org.eigendrift.api.linear.LinearSystem;
import org.eigendrift.api.linear.SymmetricMatrix;
import org.eigendrift.engine.basis.Cluster;
import org.eigendrift.engine.basis.ProductBasis;
import org.eigendrift.engine.moment.BlockMoments;
import org.eigendrift.engine.moment.MomentLayout;

/**
 * Assembles the scaled systems of METHOD 2 from moments, for any time:
 *
 * <pre>
 * A[a,b](t) = 1/2 sum_c C[a,b,c] (lambda_a + lambda_b - lambda_c) exp(-lambda_c t) m_c / sqrt(lambda_a lambda_b)
 * b[a](t)   = sqrt(lambda_a) exp(-lambda_a t) m_a
 * </pre>
 *
 * with C the product over coordinates of the one-dimensional coefficients; the sum over coordinates in METHOD 3
 * telescopes to the one factor, because a coordinate in exactly one of the two clusters contributes lambda_a + 0 -
 * lambda_a. The solution y gives theta = Lambda^{-1/2} y. Immutable, thread-safe; work space is made for each call.
 */
public final class Assembler {
    /** Above this share of stored entries a dense matrix is cheaper than blocks. */
    private static final double DENSE_SHARE = 0.3;

    private static final int SMALL = 256;

    private final ProductBasis basis;
    private final MomentLayout layout;
    private final double[] functionRates;
    private final double[] inverseRoots;
    private final boolean dense;

    /**
     * Prepares assembly.
     *
     * @param layout the layout of the moment table
     * @param basis the functions of the systems: those of the layout's basis, or some of them
     */
    public Assembler(MomentLayout layout, ProductBasis basis) {
        this.layout = layout;
        this.basis = basis;
        int n = basis.size();
        this.functionRates = new double[n];
        this.inverseRoots = new double[n];
        for (int a = 0; a < n; a++) {
            functionRates[a] = basis.rate(a);
            inverseRoots[a] = 1 / Math.sqrt(functionRates[a]);
        }
        this.dense = n <= SMALL || basis.matrixNonzeros() > DENSE_SHARE * n * (double) n;
    }

    /**
     * Whether matrices are stored whole.
     *
     * @return true if dense, false if in blocks
     */
    public boolean dense() {
        return dense;
    }

    /**
     * The system of one time.
     *
     * @param means all moments of the table; not modified
     * @param functionMeans m_alpha of the basis functions; not modified
     * @param t forward time, at least 0
     * @param ridge the shift rho, at least 0
     * @return the scaled system
     */
    public LinearSystem system(double[] means, double[] functionMeans, double t, double ridge) {
        return new LinearSystem(matrix(means, t), ridge, rhs(functionMeans, t), t);
    }

    /**
     * The right-hand side of one time.
     *
     * @param functionMeans m_alpha of the basis functions; not modified
     * @param t forward time
     * @return sqrt(lambda) exp(-lambda t) m; a new array
     */
    public double[] rhs(double[] functionMeans, double t) {
        double[] rhs = new double[basis.size()];
        for (int a = 0; a < rhs.length; a++) {
            rhs[a] = Math.sqrt(functionRates[a]) * Math.exp(-functionRates[a] * t) * functionMeans[a];
        }
        return rhs;
    }

    /**
     * Theta from the solution of a scaled system.
     *
     * @param y solution; not modified
     * @return Lambda^{-1/2} y; a new array
     */
    public double[] theta(double[] y) {
        double[] theta = new double[y.length];
        for (int a = 0; a < y.length; a++) {
            theta[a] = y[a] * inverseRoots[a];
        }
        return theta;
    }

    /**
     * The solution of a scaled system from theta.
     *
     * @param theta coefficients; not modified
     * @return Lambda^{1/2} theta; a new array
     */
    public double[] scaled(double[] theta) {
        double[] y = new double[theta.length];
        for (int a = 0; a < y.length; a++) {
            y[a] = theta[a] / inverseRoots[a];
        }
        return y;
    }

    /**
     * The scaled matrix of one time.
     *
     * @param means all moments of the table; not modified
     * @param t forward time, at least 0
     * @return a symmetric matrix partitioned by clusters
     */
    public SymmetricMatrix matrix(double[] means, double t) {
        double[][] decay = new double[basis.dim()][];
        for (int i = 0; i < basis.dim(); i++) {
            decay[i] = new double[basis.coordinate(i).tableSize()];
            for (int k = 0; k < decay[i].length; k++) {
                decay[i][k] = Math.exp(-basis.coordinate(i).rate(k) * t);
            }
        }
        return dense ? denseMatrix(means, decay) : blockMatrix(means, decay);
    }

    private DenseSymmetric denseMatrix(double[] means, double[][] decay) {
        int n = basis.size();
        double[] values = new double[Math.multiplyExact(n, n)];
        List<Cluster> clusters = basis.clusters();
        for (int u = 0; u < clusters.size(); u++) {
            place(block(u, u, means, decay), u, u, values, n);
            for (int v : basis.neighbours(u)) {
                place(block(u, v, means, decay), u, v, values, n);
            }
        }
        return new DenseSymmetric(n, values, basis.starts());
    }

    private void place(double[] block, int u, int v, double[] values, int n) {
        int rows = basis.clusters().get(u).size();
        int columns = basis.clusters().get(v).size();
        int row0 = basis.start(u);
        int column0 = basis.start(v);
        for (int r = 0; r < rows; r++) {
            System.arraycopy(block, r * columns, values, (row0 + r) * n + column0, columns);
        }
        if (u != v) {
            for (int r = 0; r < rows; r++) {
                for (int c = 0; c < columns; c++) {
                    values[(column0 + c) * n + row0 + r] = block[r * columns + c];
                }
            }
        }
    }

    private BlockSymmetric blockMatrix(double[] means, double[][] decay) {
        List<Cluster> clusters = basis.clusters();
        int[] rowStarts = new int[clusters.size() + 1];
        for (int u = 0; u < clusters.size(); u++) {
            rowStarts[u + 1] = rowStarts[u] + 1 + basis.neighbours(u).length;
        }
        int[] columns = new int[rowStarts[clusters.size()]];
        double[][] entries = new double[columns.length][];
        for (int u = 0; u < clusters.size(); u++) {
            int at = rowStarts[u];
            columns[at] = u;
            entries[at++] = block(u, u, means, decay);
            for (int v : basis.neighbours(u)) {
                columns[at] = v;
                entries[at++] = block(u, v, means, decay);
            }
        }
        return new BlockSymmetric(basis.starts(), rowStarts, columns, entries);
    }

    /** One scaled block, rows the functions of u, columns those of v. */
    private double[] block(int u, int v, double[] means, double[][] decay) {
        Cluster cu = basis.clusters().get(u);
        Cluster cv = basis.clusters().get(v);
        BlockMoments moments = new BlockMoments(layout, basis, cu, cv);
        double[] damped = new double[moments.size()];
        double[] rated = new double[damped.length];
        moments.gather(basis, means, decay, damped, rated);
        int post = 1;
        for (int axis = moments.axes() - 1; axis >= moments.axes() - moments.shared(); axis--) {
            int i = moments.coordinate(axis);
            int k = basis.usedDegree(i);
            ProductTable products = basis.coordinate(i).basis().products();
            damped = contract(damped, moments.extent(axis), post, k, products);
            rated = contract(rated, moments.extent(axis), post, k, products);
            post *= k * k;
        }
        double[] out = new double[cu.size() * cv.size()];
        new Scatter(cu, cv, moments).into(damped, rated, u, v, out);
        return out;
    }

    /** Replaces the axis of extent M before the last {@code post} numbers by the pairs (a, b), each 1 to k. */
    private static double[] contract(double[] x, int extent, int post, int k, ProductTable products) {
        int pre = x.length / (extent * post);
        double[] y = new double[pre * k * k * post];
        for (int p = 0; p < pre; p++) {
            int source = p * extent * post;
            for (int a = 1; a <= k; a++) {
                for (int b = a; b <= k; b++) {
                    int target = ((p * k + a - 1) * k + b - 1) * post;
                    combine(x, source, y, target, post, products, a, b);
                    if (a != b) {
                        System.arraycopy(y, target, y, ((p * k + b - 1) * k + a - 1) * post, post);
                    }
                }
            }
        }
        return y;
    }

    private static void combine(
            double[] x, int source, double[] y, int target, int post, ProductTable products, int a, int b) {
        for (int term = products.start(a, b); term < products.end(a, b); term++) {
            double coefficient = products.coefficient(term);
            int from = source + products.function(term) * post;
            for (int q = 0; q < post; q++) {
                y[target + q] = Math.fma(coefficient, x[from + q], y[target + q]);
            }
        }
    }

    /**
     * Takes contracted moments, ordered (u alone)(v alone)(pairs of the shared coordinates), to rows and columns of a
     * block, keeping the functions that are in the basis.
     */
    private final class Scatter {
        private final int[] rowOf;
        private final int[] columnOf;
        private final int[] extents;
        private final int[][] rowOffsets;
        private final int[][] columnOffsets;
        private final int columns;

        Scatter(Cluster u, Cluster v, BlockMoments moments) {
            this.rowOf = inverse(u);
            this.columnOf = inverse(v);
            this.columns = v.size();
            int axes = moments.axes();
            this.extents = new int[axes];
            this.rowOffsets = new int[axes][];
            this.columnOffsets = new int[axes][];
            for (int axis = 0; axis < axes; axis++) {
                int uAxis = u.axis(moments.coordinate(axis));
                int vAxis = v.axis(moments.coordinate(axis));
                int k = basis.usedDegree(moments.coordinate(axis));
                boolean both = uAxis >= 0 && vAxis >= 0;
                extents[axis] = both ? k * k : k;
                rowOffsets[axis] = new int[extents[axis]];
                columnOffsets[axis] = new int[extents[axis]];
                for (int e = 0; e < extents[axis]; e++) {
                    rowOffsets[axis][e] = uAxis < 0 ? 0 : (both ? e / k : e) * stride(u, uAxis);
                    columnOffsets[axis][e] = vAxis < 0 ? 0 : (both ? e % k : e) * stride(v, vAxis);
                }
            }
        }

        private static int stride(Cluster cluster, int axis) {
            int stride = 1;
            for (int j = cluster.order() - 1; j > axis; j--) {
                stride *= cluster.degree(j);
            }
            return stride;
        }

        /** For each position of the full tensor its index in the basis, or -1. */
        private static int[] inverse(Cluster cluster) {
            int[] inverse = new int[cluster.tensorSize()];
            Arrays.fill(inverse, -1);
            for (int index = 0; index < cluster.size(); index++) {
                inverse[cluster.position(index)] = index;
            }
            return inverse;
        }

        void into(double[] damped, double[] rated, int u, int v, double[] out) {
            into(damped, rated, basis.start(u), basis.start(v), out, 0, 0, 0, 0);
        }

        private int into(
                double[] damped,
                double[] rated,
                int rowStart,
                int columnStart,
                double[] out,
                int axis,
                int source,
                int rowOffset,
                int columnOffset) {
            int next = source;
            if (axis < extents.length - 1) {
                for (int e = 0; e < extents[axis]; e++) {
                    next = into(
                            damped,
                            rated,
                            rowStart,
                            columnStart,
                            out,
                            axis + 1,
                            next,
                            rowOffset + rowOffsets[axis][e],
                            columnOffset + columnOffsets[axis][e]);
                }
                return next;
            }
            for (int e = 0; e < extents[axis]; e++, next++) {
                int row = rowOf[rowOffset + rowOffsets[axis][e]];
                int column = columnOf[columnOffset + columnOffsets[axis][e]];
                if (row >= 0 && column >= 0) {
                    int a = rowStart + row;
                    int b = columnStart + column;
                    double sum = (functionRates[a] + functionRates[b]) * damped[next] - rated[next];
                    out[row * columns + column] = 0.5 * sum * (inverseRoots[a] * inverseRoots[b]);
                }
            }
            return next;
        }
    }
}
