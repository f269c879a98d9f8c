package org.eigendrift.targets.boltzmann;

import java.util.OptionalLong;
import org.eigendrift.api.plugin.Option;
import org.eigendrift.targets.mcmc.ChainPlan;

/**
 * The options of all targets whose rows come from Markov chains.
 *
 * @param rows training rows
 * @param heldout held-out rows
 * @param sampler transition of the reference chains
 * @param chains number of reference chains
 * @param warmup iterations that are thrown away
 * @param thin iterations a row
 * @param temperatures temperatures of parallel tempering
 * @param hottest highest temperature
 * @param seed seed of the rows
 */
record ChainOptions(
        @Option(doc = "training rows", value = "20000", min = 1)
        int rows,

        @Option(doc = "held-out rows, the last draws of the chains; 0 for none", value = "5000", min = 0)
        int heldout,

        @Option(doc = "how reference rows are drawn: hmc, nuts, or tempering for separated modes", value = "hmc")
        ChainPlan.Sampler sampler,

        @Option(doc = "number of reference chains", value = "32", min = 2, max = 4096)
        int chains,

        @Option(doc = "iterations that adapt the chains and are thrown away", value = "500", min = 100)
        int warmup,

        @Option(doc = "iterations a row", value = "4", min = 1)
        int thin,

        @Option(doc = "temperatures of parallel tempering", value = "8", min = 2, max = 256)
        int temperatures,

        @Option(doc = "highest temperature of parallel tempering", value = "10", min = 1, open = true)
        double hottest,

        @Option(doc = "seed of the rows; auto: the run's seed", value = "auto")
        OptionalLong seed) {

    /** The chains that give at least the rows asked for. */
    ChainPlan plan() {
        int draws = (int) (((long) rows + heldout + chains - 1) / chains);
        return new ChainPlan(sampler, chains, warmup, draws, thin, temperatures, hottest);
    }
}
