package org.eigendrift.engine.assembly;

import java.util.List;
import java.util.function.IntToDoubleFunction;
import java.util.stream.IntStream;
import org.eigendrift.api.linear.BlockSymmetric;
import org.eigendrift.api.linear.DenseSymmetric;
import org.eigendrift.api.linear.LinearSystem;
import org.eigendrift.api.linear.SymmetricMatrix;
import org.eigendrift.engine.basis.Cluster;
import org.eigendrift.engine.basis.ProductBasis;
import org.eigendrift.engine.moment.SumLayout;

/**
 * Assembles the scaled systems (docs/method.md, 3) from sums over rows, at any time for which they serve:
 *
 * <pre>
 * A[a,b](t) = 1/2 sum_c C[a,b,c] (lambda_a + lambda_b - lambda_c) exp(-lambda_c t) m_c / sqrt(lambda_a lambda_b)
 * b[a](t)   = sqrt(lambda_a) exp(-lambda_a t) m_a
 * </pre>
 *
 * with C the product over coordinates of the one-dimensional coefficients; the sum over coordinates in Gamma telescopes
 * to the one factor, because a coordinate in exactly one of the two clusters contributes lambda_a + 0 - lambda_a.
 * The solution y gives theta = Lambda^{-1/2} y. Thread-safe; work space is made for each call.
 */
public final class Assembler {
    /** Above this share of stored entries a dense matrix is cheaper than blocks. */
    private static final double DENSE_SHARE = 0.3;

    private static final int SMALL = 256;

    private final ProductBasis basis;
    private final double[] rhsScale;
    private final double[] scale;
    private final boolean dense;
    private final BlockSource source;

    /**
     * Prepares assembly.
     *
     * @param layout the layout of the moment table
     * @param basis the functions of the systems: those of the layout's basis, or some of them
     */
    public Assembler(SumLayout layout, ProductBasis basis) {
        this(layout, basis, a -> 1 / Math.sqrt(basis.rate(a)), a -> Math.sqrt(basis.rate(a)));
    }

    /**
     * Prepares assembly of A(t) and b(t) themselves, without the scaling by Lambda^{-1/2}; solutions are theta.
     *
     * @param layout the layout of the moment table
     * @param basis the functions of the systems: those of the layout's basis, or some of them
     * @return an assembler of unscaled systems
     */
    public static Assembler unscaled(SumLayout layout, ProductBasis basis) {
        return new Assembler(layout, basis, a -> 1, basis::rate);
    }

    private Assembler(SumLayout layout, ProductBasis basis, IntToDoubleFunction scale, IntToDoubleFunction rhsScale) {
        this.basis = basis;
        int n = basis.size();
        this.scale = IntStream.range(0, n).mapToDouble(scale).toArray();
        this.rhsScale = IntStream.range(0, n).mapToDouble(rhsScale).toArray();
        this.source = BlockSource.of(layout, basis, this.scale);
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
     * @return sqrt(lambda) exp(-lambda t) m, or without scaling lambda exp(-lambda t) m; a new array
     */
    public double[] rhs(double[] functionMeans, double t) {
        double[] rhs = new double[basis.size()];
        for (int a = 0; a < rhs.length; a++) {
            rhs[a] = rhsScale[a] * Math.exp(-basis.rate(a) * t) * functionMeans[a];
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
            theta[a] = y[a] * scale[a];
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
            y[a] = theta[a] / scale[a];
        }
        return y;
    }

    /**
     * The matrix of one time.
     *
     * @param means the means of all sums of the table; not modified
     * @param t forward time, at least 0; of sums on a grid one of its times
     * @return a symmetric matrix partitioned by clusters
     * @throws IllegalArgumentException if the sums do not serve the time
     */
    public SymmetricMatrix matrix(double[] means, double t) {
        BlockSource.Blocks blocks = source.at(means, t);
        return dense ? denseMatrix(blocks) : blockMatrix(blocks);
    }

    private DenseSymmetric denseMatrix(BlockSource.Blocks blocks) {
        int n = basis.size();
        double[] values = new double[Math.multiplyExact(n, n)];
        for (int u = 0; u < basis.clusters().size(); u++) {
            for (int k = 0; k <= basis.neighbours(u).length; k++) {
                int row = basis.start(u);
                int column = basis.start(neighbour(u, k));
                blocks.assemble(u, k, new BlockSource.Target(values, row * n + column, n, column * n + row, n));
            }
        }
        return new DenseSymmetric(n, values, basis.starts());
    }

    private BlockSymmetric blockMatrix(BlockSource.Blocks blocks) {
        List<Cluster> clusters = basis.clusters();
        int[] rowStarts = new int[clusters.size() + 1];
        for (int u = 0; u < clusters.size(); u++) {
            rowStarts[u + 1] = rowStarts[u] + 1 + basis.neighbours(u).length;
        }
        int[] columns = new int[rowStarts[clusters.size()]];
        double[][] entries = new double[columns.length][];
        for (int u = 0; u < clusters.size(); u++) {
            for (int k = 0; k <= basis.neighbours(u).length; k++) {
                int at = rowStarts[u] + k;
                int v = neighbour(u, k);
                int width = clusters.get(v).size();
                columns[at] = v;
                entries[at] = new double[clusters.get(u).size() * width];
                blocks.assemble(u, k, new BlockSource.Target(entries[at], 0, width, 0, v == u ? width : 0));
            }
        }
        return new BlockSymmetric(basis.starts(), rowStarts, columns, entries);
    }

    /** The column cluster of the k-th stored block of a row: the diagonal block comes first. */
    private int neighbour(int u, int k) {
        return k == 0 ? u : basis.neighbours(u)[k - 1];
    }
}
