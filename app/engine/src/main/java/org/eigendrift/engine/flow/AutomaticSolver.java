package org.eigendrift.engine.flow;

import java.util.List;
import org.eigendrift.api.RunContext;
import org.eigendrift.api.law.Decision;
import org.eigendrift.api.linear.Solver;
import org.eigendrift.api.linear.SolverUse;
import org.eigendrift.api.plugin.Chosen;
import org.eigendrift.api.plugin.ProviderLookup;
import org.eigendrift.engine.basis.ProductBasis;
import org.eigendrift.engine.offer.Offers;
import org.eigendrift.engine.settings.SolveOptions;

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
        Chosen<RunContext, Solver> first = offers(basis, false, providers).best();
        Chosen<RunContext, Solver> direct = offers(basis, true, providers).best();
        boolean same = first.provider() == direct.provider();
        return new AutomaticSolver(first, same ? List.of() : List.of(direct));
    }

    /** The options with these solvers; a fallback that is named is kept. */
    SolveOptions in(SolveOptions options) {
        return options.with(first, fallback);
    }

    /**
     * What there is to choose among.
     *
     * @param basis the functions
     * @param providers finds the solvers
     * @return the offers; scores are minus multiply-adds of a solve
     */
    static List<Decision.Alternative> offers(ProductBasis basis, ProviderLookup providers) {
        return offers(basis, false, providers).alternatives();
    }

    private static Offers<RunContext, Solver> offers(ProductBasis basis, boolean direct, ProviderLookup providers) {
        return Offers.of(new SolverUse(basis.size(), basis.matrixNonzeros(), direct), providers);
    }
}
