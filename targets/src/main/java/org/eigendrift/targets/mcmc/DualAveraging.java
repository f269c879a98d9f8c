package org.eigendrift.targets.mcmc;

/**
 * Step-size adaptation by dual averaging (Hoffman and Gelman, "The No-U-Turn Sampler", JMLR 15 (2014), section 3.2, with
 * the constants given there).
 */
final class DualAveraging {
    private static final double GAMMA = 0.05;
    private static final double DELAY = 10;
    private static final double KAPPA = 0.75;

    private final double target;
    private double centre;
    private double bias;
    private double logStep;
    private double logAverage;
    private int count;

    /**
     * Begins.
     *
     * @param step first step size
     * @param target acceptance probability aimed at
     */
    DualAveraging(double step, double target) {
        this.target = target;
        restart(step);
    }

    /** Forgets what was learnt, as after a change of scales. */
    void restart(double step) {
        centre = Math.log(10 * step);
        logStep = Math.log(step);
        logAverage = 0;
        bias = 0;
        count = 0;
    }

    /** Learns from the acceptance probability of one trajectory. */
    void update(double acceptance) {
        count++;
        double weight = 1 / (count + DELAY);
        bias = (1 - weight) * bias + weight * (target - acceptance);
        logStep = centre - Math.sqrt(count) / GAMMA * bias;
        double forget = Math.pow(count, -KAPPA);
        logAverage = forget * logStep + (1 - forget) * logAverage;
    }

    /** The step size to try next. */
    double step() {
        return Math.exp(logStep);
    }

    /** The step size to keep. */
    double average() {
        return count == 0 ? step() : Math.exp(logAverage);
    }
}
