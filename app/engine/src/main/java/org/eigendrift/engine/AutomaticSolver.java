package org.eigendrift.engine;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.eigendrift.api.InputException;
import org.eigendrift.api.RunContext;
import org.eigendrift.api.linear.Solver;
import org.eigendrift.api.linear.SolverProvider;
import org.eigendrift.api.plugin.Choices;
import org.eigendrift.api.plugin.Chosen;
import org.eigendrift.api.plugin.ProviderLookup;
import org.eigendrift.engine.basis.ProductBasis;

/**
 * The solvers of a fit that names none: dense Cholesky factorisation, n^3 / 3 multiply-adds; or, where the matrix is
 * large and sparse enough, conjugate gradients with incomplete Cholesky factors, whose work is a multiple of the
 * stored entries, with Cholesky as its fallback.
 *
 * @param first the solver
 * @param fallback what to try after it
 */
record AutomaticSolver(Chosen<RunContext, Solver> first, List<Chosen<RunContext, Solver>> fallback) {
    /**
     * n^3 over the stored entries beyond which conjugate gradients are cheaper. Measured on chains of mean-field
     * clusters with all solves of a fit: at 2e4 (883 functions) both take the same time, at 8e4 (2,434) they are four
     * times faster.
     */
    private static final double CROSSOVER = 3e4;

    /**
     * Chooses.
     *
     * @param basis the functions
     * @param providers finds the solvers
     * @return the choice
     */
    static AutomaticSolver of(ProductBasis basis, ProviderLookup providers) {
        Chosen<RunContext, Solver> cholesky = solver(providers, Map.of("type", "cholesky"));
        double n = basis.size();
        return n * n * n <= CROSSOVER * basis.matrixNonzeros()
                ? new AutomaticSolver(cholesky, List.of())
                : new AutomaticSolver(
                        solver(providers, Map.of("type", "cg", "preconditioner", "ic0")), List.of(cholesky));
    }

    private static Chosen<RunContext, Solver> solver(ProviderLookup providers, Map<String, Object> block) {
        return Choices.bind(SolverProvider.KIND, block, "type", "solver", Path.of(""), providers, problem -> {
                    throw new InputException(problem.toString());
                })
                .orElseThrow();
    }
}
