package org.eigendrift.engine;

import java.util.List;
import org.eigendrift.api.RunContext;
import org.eigendrift.api.linear.Solver;
import org.eigendrift.api.linear.SolverUse;
import org.eigendrift.api.plugin.Chosen;
import org.eigendrift.api.plugin.ProviderLookup;
import org.eigendrift.engine.basis.ProductBasis;
import org.eigendrift.engine.offer.Offers;

/**
 * The solvers of a fit that names none: the one whose solves are expected to take least, and where that is not a direct one, the
 * best of these as its fallback.
 *
 * @param first the solver
 * @param fallback what to try after it
 */
record AutomaticSolver(Chosen<RunContext, Solver> first, List<Chosen<RunContext, Solver>> fallback) {
    /**
     * Chooses.
     *
     * @param basis the functions
     * @param providers finds the solvers
     * @return the choice
     */
    static AutomaticSolver of(ProductBasis basis, ProviderLookup providers) {
        Chosen<RunContext, Solver> first = best(basis, false, providers);
        Chosen<RunContext, Solver> direct = best(basis, true, providers);
        boolean same = first.provider() == direct.provider();
        return new AutomaticSolver(first, same ? List.of() : List.of(direct));
    }

    private static Chosen<RunContext, Solver> best(ProductBasis basis, boolean direct, ProviderLookup providers) {
        return Offers.of(new SolverUse(basis.size(), basis.matrixNonzeros(), direct), providers)
                .best();
    }
}
