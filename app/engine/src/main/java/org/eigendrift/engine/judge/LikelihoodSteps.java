package org.eigendrift.engine.judge;

/** How far to go towards maximum likelihood, by the mean log-likelihood of held-out rows. */
public final class LikelihoodSteps {
    /** Two: steps are Newton's, of which the second leaves a fraction of what rows can tell. */
    private static final int MOST = 2;

    /** Nats of held-out rows that are worth half a step rather than the whole. */
    private static final double HALF_WORTH = 1e-3;

    /** Nats by which held-out rows must have gained for another step to follow: what is left is a fraction of it. */
    private static final double WORTH = 1e-2;

    private LikelihoodSteps() {}

    /**
     * Whether another step is tried.
     *
     * @param tried steps so far
     * @param gone how far they went: a step taken in part, or not at all, is the last
     * @param gain nats of the last one, positive infinity before the first
     * @return whether it is
     */
    public static boolean further(int tried, double gone, double gain) {
        return tried == gone && tried < MOST && gain > WORTH;
    }

    /**
     * How much of a step is gone.
     *
     * @param here mean log-likelihood before it
     * @param whole after all of it
     * @param half after half of it
     * @return 0, 0.5 or 1
     */
    public static double share(double here, double whole, double half) {
        boolean halved = half > whole + HALF_WORTH;
        if (!((halved ? half : whole) > here)) {
            return 0;
        }
        return halved ? 0.5 : 1;
    }
}
