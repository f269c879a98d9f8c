package org.eigendrift.targets.mcmc;

/**
 * How chains are run.
 *
 * @param sampler the transition
 * @param chains number of chains
 * @param warmup iterations that adapt step sizes and scales and are thrown away
 * @param draws draws kept of each chain
 * @param thin iterations a draw
 * @param temperatures temperatures of parallel tempering
 * @param hottest the highest of them, in units of the target's
 */
public record ChainPlan(
        Sampler sampler, int chains, int warmup, int draws, int thin, int temperatures, double hottest) {

    /** Transitions of a chain. */
    public enum Sampler {
        /** Hamiltonian Monte Carlo with trajectories of random length. */
        HMC,
        /** The No-U-Turn sampler. */
        NUTS,
        /** Parallel tempering of Hamiltonian trajectories, for separated modes. */
        TEMPERING
    }

    /** Acceptance probability that step sizes aim at, the usual 0.8. */
    static final double ACCEPTANCE = 0.8;

    /** Whether scales are renewed before this iteration: twice, when a half and when three quarters are done. */
    boolean renewsScales(int iteration) {
        return iteration == warmup / 2 || iteration == 3 * (warmup / 4);
    }

    /** All iterations of a chain. */
    int iterations() {
        return warmup + draws * thin;
    }

    /** Whether an iteration's state is kept, and as which draw; -1 if not. */
    int draw(int iteration) {
        int done = iteration + 1 - warmup;
        return done > 0 && done % thin == 0 ? done / thin - 1 : -1;
    }
}
