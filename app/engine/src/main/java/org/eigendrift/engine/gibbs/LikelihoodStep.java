package org.eigendrift.engine.gibbs;

import java.util.Arrays;
import java.util.stream.IntStream;
import org.eigendrift.api.Points;
import org.eigendrift.api.RunContext;
import org.eigendrift.engine.basis.FunctionValues;
import org.eigendrift.engine.basis.ProductBasis;
import org.eigendrift.engine.data.Covariance;
import org.eigendrift.engine.kernel.LowerTriangle;
import org.eigendrift.engine.kernel.Parallel;

/**
 * From score matching towards maximum likelihood. Score matching sees the slopes of a law and says little of how much of it lies
 * in each of several wells, and its theta is less certain than that of greatest likelihood, where E_q phi = E_rows phi. Near it
 * the mean log-likelihood is a quadratic function of theta, with gradient E_rows phi - E_q phi and Hessian -Cov_q phi, whose
 * maximum one linear system gives (Fisher scoring; Le Cam's one-step estimator: van der Vaart, Asymptotic Statistics, 5.7):
 *
 * <pre>Cov_q phi delta = E_rows phi - E_q phi.</pre>
 *
 * Both averages over q are over walks by {@link HamiltonianWalk} that begin at rows. What such a walk does not
 * reach, as another of several deep wells, is then not changed either.
 */
public final class LikelihoodStep {
    /** Walks more than there are functions by less than this factor say too little of a covariance. */
    private static final int WALKS_PER_FUNCTION = 16;

    private static final int MOST_WALKS = 16_384;

    /** Trajectories before walks are averaged over, and between averages. */
    private static final int FIRST = 30;

    private static final int BETWEEN = 15;
    private static final int AVERAGES = 3;
    private static final int PILOT = 512;

    /** In units of the diagonal: functions that follow from others, as far as walks tell, are not stepped along. */
    private static final double RIDGE = 1e-6;

    private static final long TUNE = 0x57E;
    private static final long WALK = 0x57F;

    private LikelihoodStep() {}

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
     * The places, among many, where walks begin.
     *
     * @param points rows or draws
     * @return the first of them
     */
    public static Points starts(Points points) {
        return points.slice(0, Math.min(points.size(), MOST_WALKS));
    }

    /**
     * The step.
     *
     * @param potential log q but for its constant
     * @param basis its functions
     * @param means their means over the rows; not modified
     * @param starts where walks begin, inside the domains, in frame coordinates; not modified
     * @param run seed, threads
     * @return delta; a new array
     * @throws org.eigendrift.api.NumericalException if walks do not move all functions
     */
    public static double[] of(Potential potential, ProductBasis basis, double[] means, Points starts, RunContext run) {
        int size = basis.size();
        Points z = starts.copy();
        int[] numbers = IntStream.range(0, z.size()).toArray();
        FunctionValues values = new FunctionValues(basis);
        double[] delta = new double[size];
        Covariance covariance = null;
        try (Parallel parallel = new Parallel(run.threads())) {
            Points pilot = starts.slice(0, Math.min(PILOT, starts.size()));
            double step = HamiltonianWalk.tuned(potential, pilot, run.random(TUNE), parallel, run)
                    .step();
            for (int k = 0; k < AVERAGES; k++) {
                run.checkCancelled();
                new HamiltonianWalk(step, k == 0 ? FIRST : BETWEEN)
                        .move(potential, z, numbers, run.random(WALK).derive(k), parallel);
                covariance = Covariance.of(z, size, values::of);
                for (int a = 0; a < size; a++) {
                    delta[a] += (means[a] - covariance.means()[a]) / AVERAGES;
                }
            }
        }
        double[] matrix = Arrays.copyOf(covariance.matrix(), size * size);
        for (int a = 0; a < size; a++) {
            matrix[a * size + a] *= 1 + RIDGE;
        }
        LowerTriangle.factor(matrix, size);
        LowerTriangle.solve(matrix, size, delta);
        return delta;
    }
}
