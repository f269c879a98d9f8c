package org.eigendrift.engine.conditional;

import java.util.Arrays;
import java.util.function.Function;
import org.eigendrift.api.CounterRandom;
import org.eigendrift.api.Points;
import org.eigendrift.engine.kernel.LogSum;

/**
 * Particles of a sketch of the density, which costs next to nothing, and steps of which each is a walk of many under the sketch, taken or
 * not by the density itself (Christen, Fox, J. Comput. Graph. Stat. 14, 2005: delayed acceptance, with a chain in the place of the first
 * step). The walk leaves the sketch's law as it is and is reversible, so all that decides is what the ratio of the two densities
 * gained. Immutable.
 */
final class Sketched implements Steps {
    /** Steps under the sketch for each of the density: about as many as part particles. */
    private static final int INNER = 12;

    private final Walk walk;
    private final Annealing.Found found;
    private final Function<Points, double[]> logTarget;

    /**
     * Steps.
     *
     * @param walk under the sketch
     * @param found particles of the sketch
     * @param logTarget the density
     */
    Sketched(Walk walk, Annealing.Found found, Function<Points, double[]> logTarget) {
        this.walk = walk;
        this.found = found;
        this.logTarget = logTarget;
    }

    /** The sketch's particles, all that there are. */
    @Override
    public Places start(CounterRandom random, int count) {
        Places particles = found.particles();
        return new Places(
                particles.u().copy(),
                logTarget.apply(particles.u()),
                particles.target().clone());
    }

    @Override
    public int sweeps() {
        return 1;
    }

    @Override
    public double sweep(Places at, double power, double scale, Points others, CounterRandom random, long first) {
        Places next = walk.atLast(at.u().copy(), at.proposal().clone());
        double taken = 0;
        for (int s = 0; s < INNER; s++) {
            taken += walk.sweep(next, 1, scale, others, random.derive(1 + s), first) / INNER;
        }
        double[] target = logTarget.apply(next.u());
        CounterRandom chance = random.derive(0);
        for (int n = 0; n < target.length; n++) {
            double gain = target[n] - at.target()[n] - (next.target()[n] - at.proposal()[n]);
            if (Math.log(chance.uniform(first + n, 0)) < power * gain) {
                for (int i = 0; i < others.dim(); i++) {
                    at.u().set(i, n, next.u().get(i, n));
                }
                at.target()[n] = target[n];
                at.proposal()[n] = next.target()[n];
            }
        }
        return taken;
    }

    /**
     * The mean of importance weights, of which the expectation is the integral: by Markov's inequality it is rarely far above that. So
     * it tells an integral that is far too small.
     *
     * @param places independent ones
     * @return its logarithm
     */
    static double logMean(Places places) {
        return LogSum.of(logWeights(places)) - Math.log(places.target().length);
    }

    /** Logarithms of importance weights. */
    static double[] logWeights(Places places) {
        double[] logs = new double[places.target().length];
        Arrays.setAll(logs, n -> places.target()[n] - places.proposal()[n]);
        return logs;
    }
}
