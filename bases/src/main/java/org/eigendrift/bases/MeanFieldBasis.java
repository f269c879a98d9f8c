package org.eigendrift.bases;

import java.util.Arrays;
import org.eigendrift.api.Domain;
import org.eigendrift.api.State;
import org.eigendrift.api.basis.Eigenbasis;
import org.eigendrift.api.basis.ProductTable;
import org.eigendrift.bases.marginal.PiecewiseDensity;
import org.eigendrift.bases.marginal.TailedDensity;
import org.eigendrift.bases.numeric.Legendre;
import org.eigendrift.bases.numeric.SpectralElements;

/**
 * Overdamped motion in the potential -log pi: a = 1, and phi_k, lambda_k solve -(pi phi')' = lambda pi phi on the core
 * of the density, phi' = 0 at its ends, by {@link SpectralElements} of degree 8 on the elements of the core.
 *
 * <p>Beyond an end of the core that is not one of the domain pi falls exponentially, with the constant drift (log pi)'
 * inwards, and the functions are the constants phi_k(end). What the eigenproblem neglects is the share of pi in the
 * tails, some 1e-9.
 *
 * <p>A point costs one element look-up and 9 multiply-adds a function, over contiguous coefficients; derivatives are
 * those of the same polynomials. The eigenvalues' error is their difference from elements of degree 10. Products are
 * expanded in the first M functions by Gauss quadrature; what that leaves out is measured in L2(pi) and reported.
 */
final class MeanFieldBasis implements Eigenbasis {
    static final int ORDER = 8;

    private static final int STRIDE = ORDER + 1;
    private static final int TILE = 64;

    /** Three factors of degree 8 on an element: 12 nodes are exact to degree 23, and the functions are smooth. */
    private static final int PRODUCT_NODES = 12;

    /** The square root of a rounding: what the difference of two squared norms resolves. */
    private static final double RESOLVED = 1e-7;

    /** Differences between two solutions below it are rounding. */
    private static final double ROUNDING = 1e-13;

    private final TailedDensity law;
    private final PiecewiseDensity density;
    private final Domain.Interval core;
    private final int size;
    private final int tableSize;
    private final double[] eigenvalues;
    private final double[] coefficients;
    private final ProductTable products;
    private final double perElement;

    /** NaN until somebody asks. */
    private volatile double eigenvalueError = Double.NaN;

    private MeanFieldBasis(TailedDensity law, int size, SpectralElements.Solution solution) {
        this.law = law;
        this.density = law.core();
        this.core = new Domain.Interval(density.lower(), density.upper());
        this.size = size;
        this.tableSize = solution.values().length;
        this.eigenvalues = solution.values();
        this.coefficients = byFunction(solution.coefficients(), tableSize);
        this.perElement = density.elements() / (density.upper() - density.lower());
        this.products = expand();
    }

    /** Orders coefficients by element, function, polynomial: what one point needs of a function is contiguous. */
    private static double[] byFunction(double[] byPolynomial, int count) {
        double[] ordered = new double[byPolynomial.length];
        for (int e = 0; e < byPolynomial.length; e += STRIDE * count) {
            for (int j = 0; j < STRIDE; j++) {
                for (int k = 0; k < count; k++) {
                    ordered[e + k * STRIDE + j] = byPolynomial[e + j * count + k];
                }
            }
        }
        return ordered;
    }

    /**
     * Solves the eigenproblem of a density.
     *
     * @param law pi
     * @param degree highest degree of a factor
     * @param table functions wanted in expansions
     * @return the basis
     */
    static MeanFieldBasis solve(TailedDensity law, int degree, int table) {
        return new MeanFieldBasis(law, degree + 1, solution(law.core(), ORDER, table));
    }

    private static SpectralElements.Solution solution(PiecewiseDensity density, int order, int count) {
        return SolvedNormals.of(density, order, count)
                .orElseGet(() -> elements(density, order).solve(density::pi, density.variance(), count));
    }

    static SpectralElements elements(PiecewiseDensity density, int order) {
        return new SpectralElements(density.lower(), density.upper(), density.elements(), order);
    }

