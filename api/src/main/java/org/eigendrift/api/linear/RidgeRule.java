package org.eigendrift.api.linear;

import java.util.OptionalInt;

/**
 * Picks the ridge of one time by the rows of the fit alone, as for any ill-posed linear system. (A search by what held-out rows
 * gain, which sees moments of other rows, is the engine's own: {@code solver.ridge: auto}.) Immutable, thread-safe: one instance
 * serves all times, several at once.
 *
 * <p>The engine asks at some times of a grid, about one for each factor e of time, and interpolates the logarithm of the ridge
 * between them.
 */
@FunctionalInterface
public interface RidgeRule {
    /**
     * What is known of a time's system.
     *
     * @param path solutions with every ridge there is to choose; how many and which is up to who asks, ridges are positive unless
     *     0 is among them, in any order. Shared by nobody else
     * @param errors standard errors of the entries of b, one for each unknown and in the unit of b: how far the means of the rows'
     *     functions are from those of the law. The matrix is taken as exact. Shared, not to be modified
     * @param solver the solver of the path, for systems of the same matrix; one thread's own, and this call's as long as it lasts
     */
    record Evidence(RidgePath path, double[] errors, Solver solver) {
        /**
         * Checks the shapes.
         *
         * @param path solutions
         * @param errors standard errors of b
         * @param solver the solver of the path
         * @throws IllegalArgumentException if there is not one error for each unknown
         */
        public Evidence {
            if (errors.length != path.system().rhs().length) {
                throw new IllegalArgumentException(
                        errors.length + " errors of " + path.system().rhs().length + " entries");
            }
        }
    }

    /**
     * Picks a ridge. What is picked does not depend on the order of the ridges, nor on what was asked before.
     *
     * @param evidence what is known
     * @return the ridge's index on the path; empty if none will do, because no solution converged above all. The engine then takes
     *     what held-out rows gain most by
     */
    OptionalInt pick(Evidence evidence);
}
