package org.eigendrift.engine.selection;

import java.lang.invoke.MethodHandles;
import java.util.Arrays;
import org.eigendrift.api.RunContext;
import org.eigendrift.api.linear.LinearSystem;
import org.eigendrift.api.linear.Solution;
import org.eigendrift.api.linear.Solver;
import org.eigendrift.api.linear.SolverProvider;
import org.eigendrift.api.linear.SymmetricMatrix;
import org.eigendrift.api.plugin.Chosen;
import org.eigendrift.api.plugin.OptionSchema;

/**
 * Cholesky's factors by their textbook loops, which gives up on small ridges.
 *
 * @param smallest the smallest ridge that it solves with
 */
record PlainSolver(double smallest) implements SolverProvider<PlainSolver.None> {
    /** No options. */
    public record None() {}

    static Chosen<RunContext, Solver> chosen(double smallest) {
        return new Chosen<>(new PlainSolver(smallest), new None());
    }

    @Override
    public String name() {
        return "plain";
    }

    @Override
    public String summary() {
        return "textbook Cholesky";
    }

    @Override
    public OptionSchema<None> options() {
        return OptionSchema.of(MethodHandles.lookup(), None.class);
    }

    @Override
    public Solver create(None options, RunContext context) {
        return (system, guess) -> solved(system);
    }

    private Solution solved(LinearSystem system) {
        int n = system.rhs().length;
        if (system.shift() < smallest) {
            return new Solution(new double[n], 0, 1, Double.NaN, Solution.Status.INDEFINITE, "too small a ridge");
        }
        int[] all = new int[n];
        Arrays.setAll(all, a -> a);
        double[] x = solve((SymmetricMatrix) system.matrix(), all, system.shift(), system.rhs());
        return new Solution(x, 1, system.relativeResidual(x), Double.NaN, Solution.Status.CONVERGED, "");
    }

    /** (A + rho I)^-1 b of the rows and columns kept; entries of b by their number in A. */
    static double[] solve(SymmetricMatrix matrix, int[] kept, double ridge, double[] rhs) {
        int n = kept.length;
        double[][] low = new double[n][n];
        double[] x = new double[n];
        for (int i = 0; i < n; i++) {
            double right = rhs[kept[i]];
            for (int j = 0; j <= i; j++) {
                double sum = matrix.get(kept[i], kept[j]) + (i == j ? ridge : 0);
                for (int k = 0; k < j; k++) {
                    sum -= low[i][k] * low[j][k];
                }
                low[i][j] = i == j ? Math.sqrt(sum) : sum / low[j][j];
                right -= j < i ? low[i][j] * x[j] : 0;
            }
            x[i] = right / low[i][i];
        }
        for (int i = n - 1; i >= 0; i--) {
            for (int k = i + 1; k < n; k++) {
                x[i] -= low[k][i] * x[k];
            }
            x[i] /= low[i][i];
        }
        return x;
    }
}
