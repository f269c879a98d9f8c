package org.eigendrift.bases.numeric;

import java.util.ArrayList;
import java.util.List;
import org.eigendrift.api.CounterRandom;
import org.eigendrift.api.NumericalException;
import org.ejml.data.DMatrixRMaj;

/**
 * The smallest eigenpairs of a symmetric positive definite matrix whose systems are cheap to solve: Lanczos on the
 * inverse with full reorthogonalisation (Parlett, "The Symmetric Eigenvalue Problem", chapter 13), within the
 * complement of one known eigenvector. The Krylov space grows until every wanted pair has converged.
 */
public final class InverseLanczos {
    /** Residual, relative to the eigenvalue of the inverse, at which a pair counts as converged. */
    private static final double TOLERANCE = 1e-12;

    /** Below this a new direction is rounding: the space is invariant. */
    private static final double INVARIANT = 1e-15;

    private final BandedCholesky matrix;
    private final double[] known;
    private final List<double[]> directions = new ArrayList<>();
    private final List<Double> diagonal = new ArrayList<>();
    private final List<Double> offDiagonal = new ArrayList<>();

    private InverseLanczos(BandedCholesky matrix, double[] known) {
        this.matrix = matrix;
        this.known = known;
    }

    /**
     * Computes eigenvectors of the smallest eigenvalues, ascending, the known one left out.
     *
     * @param matrix the factorised matrix
     * @param known a unit eigenvector, to which all results are orthogonal; not modified
     * @param wanted how many, below the order of the matrix
     * @return unit eigenvectors
     * @throws NumericalException if they did not converge
     */
    public static double[][] eigenvectors(BandedCholesky matrix, double[] known, int wanted) {
        InverseLanczos lanczos = new InverseLanczos(matrix, known);
        int largest = known.length - 1;
        // Twice the wanted number and some: with eigenvalues that grow like squares this suffices nearly always.
        int steps = Math.min(largest, 2 * wanted + 30);
        while (true) {
            lanczos.extend(steps);
            double[][] found = lanczos.ritz(wanted);
            if (found != null) {
                return found;
            }
            if (lanczos.directions.size() >= largest) {
                throw new NumericalException("of the " + wanted + " smallest eigenpairs of a matrix of order "
                        + known.length + " some did not converge to " + TOLERANCE);
            }
            steps = Math.min(largest, steps + steps / 2);
        }
    }

    private void extend(int steps) {
        while (directions.size() < steps) {
            double[] next = new double[known.length];
            if (directions.isEmpty()) {
                CounterRandom random = new CounterRandom(0);
                for (int i = 0; i < next.length; i++) {
                    next[i] = random.normal(0, i);
                }
            } else {
                double[] last = directions.get(directions.size() - 1);
                System.arraycopy(last, 0, next, 0, next.length);
                matrix.solve(next);
                double along = dot(next, last);
                diagonal.add(along);
            }
            double before = norm(next);
            orthogonalise(next);
            orthogonalise(next);
            double after = norm(next);
            if (!directions.isEmpty()) {
                offDiagonal.add(after);
            }
            if (after <= INVARIANT * before) {
                throw new NumericalException("the Krylov space closed after " + directions.size()
                        + " directions: the matrix has eigenvalues of higher multiplicity");
            }
            scale(next, 1 / after);
            directions.add(next);
        }
    }

    private void orthogonalise(double[] x) {
        subtract(x, known, dot(x, known));
        for (double[] direction : directions) {
            subtract(x, direction, dot(x, direction));
        }
    }

    /** The Ritz vectors of the wanted pairs, or null if some have not converged. */
    private double[][] ritz(int wanted) {
        int steps = diagonal.size();
        DMatrixRMaj projected = new DMatrixRMaj(steps, steps);
        for (int j = 0; j < steps; j++) {
            projected.set(j, j, diagonal.get(j));
            if (j + 1 < steps) {
                projected.set(j, j + 1, offDiagonal.get(j));
                projected.set(j + 1, j, offDiagonal.get(j));
            }
        }
        SymmetricEigen eigen = SymmetricEigen.of(projected);
        double last = offDiagonal.get(steps - 1);
        double[][] vectors = new double[wanted][];
        for (int k = 0; k < wanted; k++) {
            double[] weights = eigen.vectors()[steps - 1 - k];
            double value = eigen.values()[steps - 1 - k];
            if (Math.abs(last * weights[steps - 1]) > TOLERANCE * value) {
                return null;
            }
            vectors[k] = combine(weights);
        }
        return vectors;
    }

    private double[] combine(double[] weights) {
        double[] sum = new double[known.length];
        for (int j = 0; j < weights.length; j++) {
            subtract(sum, directions.get(j), -weights[j]);
        }
        scale(sum, 1 / norm(sum));
        return sum;
    }

    /** In four sums that need not wait for each other. */
    private static double dot(double[] x, double[] y) {
        double a = 0;
        double b = 0;
        double c = 0;
        double d = 0;
        int i = 0;
        for (; i + 3 < x.length; i += 4) {
            a += x[i] * y[i];
            b += x[i + 1] * y[i + 1];
            c += x[i + 2] * y[i + 2];
            d += x[i + 3] * y[i + 3];
        }
        for (; i < x.length; i++) {
            a += x[i] * y[i];
        }
        return (a + b) + (c + d);
    }

    private static double norm(double[] x) {
        return Math.sqrt(dot(x, x));
    }

    private static void subtract(double[] x, double[] direction, double length) {
        for (int i = 0; i < x.length; i++) {
            x[i] -= length * direction[i];
        }
    }

    private static void scale(double[] x, double factor) {
        for (int i = 0; i < x.length; i++) {
            x[i] *= factor;
        }
    }
}
