package org.eigendrift.solvers.krylov;

import org.eigendrift.solvers.IterativeSolver;

/** The frame of an iteration with the options that all Krylov methods share. */
abstract class KrylovSolver extends IterativeSolver {
    KrylovSolver(String name, IterativeOptions options) {
        super(name, options.tolerance(), options.maxIterations(), options.conditionSteps(), options.preconditioner());
    }
}
