package org.eigendrift.solvers.krylov;

import org.eigendrift.api.linear.Solver;

/** Block conjugate gradients (O'Leary 1980) in the breakdown-free form of Ji and Li (2017). */
public final class BlockConjugateGradientProvider extends KrylovProvider {
    /** Creates the provider. */
    public BlockConjugateGradientProvider() {
        super("block-cg", "block conjugate gradients: several right-hand sides in one Krylov space");
    }

    @Override
    Solver solver(IterativeOptions options) {
        return new BlockConjugateGradient(options);
    }
}
