package org.eigendrift.solvers.direct;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.eigendrift.api.InputException;
import org.eigendrift.api.linear.LinearSystem;
import org.eigendrift.api.linear.Solution;
import org.eigendrift.api.linear.Solver;
import org.eigendrift.api.linear.SymmetricMatrix;
import org.eigendrift.solvers.Systems;
import org.eigendrift.solvers.Vectors;
import org.ejml.data.DMatrixRMaj;
import org.ejml.dense.row.factory.DecompositionFactory_DDRM;
import org.ejml.interfaces.decomposition.EigenDecomposition_F64;

/** x = sum over eigenvalues above the cut of v (v' b) / (lambda + shift). */
final class SpectralSolver implements Solver {
    private final SvdProvider.Options options;
    private SymmetricMatrix decomposed;
    private double[] eigenvalues;
    private double[][] eigenvectors;

    SpectralSolver(SvdProvider.Options options) {
        this.options = options;
    }

    @Override
    public Solution solve(LinearSystem system, double[] guess) {
        return solve(List.of(system), guess).get(0);
    }

    @Override
    public List<Solution> solveAll(List<LinearSystem> systems) {
        return systems.isEmpty() ? List.of() : solve(systems, null);
    }

    @Override
    public List<Solution> path(LinearSystem system, double[] shifts) {
        List<LinearSystem> systems = new ArrayList<>(shifts.length);
        for (double shift : shifts) {
            systems.add(system.withShift(shift));
        }
        return systems.isEmpty() ? List.of() : solve(systems, null);
    }

    /** Systems of one matrix, with one decomposition. */
    private List<Solution> solve(List<LinearSystem> systems, double[] guess) {
        List<Solution> solutions = new ArrayList<>(systems.size());
        for (LinearSystem system : systems) {
            SymmetricMatrix matrix = entries(system);
            String found = Systems.notFinite(system, guess);
            if (found != null) {
                solutions.add(Systems.refuse(system, found));
                continue;
            }
            // Matrices do not change once handed over, so the last decomposition may still serve.
            if (matrix != decomposed && !decompose(matrix)) {
                return failed(systems);
            }
            solutions.add(expand(system));
        }
        return solutions;
    }

    private static SymmetricMatrix entries(LinearSystem system) {
        SymmetricMatrix matrix = Systems.entries("svd", system, "minres, lsqr or cg");
        // The dense matrix, EJML's copy, the reflectors and two sets of eigenvectors.
        double bytes = 40.0 * matrix.size() * matrix.size();
        if (bytes > Runtime.getRuntime().maxMemory()) {
            throw new InputException(String.format(
                    Locale.ROOT,
                    "svd needs %.1f GB for a matrix of order %d, more than the heap's %.1f GB; use minres or lsqr,"
                            + " or a larger heap (-Xmx)",
                    bytes / 1e9,
                    matrix.size(),
                    Runtime.getRuntime().maxMemory() / 1e9));
        }
        return matrix;
    }

    private static List<Solution> failed(List<LinearSystem> systems) {
        List<Solution> solutions = new ArrayList<>(systems.size());
        for (LinearSystem system : systems) {
            double[] zero = new double[system.rhs().length];
            double residual = system.relativeResidual(zero);
            String detail = Systems.detail(system, -1, residual, "svd: the QR iteration did not converge");
            solutions.add(new Solution(zero, 0, residual, Double.NaN, Solution.Status.BREAKDOWN, detail));
        }
        return solutions;
    }

    private boolean decompose(SymmetricMatrix matrix) {
        int n = matrix.size();
        DMatrixRMaj a = DMatrixRMaj.wrap(n, n, matrix.toDense().values().clone());
        EigenDecomposition_F64<DMatrixRMaj> decomposition = DecompositionFactory_DDRM.eig(n, true, true);
        decomposed = null;
        if (!decomposition.decompose(a)) {
            return false;
        }
        eigenvalues = new double[n];
        eigenvectors = new double[n][];
        for (int k = 0; k < n; k++) {
            eigenvalues[k] = decomposition.getEigenvalue(k).getReal();
            eigenvectors[k] = decomposition.getEigenVector(k).data;
        }
        decomposed = matrix;
        return true;
    }

    private Solution expand(LinearSystem system) {
        double largest = 0;
        for (double eigenvalue : eigenvalues) {
            largest = Math.max(largest, Math.abs(eigenvalue + system.shift()));
        }
        int n = eigenvalues.length;
        // Computed eigenvalues are off by up to about n roundoffs of the largest.
        double rounding = n * Math.ulp(1.0) * largest;
        double cut = Math.max(rounding, options.rankTolerance().orElse(0) * largest);
        double[] x = new double[n];
        double smallest = largest;
        double lowest = Double.POSITIVE_INFINITY;
        int rank = 0;
        for (int k = 0; k < n; k++) {
            double eigenvalue = eigenvalues[k] + system.shift();
            lowest = Math.min(lowest, eigenvalue);
            if (eigenvalue > cut) {
                Vectors.addScaled(Vectors.dot(eigenvectors[k], system.rhs()) / eigenvalue, eigenvectors[k], x);
                smallest = Math.min(smallest, eigenvalue);
                rank++;
            }
        }
        double condition = rank < n ? Double.POSITIVE_INFINITY : largest / smallest;
        return judge(system, x, largest, condition, rank, lowest < -2 * rounding ? lowest : 0);
    }

    private Solution judge(
            LinearSystem system, double[] x, double largest, double condition, int rank, double negative) {
        double residual = system.relativeResidual(x);
        double norm = Vectors.norm(system.rhs());
        double backward = norm == 0 ? residual : residual * norm / (largest * Vectors.norm(x) + norm);
        Solution.Status status = Solution.Status.CONVERGED;
        String what = "";
        if (negative < 0) {
            status = Solution.Status.INDEFINITE;
            what = "svd found the eigenvalue " + negative;
        } else if (!(backward <= options.tolerance())) {
            status = rank < x.length ? Solution.Status.SINGULAR : Solution.Status.NOT_CONVERGED;
            what = "svd kept " + rank + " of " + x.length + " singular values, and a backward error of " + backward
                    + " is left";
        }
        String detail = what.isEmpty() ? "" : Systems.detail(system, -1, residual, what);
        return new Solution(x, 0, residual, condition, status, detail);
    }
}
