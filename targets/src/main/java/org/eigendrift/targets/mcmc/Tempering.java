package org.eigendrift.targets.mcmc;

import org.eigendrift.api.CounterRandom;
import org.eigendrift.api.Points;
import org.eigendrift.api.RunContext;

/**
 * Parallel tempering (Geyer 1991; Earl and Deem, Phys. Chem. Chem. Phys. 7, 3910 (2005)): replicas at inverse temperatures
 * from 1 to 1 / hottest, in geometric progression, take Hamiltonian trajectories and exchange states with their
 * neighbours. The replica at 1 is the chain.
 */
final class Tempering {
    /** Streams of one chain's replicas. */
    private static final long REPLICAS = 1 << 10;

    /** Leapfrog steps are uniform on 1 to this, as every replica has a step size of its own. */
    private static final int STEPS = 12;

    private Tempering() {}

    /** Runs one chain and writes its draws. */
    static void run(
            BoltzmannModel model, ChainPlan plan, CounterRandom random, int chain, Points draws, RunContext context) {
        int replicas = plan.temperatures();
        double[] beta = new double[replicas];
        DualAveraging[] adaptation = new DualAveraging[replicas];
        for (int k = 0; k < replicas; k++) {
            beta[k] = replicas == 1 ? 1 : Math.pow(plan.hottest(), -k / (replicas - 1.0));
            adaptation[k] = new DualAveraging(0.1, ChainPlan.ACCEPTANCE);
        }
        Points start = Chains.starts(model, random, chain * REPLICAS, replicas);
        Walkers walkers = new Walkers(model.potential(), random.derive(-1), chain * REPLICAS, start, beta);
        Circles circles = new Circles(model.columns());
        CounterRandom exchange = random.derive(-2);
        for (int iteration = 0; iteration < plan.iterations(); iteration++) {
            context.checkCancelled();
            boolean warm = iteration < plan.warmup();
            for (int k = 0; k < replicas; k++) {
                walkers.step[k] = warm ? adaptation[k].step() : adaptation[k].average();
            }
            walkers.move(iteration, 1 + (int) (STEPS * exchange.uniform(chain, (long) iteration * REPLICAS)));
            for (int k = 0; warm && k < replicas; k++) {
                adaptation[k].update(walkers.acceptance[k]);
            }
            if (model.symmetric()) {
                walkers.reflect(iteration);
            }
            circles.confine(walkers.x);
            for (int k = iteration % 2; k + 1 < replicas; k += 2) {
                double gain = (beta[k] - beta[k + 1]) * (walkers.energy[k] - walkers.energy[k + 1]);
                if (Math.log(exchange.uniform(chain, (long) iteration * REPLICAS + 1 + k)) < gain) {
                    walkers.swap(k, k + 1);
                }
            }
            int draw = plan.draw(iteration);
            if (draw >= 0) {
                draws.paste(draw, walkers.x.slice(0, 1));
            }
        }
    }
}
