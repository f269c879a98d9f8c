package org.eigendrift.solvers.factor;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.eigendrift.api.InputException;
import org.eigendrift.api.linear.LinearSystem;
import org.eigendrift.api.linear.Solution;
import org.eigendrift.api.linear.Solver;
import org.eigendrift.api.linear.SymmetricMatrix;
import org.eigendrift.solvers.Lanczos;
import org.eigendrift.solvers.Systems;
import org.eigendrift.solvers.Vectors;

/**
 * Factorise, solve, and judge the result. A direct solver has no residual to iterate on, so its tolerance is on the
 * normwise backward error |r| / (|A| |x| + |b|) (Rigal, Gaches 1967): at most that is the relative change of A and b
 * for which x is exact. The residual |r| / |b| is reported as it is; for |x| near |b| / lambda_min it is larger than
 * the backward error by the condition number, and no vector of doubles has a smaller one.
 */
final class DirectSolver implements Solver {
    /**
     * Lanczos steps at each end of the spectrum. With the inverse at hand the smallest eigenvalue converges in two or
     * three; a largest one that is five per cent low does not change a condition number's order of magnitude.
     */
    private static final int STEPS = 4;

    /** Beyond this condition number not one digit of the solution is determined by the entries. */
    private static final double SINGULAR = 1 / Math.ulp(1.0);

    private final String name;
    private final double tolerance;
    private final Factorization factorization;
    private final Lanczos lanczos = new Lanczos();
    private double largest;
    private double condition;

    DirectSolver(String name, double tolerance, Factorization factorization) {
        this.name = name;
        this.tolerance = tolerance;
        this.factorization = factorization;
    }

    @Override
    public Solution solve(LinearSystem system, double[] guess) {
        SymmetricMatrix matrix = entries(system);
        String found = Systems.notFinite(system, guess);
        if (found != null) {
            return Systems.refuse(system, found);
        }
        if (!factorization.factor(matrix, system.shift())) {
            return notDefinite(system, matrix);
        }
        estimate(system);
        return finish(system);
    }

    private SymmetricMatrix entries(LinearSystem system) {
        SymmetricMatrix matrix = Systems.entries(name, system, "cg, minres or another iterative solver");
        double bytes = factorization.bytes(matrix.size());
        if (bytes > Runtime.getRuntime().maxMemory()) {
            throw new InputException(String.format(
                    Locale.ROOT,
                    "%s needs %.1f GB for a dense matrix of order %d, more than the heap's %.1f GB; use"
                            + " sparse-cholesky, cg or another iterative solver, or a larger heap (-Xmx)",
                    name,
                    bytes / 1e9,
                    matrix.size(),
                    Runtime.getRuntime().maxMemory() / 1e9));
        }
        return matrix;
    }

    @Override
    public List<Solution> solveAll(List<LinearSystem> systems) {
        List<Solution> solutions = new ArrayList<>(systems.size());
        boolean factored = false;
        for (LinearSystem system : systems) {
            // The matrix is shared, so what is wrong with it shows at the first system and is said for each.
            String found = Systems.notFinite(system, null);
            if (factored && found == null) {
                solutions.add(finish(system));
            } else {
                Solution solution = solve(system, null);
                factored |= solution.status() != Solution.Status.NOT_FINITE && Double.isFinite(solution.condition());
                solutions.add(solution);
            }
        }
        return solutions;
    }

    private Solution notDefinite(LinearSystem system, SymmetricMatrix matrix) {
        int n = matrix.size();
        double[] diagonal = new double[n];
        matrix.diagonal(diagonal);
        double scale = system.shift();
        for (double entry : diagonal) {
            scale = Math.max(scale, Math.abs(entry));
        }
        // Rounding moves the eigenvalues of a semidefinite matrix by at most about (n + 1) ulp of its largest diagonal
        // entry (Higham, Accuracy and Stability, theorem 10.3): what becomes definite by a shift of that size was
        // singular, what does not has a negative eigenvalue.
        double rounding = 4 * n * Math.ulp(1.0) * scale;
        boolean semidefinite = scale == 0 || definite(matrix, system.shift() + rounding);
        double[] zero = new double[n];
        double residual = system.relativeResidual(zero);
        return new Solution(
                zero,
                0,
                residual,
                semidefinite ? Double.POSITIVE_INFINITY : Double.NaN,
                semidefinite ? Solution.Status.SINGULAR : Solution.Status.INDEFINITE,
                Systems.detail(
                        system,
                        -1,
                        residual,
                        semidefinite
                                ? name + " met a singular matrix; svd and minres solve consistent singular systems, "
                                        + "a ridge makes this one regular"
                                : name + " found an eigenvalue below "
                                        + String.format(Locale.ROOT, "%.3e", -rounding)));
    }

    /** Libraries have tolerances of their own for pivots; this question is about the sign alone. */
    private boolean definite(SymmetricMatrix matrix, double shift) {
        return factorization.bytes(matrix.size()) > 0
                ? new CholeskyFactor().factor(matrix, shift) < 0
                : factorization.factor(matrix, shift);
    }

    private void estimate(LinearSystem system) {
        int n = system.rhs().length;
        largest = lanczos.run(system::apply, n, STEPS, null).largest();
        double inverse = lanczos.run(this::invert, n, STEPS, null).largest();
        condition = Math.max(1, largest * inverse);
    }

    private void invert(double[] x, double[] y) {
        System.arraycopy(x, 0, y, 0, x.length);
        factorization.substitute(y);
    }

    private Solution finish(LinearSystem system) {
        double[] x = system.rhs().clone();
        factorization.substitute(x);
        double residual = system.relativeResidual(x);
        double norm = Vectors.norm(system.rhs());
        double backward = norm == 0 ? residual : residual * norm / (largest * Vectors.norm(x) + norm);
        Solution.Status status = Solution.Status.CONVERGED;
        String detail = "";
        if (!(condition < SINGULAR)) {
            status = Solution.Status.SINGULAR;
            detail = Systems.detail(system, -1, residual, name + " met a condition number of " + condition);
        } else if (!(backward <= tolerance)) {
            status = Solution.Status.NOT_CONVERGED;
            detail = Systems.detail(system, -1, residual, name + " left a backward error of " + backward);
        }
        return new Solution(x, 0, residual, condition, status, detail);
    }
}
