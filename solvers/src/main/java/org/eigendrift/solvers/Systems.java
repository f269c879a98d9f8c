package org.eigendrift.solvers;

import java.util.Locale;
import org.eigendrift.api.InputException;
import org.eigendrift.api.linear.BlockSymmetric;
import org.eigendrift.api.linear.DenseSymmetric;
import org.eigendrift.api.linear.LinearSystem;
import org.eigendrift.api.linear.Solution;
import org.eigendrift.api.linear.SymmetricMatrix;

/** What every solver asks of a system before it starts, and how it words what it found. */
public final class Systems {
    private Systems() {}

    /**
     * The entries of the system's matrix.
     *
     * @param method the solver or preconditioner that needs them, for the message
     * @param system the system
     * @param alternatives what works without entries, for the message
     * @return the matrix, without the shift
     * @throws InputException if the system has a bare operator
     */
    public static SymmetricMatrix entries(String method, LinearSystem system, String alternatives) {
        if (system.matrix() instanceof SymmetricMatrix matrix) {
            return matrix;
        }
        throw new InputException(method + " needs the entries of the matrix, but this system of order "
                + system.matrix().size() + " is a bare operator; use " + alternatives);
    }

    /**
     * The inverse of the diagonal of A + shift I. An entry that is not positive, which no definite matrix has, counts
     * as 1: whether the matrix is definite is for the solver to find out.
     *
     * @param system the system
     * @return positive numbers
     */
    public static double[] inverseDiagonal(LinearSystem system) {
        double[] inverse = new double[system.rhs().length];
        system.matrix().diagonal(inverse);
        for (int i = 0; i < inverse.length; i++) {
            double entry = inverse[i] + system.shift();
            inverse[i] = entry > 0 ? 1 / entry : 1;
        }
        return inverse;
    }

    /**
     * Looks for NaN and infinity in everything whose entries are known.
     *
     * @param system the system
     * @param guess the start, or null
     * @return what was found and where, or null if all is finite
     */
    public static String notFinite(LinearSystem system, double[] guess) {
        int at = Vectors.firstNotFinite(system.rhs());
        if (at >= 0) {
            return "the right-hand side holds " + system.rhs()[at] + " at row " + (at + 1);
        }
        if (guess != null) {
            if (guess.length != system.rhs().length) {
                throw new IllegalArgumentException(
                        "a guess of " + guess.length + " entries for order " + system.rhs().length);
            }
            at = Vectors.firstNotFinite(guess);
            if (at >= 0) {
                return "the guess holds " + guess[at] + " at row " + (at + 1);
            }
        }
        if (system.matrix() instanceof DenseSymmetric dense) {
            at = Vectors.firstNotFinite(dense.values());
            return at < 0 ? null : entry(dense.values()[at], at / dense.size(), at % dense.size());
        }
        return system.matrix() instanceof BlockSymmetric blocks ? notFinite(blocks) : null;
    }

    private static String notFinite(BlockSymmetric matrix) {
        for (int i = 0; i < matrix.blocks(); i++) {
            for (int k = matrix.rowStart(i); k < matrix.rowStart(i + 1); k++) {
                int at = Vectors.firstNotFinite(matrix.entries(k));
                if (at >= 0) {
                    int column = matrix.column(k);
                    int width = matrix.blockStart(column + 1) - matrix.blockStart(column);
                    return entry(
                            matrix.entries(k)[at],
                            matrix.blockStart(i) + at / width,
                            matrix.blockStart(column) + at % width);
                }
            }
        }
        return null;
    }

    private static String entry(double value, int row, int column) {
        return "the matrix holds " + value + " at row " + (row + 1) + ", column " + (column + 1);
    }

    /**
     * The answer to a system that holds NaN or infinity.
     *
     * @param system the system
     * @param found what was found
     * @return a solution of zeros with status {@link Solution.Status#NOT_FINITE}
     */
    public static Solution refuse(LinearSystem system, String found) {
        return new Solution(
                new double[system.rhs().length],
                0,
                Double.NaN,
                Double.NaN,
                Solution.Status.NOT_FINITE,
                "at t = " + system.time() + ": " + found);
    }

    /**
     * One line on a failed solve.
     *
     * @param system the system
     * @param iterations iterations used, or -1 for a direct solver
     * @param residual the true relative residual
     * @param what what happened
     * @return time, iteration and residual, then what happened
     */
    public static String detail(LinearSystem system, int iterations, double residual, String what) {
        String iteration = iterations < 0 ? "" : ", iteration " + iterations;
        return String.format(
                Locale.ROOT, "at t = %s%s, relative residual %.3e: %s", system.time(), iteration, residual, what);
    }
}
