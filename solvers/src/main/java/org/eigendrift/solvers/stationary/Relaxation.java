package org.eigendrift.solvers.stationary;

import org.eigendrift.api.linear.LinearSystem;

/** A rule for omega along a sequence of systems. */
interface Relaxation {
    /**
     * How the next system is relaxed.
     *
     * @param omega relaxation, in (0, 2)
     * @param budget sweeps after which it is given up
     * @param fallback relaxation of the sweeps that follow
     */
    record Trial(double omega, int budget, double fallback) {
        /** One omega for the whole solve. */
        static Trial always(double omega) {
            return new Trial(omega, Integer.MAX_VALUE, omega);
        }
    }

    /**
     * Chooses for the next system.
     *
     * @param system the system
     * @return the choice
     */
    Trial choose(LinearSystem system);

    /**
     * Tells what the last choice cost.
     *
     * @param sweeps sweeps used in all
     * @param estimate sweeps that omega alone would have used: the same unless it was given up, and then extrapolated
     *     from the fall of the residual
     */
    default void learn(int sweeps, double estimate) {}

    /**
     * Whether choices depend on costs told.
     *
     * @return true for rules that learn
     */
    default boolean learns() {
        return false;
    }
}