    private ProductTable expand() {
        double[][] rule = Legendre.gauss(PRODUCT_NODES);
        int nodes = density.elements() * PRODUCT_NODES;
        double[] x = new double[nodes];
        double[] weights = new double[nodes];
        double half = 0.5 / perElement;
        for (int e = 0; e < density.elements(); e++) {
            for (int q = 0; q < PRODUCT_NODES; q++) {
                x[e * PRODUCT_NODES + q] = core.lower() + half * (2 * e + 1 + rule[0][q]);
                weights[e * PRODUCT_NODES + q] = half * rule[1][q] * density.pi(e, rule[0][q]);
            }
        }
        double[] values = new double[tableSize * nodes];
        values(tableSize, x, 0, nodes, values);
        double[][] expansions = new double[size * (size + 1) / 2][];
        double truncation = 0;
        double[] product = new double[nodes];
        for (int b = 0; b < size; b++) {
            for (int a = 0; a <= b; a++) {
                double[] expansion = new double[tableSize];
                if (a == 0) {
                    expansion[b] = 1;
                } else {
                    for (int n = 0; n < nodes; n++) {
                        product[n] = values[a * nodes + n] * values[b * nodes + n];
                    }
                    truncation = Math.max(truncation, project(product, weights, values, expansion));
                }
                expansions[b * (b + 1) / 2 + a] = expansion;
            }
        }
        return ProductTable.of(size, tableSize, truncation, (a, b, c) -> expansions[b * (b + 1) / 2 + a][c]);
    }

    /** Fills the expansion of a function given at nodes; returns the relative norm of what it leaves out, at least. */
    private static double project(double[] f, double[] weights, double[] values, double[] expansion) {
        int nodes = f.length;
        double whole = 0;
        for (int n = 0; n < nodes; n++) {
            double weighted = weights[n] * f[n];
            whole += weighted * f[n];
            f[n] = weighted;
        }
        double rest = whole;
        for (int c = 0; c < expansion.length; c++) {
            double sum = 0;
            for (int n = 0; n < nodes; n++) {
                sum += f[n] * values[c * nodes + n];
            }
            expansion[c] = sum;
            rest -= sum * sum;
        }
        return Math.hypot(RESOLVED, Math.sqrt(Math.max(0, rest) / whole));
    }

    @Override
    public Domain domain() {
        return law.domain();
    }

    @Override
    public Domain core() {
        return core;
    }

    @Override
    public int size() {
        return size;
    }

    @Override
    public int tableSize() {
        return tableSize;
    }

    @Override
    public double eigenvalue(int k) {
        return eigenvalues[k];
    }

    /** Solves the problem again, once, for those who ask: no fit does. Threads that ask at once find the same. */
    @Override
    public double eigenvalueError() {
        double error = eigenvalueError;
        if (Double.isNaN(error)) {
            error = ROUNDING;
            double[] finer = solution(density, ORDER + 2, size).values();
            for (int k = 1; k < size; k++) {
                error = Math.max(error, Math.abs(eigenvalues[k] - finer[k]) / finer[k]);
            }
            eigenvalueError = error;
        }
        return error;
    }

    @Override
    public void values(int functions, double[] x, int from, int count, double[] values) {
        evaluate(functions, x, from, count, values, null);
    }

    @Override
    public void valuesAndDerivatives(
            int functions, double[] x, int from, int count, double[] values, double[] derivatives) {
        evaluate(functions, x, from, count, values, derivatives);
    }

    private void evaluate(int functions, double[] x, int from, int count, double[] values, double[] derivatives) {
        int[] rows = new int[TILE];
        double[] xi = new double[TILE];
        double[][] legendre = new double[STRIDE][TILE];
        double[][] slopes = derivatives == null ? null : new double[STRIDE][TILE];
        for (int start = 0; start < count; start += TILE) {
            int points = Math.min(TILE, count - start);
            locate(x, from + start, points, rows, xi);
            polynomials(xi, points, legendre);
            combine(rows, legendre, points, functions, values, start, count);
            if (derivatives != null) {
                derivatives(legendre, points, slopes);
                combine(rows, slopes, points, functions, derivatives, start, count);
                flatten(x, from + start, points, functions, derivatives, start, count);
            }
        }
    }

