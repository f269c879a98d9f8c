package org.eigendrift.targets.mcmc;

import java.util.Arrays;
import org.eigendrift.api.CounterRandom;
import org.eigendrift.api.Points;
import org.eigendrift.api.RunContext;

/**
 * Hamiltonian Monte Carlo (Neal, "MCMC using Hamiltonian dynamics", 2011) for a block of chains that share step size and
 * scales. The length of trajectories is uniform on (0, pi), in units in which every coordinate has variance 1, so no
 * period of the motion resonates with it.
 */
final class Hamiltonian {
    /** Keys of random numbers that belong to the block, beside those of its chains. */
    private static final long BLOCK_STREAM = 1L << 40;

    private static final int LONGEST = 256;

    private Hamiltonian() {}

    /** Runs chains {@code first} to {@code last - 1} and writes their draws. */
    static void run(
            BoltzmannModel model,
            ChainPlan plan,
            CounterRandom random,
            int first,
            int last,
            Points[] draws,
            RunContext context) {
        int size = last - first;
        double[] beta = new double[size];
        Arrays.fill(beta, 1);
        Points start = Chains.starts(model, random, first, size);
        Walkers walkers = new Walkers(model.potential(), random.derive(-1), first, start, beta);
        DualAveraging adaptation = new DualAveraging(0.1, ChainPlan.ACCEPTANCE);
        Scales scales = new Scales(start.dim());
        Circles circles = new Circles(model.columns());
        for (int iteration = 0; iteration < plan.iterations(); iteration++) {
            context.checkCancelled();
            boolean warm = iteration < plan.warmup();
            double step = warm ? adaptation.step() : adaptation.average();
            Arrays.fill(walkers.step, step);
            double length = Math.PI * random.uniform(BLOCK_STREAM + first, iteration);
            walkers.move(iteration, (int) Math.max(1, Math.min(LONGEST, Math.ceil(length / step))));
            if (model.symmetric()) {
                walkers.reflect(iteration);
            }
            circles.confine(walkers.x);
            if (warm) {
                adaptation.update(walkers.meanAcceptance());
                if (iteration >= plan.warmup() / 4) {
                    scales.add(walkers.x);
                }
                if (plan.renewsScales(iteration + 1)) {
                    scales.finish(walkers.scales);
                    adaptation.restart(0.5);
                }
            }
            int draw = plan.draw(iteration);
            for (int n = 0; draw >= 0 && n < size; n++) {
                draws[first + n].paste(draw, walkers.x.slice(n, n + 1));
            }
        }
    }
}
