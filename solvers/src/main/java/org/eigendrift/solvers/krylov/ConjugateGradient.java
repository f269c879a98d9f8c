package org.eigendrift.solvers.krylov;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.eigendrift.api.linear.LinearSystem;
import org.eigendrift.api.linear.Solution;
import org.eigendrift.solvers.Systems;
import org.eigendrift.solvers.Tridiagonal;
import org.eigendrift.solvers.Vectors;

/**
 * Preconditioned conjugate gradients. Its coefficients are those of the Lanczos process (Golub, Van Loan 11.3.5):
 * without a preconditioner they give the condition number for nothing.
 */
final class ConjugateGradient extends KrylovSolver {
    private double[] p = new double[0];
    private double[] z = new double[0];
    private double[] ap = new double[0];
    private double[] diagonal = new double[16];
    private double[] off = new double[16];
    private int steps;

    ConjugateGradient(String name, IterativeOptions options) {
        super(name, options);
    }

    @Override
    protected void prepare(LinearSystem system) {
        int n = system.rhs().length;
        if (p.length != n) {
            p = new double[n];
            z = new double[n];
            ap = new double[n];
        }
        steps = 0;
    }

    @Override
    protected Ending iterate(LinearSystem system, double[] x, double[] r, double target, int limit) {
        precondition(r, z);
        System.arraycopy(z, 0, p, 0, z.length);
        double rz = Vectors.dot(r, z);
        double alpha = 0;
        double beta = 0;
        boolean record = steps == 0;
        for (int k = 1; k <= limit; k++) {
            if (!(rz > 0)) {
                return notPositive(k - 1, rz, "r' M^-1 r", "the preconditioner is not positive definite");
            }
            system.apply(p, ap);
            double curvature = Vectors.dot(p, ap);
            if (!(curvature > 0)) {
                return notPositive(k, curvature / Vectors.dot(p, p), "p' A p / p' p", "the matrix is indefinite");
            }
            double previous = alpha;
            alpha = rz / curvature;
            if (record) {
                append(1 / alpha + (k == 1 ? 0 : beta / previous), Math.sqrt(beta) / previous);
            }
            Vectors.addScaled(alpha, p, x);
            Vectors.addScaled(-alpha, ap, r);
            if (Vectors.norm(r) <= target) {
                return Ending.done(k);
            }
            precondition(r, z);
            double next = Vectors.dot(r, z);
            beta = next / rz;
            rz = next;
            Vectors.scaleAdd(z, beta, p);
        }
        return Ending.done(limit);
    }

    static Ending notPositive(int iterations, double value, String quantity, String meaning) {
        if (Double.isNaN(value)) {
            return new Ending(iterations, Solution.Status.NOT_FINITE, quantity + " is NaN");
        }
        return value < 0
                ? new Ending(iterations, Solution.Status.INDEFINITE, quantity + " = " + value + ", " + meaning)
                : new Ending(iterations, Solution.Status.BREAKDOWN, quantity + " vanished");
    }

    /**
     * Without a preconditioner the Krylov spaces of all ridges are one: the ridges share every product with the matrix
     * (Jegerlehner 1996), and what rounding leaves is polished ridge by ridge.
     */
    @Override
    public List<Solution> path(LinearSystem system, double[] shifts) {
        if (!plain() || shifts.length < 2 || Systems.notFinite(system, null) != null) {
            return super.path(system, shifts);
        }
        double[][] x = new double[shifts.length][system.rhs().length];
        int used = new ShiftedConjugateGradient(system, shifts).run(x, tolerance(), maxIterations());
        List<Solution> solutions = new ArrayList<>(shifts.length);
        for (int s = 0; s < shifts.length; s++) {
            Solution polished = solve(system.withShift(shifts[s]), x[s]);
            solutions.add(new Solution(
                    polished.x(),
                    used + polished.iterations(),
                    polished.residual(),
                    polished.condition(),
                    polished.status(),
                    polished.detail()));
        }
        return solutions;
    }

    /** Keeps an entry of the Lanczos matrix; {@code coupling} joins it to the entry before. */
    private void append(double entry, double coupling) {
        if (steps == diagonal.length) {
            diagonal = Arrays.copyOf(diagonal, 2 * steps);
            off = Arrays.copyOf(off, 2 * steps);
        }
        diagonal[steps] = entry;
        if (steps > 0) {
            off[steps - 1] = coupling;
        }
        steps++;
    }

    @Override
    protected double ownCondition() {
        if (!plain() || steps == 0) {
            return Double.NaN;
        }
        double smallest = Tridiagonal.smallest(diagonal, off, steps);
        return smallest > 0
                ? Math.max(1, Tridiagonal.largest(diagonal, off, steps) / smallest)
                : Double.POSITIVE_INFINITY;
    }
}
