package org.eigendrift.engine.gibbs;

import org.eigendrift.api.Points;
import org.eigendrift.api.RunContext;
import org.eigendrift.engine.basis.FunctionValues;
import org.eigendrift.engine.basis.ProductBasis;
import org.eigendrift.engine.data.Covariance;
import org.eigendrift.engine.kernel.LowerTriangle;

/**
 * From score matching towards maximum likelihood. Score matching sees the slopes of a law and says little of how much of it lies
 * in each of several wells, and its theta is less certain than that of greatest likelihood, where E_q phi = E_rows phi. Near it
 * the mean log-likelihood is a quadratic function of theta, with gradient E_rows phi - E_q phi and Hessian -Cov_q phi, whose
 * maximum one linear system gives (Fisher scoring; Le Cam's one-step estimator: van der Vaart, Asymptotic Statistics, 5.7):
 *
 * <pre>Cov_q phi delta = E_rows phi - E_q phi.</pre>
 *
 * Both averages over q are over {@link RowWalks}, which in later steps go on from where they are. What such a walk does not reach, as another of several deep wells, is then not changed either. Mutable, for one thread.
 */
public final class FisherScoring {
    /** Walks more than there are functions by less than this factor say too little of a covariance. */
    private static final int WALKS_PER_FUNCTION = 32;

    private static final int MOST_WALKS = 16_384;

    private static final int AVERAGES = 4;

    /** Trajectories between averages. */
    private static final int BETWEEN = 10;

    /** In units of the diagonal: functions that follow from others, as far as walks tell, are not stepped along. */
    private static final double RIDGE = 1e-6;

    private final ProductBasis basis;
    private final double[] means;
    private final RowWalks walks;

    /**
     * Prepares.
     *
     * @param basis the functions
     * @param means their means over the rows; shared, not to be modified
     * @param starts where walks begin, inside the domains, in frame coordinates; not modified
     * @param run seed, threads
     */
    public FisherScoring(ProductBasis basis, double[] means, Points starts, RunContext run) {
        this.basis = basis;
        this.means = means;
        this.walks = new RowWalks(starts, MOST_WALKS, run);
    }

    /**
     * Whether so many rows carry a step.
     *
     * @param basis the functions
     * @param rows how many points walks can begin at
     * @return false if there are too few of them for these functions
     */
    public static boolean possible(ProductBasis basis, int rows) {
        return (long) basis.size() * WALKS_PER_FUNCTION <= Math.min(rows, MOST_WALKS);
    }

    /**
     * Walks on, and finds the step that leads from a law to the one of greatest likelihood, but for third orders.
     *
     * @param potential log q but for its constant
     * @return delta; a new array
     * @throws org.eigendrift.api.NumericalException if walks do not move all functions
     */
    public double[] step(GibbsEnergy potential) {
        int size = basis.size();
        Covariance.Sum sum = new Covariance.Sum(size, new FunctionValues(basis)::of);
        walks.to(potential);
        sum.add(walks.points());
        for (int k = 1; k < AVERAGES; k++) {
            walks.on(potential, BETWEEN);
            sum.add(walks.points());
        }
        Covariance covariance = sum.covariance();
        double[] delta = new double[size];
        double[] matrix = covariance.matrix();
        for (int a = 0; a < size; a++) {
            delta[a] = means[a] - covariance.means()[a];
            matrix[a * size + a] *= 1 + RIDGE;
        }
        LowerTriangle.factor(matrix, size);
        LowerTriangle.solve(matrix, size, delta);
        return delta;
    }

    /**
     * Copies of the walks, walked on under the law of the last step, so that what is told from them owes little to its noise.
     *
     * @param potential the same as of the step
     * @return draws of the law, as far as walks reach; new
     */
    public Points draws(GibbsEnergy potential) {
        RowWalks further = walks.copy();
        further.on(potential, BETWEEN);
        return further.points();
    }
}