    /** Derivatives of points beyond the core are 0. */
    private void flatten(double[] x, int from, int points, int functions, double[] derivatives, int start, int count) {
        for (int n = 0; n < points; n++) {
            if (!core.contains(x[from + n])) {
                for (int k = 0; k < functions; k++) {
                    derivatives[k * count + start + n] = 0;
                }
            }
        }
    }

    /** Where each point's coefficients begin, and its local coordinate; points outside count as the nearer end. */
    private void locate(double[] x, int from, int points, int[] rows, double[] xi) {
        double lower = core.lower();
        int last = density.elements() - 1;
        for (int n = 0; n < points; n++) {
            double at = (x[from + n] - lower) * perElement;
            int e = Math.max(0, Math.min(last, (int) at));
            rows[n] = e * STRIDE * tableSize;
            xi[n] = Math.max(-1, Math.min(1, 2 * (at - e) - 1));
        }
    }

    /** Legendre polynomials, by the recurrence of {@link Legendre#evaluate}, along points. */
    private static void polynomials(double[] xi, int points, double[][] legendre) {
        Arrays.fill(legendre[0], 0, points, 1);
        System.arraycopy(xi, 0, legendre[1], 0, points);
        for (int j = 1; j < ORDER; j++) {
            recur((2 * j + 1.0) / (j + 1), j / (j + 1.0), xi, legendre[j], legendre[j - 1], legendre[j + 1], points);
        }
    }

    private static void recur(
            double alpha, double beta, double[] xi, double[] last, double[] before, double[] next, int points) {
        for (int n = 0; n < points; n++) {
            next[n] = alpha * xi[n] * last[n] - beta * before[n];
        }
    }

    /** Their derivatives with respect to x. */
    private void derivatives(double[][] legendre, int points, double[][] slopes) {
        Arrays.fill(slopes[0], 0, points, 0);
        Arrays.fill(slopes[1], 0, points, 2 * perElement);
        for (int j = 1; j < ORDER; j++) {
            add((2 * j + 1) * 2 * perElement, legendre[j], slopes[j - 1], slopes[j + 1], points);
        }
    }

    private static void add(double factor, double[] last, double[] before, double[] next, int points) {
        for (int n = 0; n < points; n++) {
            next[n] = before[n] + factor * last[n];
        }
    }

    /** Function k of each point is the sum over j of the basis and the function's coefficients on the element. */
    private void combine(int[] rows, double[][] basis, int points, int functions, double[] out, int start, int count) {
        for (int n = 0; n < points; n++) {
            combine(
                    coefficients,
                    rows[n],
                    basis[0][n],
                    basis[1][n],
                    basis[2][n],
                    basis[3][n],
                    basis[4][n],
                    basis[5][n],
                    basis[6][n],
                    basis[7][n],
                    basis[8][n],
                    functions,
                    out,
                    start + n,
                    count);
        }
    }

    /** Written out, and summed in pairs, so that the processor works on several terms and functions at once. */
    private static void combine(
            double[] coefficients,
            int at,
            double b0,
            double b1,
            double b2,
            double b3,
            double b4,
            double b5,
            double b6,
            double b7,
            double b8,
            int functions,
            double[] out,
            int to,
            int count) {
        int c = at;
        int o = to;
        for (int k = 0; k < functions; k++) {
            out[o] = ((b0 * coefficients[c] + b1 * coefficients[c + 1])
                            + (b2 * coefficients[c + 2] + b3 * coefficients[c + 3]))
                    + ((b4 * coefficients[c + 4] + b5 * coefficients[c + 5])
                            + (b6 * coefficients[c + 6] + b7 * coefficients[c + 7]))
                    + b8 * coefficients[c + 8];
            c += STRIDE;
            o += count;
        }
    }

    @Override
    public ProductTable products() {
        return products;
    }

    @Override
    public double logDensity(double x) {
        return law.log(x);
    }

    @Override
    public double logDensityDerivative(double x) {
        return law.logDerivative(x);
    }

    @Override
    public double diffusion(double x) {
        return 1;
    }

    @Override
    public double drift(double x) {
        return law.logDerivative(x);
    }

    @Override
    public double quantile(double u) {
        return law.quantile(u);
    }

    @Override
    public State state() {
        return density.state();
    }
}
