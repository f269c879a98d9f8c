package org.eigendrift.api.basis;

import java.util.Arrays;

/**
 * The coefficients C of products of eigenfunctions, phi_a phi_b = sum_c C[a,b,c] phi_c, for a, b below
 * {@link #size()} and c below {@link #tableSize()}; sparse, and symmetric in a and b. Immutable.
 *
 * <p>With the eigenvalues they also give the carr&eacute; du champ: a(x) phi_a' phi_b' = 1/2 sum_c C[a,b,c]
 * (lambda_a + lambda_b - lambda_c) phi_c (docs/method.md, 4.1).
 */
public final class ProductTable {
    private final int size;
    private final int tableSize;
    private final int[] starts;
    private final int[] functions;
    private final double[] coefficients;
    private final double truncationError;

    private ProductTable(
            int size, int tableSize, int[] starts, int[] functions, double[] coefficients, double truncationError) {
        this.size = size;
        this.tableSize = tableSize;
        this.starts = starts;
        this.functions = functions;
        this.coefficients = coefficients;
        this.truncationError = truncationError;
    }

    /** One entry of the table as a function of (a, b, c). */
    @FunctionalInterface
    public interface Coefficient {

        /**
         * The coefficient.
         *
         * @param a first factor, 0 to size - 1
         * @param b second factor, a to size - 1
         * @param c function of the expansion, 0 to tableSize - 1
         * @return C[a,b,c]
         */
        double at(int a, int b, int c);
    }

    /**
     * Builds a table from a formula; entries that are exactly 0 are not stored.
     *
     * @param size number of factors, at least 1
     * @param tableSize number of functions in expansions, at least {@code size}
     * @param truncationError bound of the L2(pi) norm of what expansions leave out, relative to the product's; 0 for
     *     families whose products are finite
     * @param coefficient the formula, called for a &lt;= b
     * @return the table
     */
    public static ProductTable of(int size, int tableSize, double truncationError, Coefficient coefficient) {
        if (size < 1 || tableSize < size) {
            throw new IllegalArgumentException("size " + size + ", table size " + tableSize);
        }
        int[] starts = new int[size * size + 1];
        int[] functions = new int[16];
        double[] coefficients = new double[16];
        int count = 0;
        for (int a = 0; a < size; a++) {
            for (int b = 0; b < size; b++) {
                for (int c = 0; c < tableSize; c++) {
                    double value = coefficient.at(Math.min(a, b), Math.max(a, b), c);
                    if (value != 0) {
                        if (count == functions.length) {
                            functions = Arrays.copyOf(functions, 2 * count);
                            coefficients = Arrays.copyOf(coefficients, 2 * count);
                        }
                        functions[count] = c;
                        coefficients[count++] = value;
                    }
                }
                starts[a * size + b + 1] = count;
            }
        }
        return new ProductTable(
                size,
                tableSize,
                starts,
                Arrays.copyOf(functions, count),
                Arrays.copyOf(coefficients, count),
                truncationError);
    }

    /**
     * The number of factors.
     *
     * @return the size K: factors are functions 0 to K - 1
     */
    public int size() {
        return size;
    }

    /**
     * The number of functions in expansions.
     *
     * @return the table size M, at least K
     */
    public int tableSize() {
        return tableSize;
    }

    /**
     * Where the terms of a product begin.
     *
     * @param a first factor
     * @param b second factor
     * @return index of the first term; the terms end where those of the next pair (a * size + b + 1) begin
     */
    public int start(int a, int b) {
        return starts[a * size + b];
    }

    /**
     * Where the terms of a product end.
     *
     * @param a first factor
     * @param b second factor
     * @return one past the last term
     */
    public int end(int a, int b) {
        return starts[a * size + b + 1];
    }

    /**
     * The function of a term.
     *
     * @param term index between {@link #start} and {@link #end}
     * @return c
     */
    public int function(int term) {
        return functions[term];
    }

    /**
     * The coefficient of a term.
     *
     * @param term index between {@link #start} and {@link #end}
     * @return C[a,b,c]
     */
    public double coefficient(int term) {
        return coefficients[term];
    }

    /**
     * What expansions leave out.
     *
     * @return relative bound in the L2(pi) norm, 0 where expansions are exact
     */
    public double truncationError() {
        return truncationError;
    }
}
