package org.eigendrift.engine.assembly;

import java.util.List;
import org.eigendrift.api.linear.BlockSymmetric;
import org.eigendrift.api.linear.DenseSymmetric;
import org.eigendrift.api.linear.LinearSystem;
import org.eigendrift.api.linear.SymmetricMatrix;
import org.eigendrift.engine.basis.Cluster;
import org.eigendrift.engine.basis.ProductBasis;
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
 * lambda_a. The solution y gives theta = Lambda^{-1/2} y. Thread-safe; work space is made for each call.
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
    private final BlockPlan[][] plans;

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
        this.plans = new BlockPlan[basis.clusters().size()][];
        for (int u = 0; u < plans.length; u++) {
            plans[u] = new BlockPlan[1 + basis.neighbours(u).length];
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
        for (int u = 0; u < plans.length; u++) {
            for (int k = 0; k < plans[u].length; k++) {
                int row = basis.start(u);
                int column = basis.start(neighbour(u, k));
                plan(u, k)
                        .assemble(
                                means,
                                decay,
                                functionRates,
                                inverseRoots,
                                new BlockPlan.Target(values, row * n + column, n, column * n + row, n));
            }
        }
        return new DenseSymmetric(n, values, basis.starts());
    }

    private BlockSymmetric blockMatrix(double[] means, double[][] decay) {
        List<Cluster> clusters = basis.clusters();
        int[] rowStarts = new int[clusters.size() + 1];
        for (int u = 0; u < clusters.size(); u++) {
            rowStarts[u + 1] = rowStarts[u] + plans[u].length;
        }
        int[] columns = new int[rowStarts[clusters.size()]];
        double[][] entries = new double[columns.length][];
        for (int u = 0; u < clusters.size(); u++) {
            for (int k = 0; k < plans[u].length; k++) {
                int at = rowStarts[u] + k;
                int v = neighbour(u, k);
                int width = clusters.get(v).size();
                columns[at] = v;
                entries[at] = new double[clusters.get(u).size() * width];
                plan(u, k)
                        .assemble(
                                means,
                                decay,
                                functionRates,
                                inverseRoots,
                                new BlockPlan.Target(entries[at], 0, width, 0, v == u ? width : 0));
            }
        }
        return new BlockSymmetric(basis.starts(), rowStarts, columns, entries);
    }

    /** The column cluster of the k-th stored block of a row: the diagonal block comes first. */
    private int neighbour(int u, int k) {
        return k == 0 ? u : basis.neighbours(u)[k - 1];
    }

    /** Plans are made when first needed, possibly by two threads at once: equal and immutable, either will do. */
    private BlockPlan plan(int u, int k) {
        BlockPlan plan = plans[u][k];
        if (plan == null) {
            plan = new BlockPlan(layout, basis, u, neighbour(u, k));
            plans[u][k] = plan;
        }
        return plan;
    }
}
