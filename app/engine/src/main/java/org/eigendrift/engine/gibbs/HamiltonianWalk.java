package org.eigendrift.engine.gibbs;

import java.util.Arrays;
import java.util.stream.IntStream;
import org.eigendrift.api.CounterRandom;
import org.eigendrift.api.Domain;
import org.eigendrift.api.Parallel;
import org.eigendrift.api.Points;
import org.eigendrift.api.RunContext;
import org.eigendrift.engine.transport.PriorScales;

/**
 * Hamiltonian Monte Carlo (Duane, Kennedy, Pendleton and Roweth 1987; Neal 2011): trajectories of {@link #LEAPS} leapfrog
 * steps, accepted by the Metropolis rule, leave a Gibbs density invariant. Masses are the inverse variances of pi's
 * coordinates; a trajectory that leaves a domain is refused, one that goes round a circle is not. What becomes of a point
 * depends on the random numbers of its own number alone.
 *
 * @param step the mean leapfrog step, in units of pi's standard deviations
 * @param trajectories how many bring a draw of the proposal to the Gibbs density
 */
public record HamiltonianWalk(double step, int trajectories) {
    static final int LEAPS = 8;

    /** Steps vary by this share, so that no mode returns to where it began in every trajectory. */
    private static final double JITTER = 0.2;

    /** The share of accepted trajectories that balances their number and their length (Beskos et al. 2013 say 0.65). */
    private static final double ACCEPTED = 0.75;

    private static final int TUNING = 24;
    private static final double FIRST_STEP = 0.3;
    private static final int FEWEST = 10;
    private static final int MOST = 160;

    /** Changes of the mean potential below so many standard errors are noise. */
    private static final double NOISE = 1.5;

    /**
     * What the walk costs.
     *
     * @return evaluations of the gradient for each point
     */
    public int evaluations() {
        return trajectories * (LEAPS + 1);
    }

    /**
     * Finds the step, and how many trajectories draws of the proposal need.
     *
     * @param potential the density
     * @param pilot draws of the proposal, in frame coordinates; not modified
     * @param random random numbers
     * @param parallel runs batches
     * @param run the run
     * @return a walk
     */
    static HamiltonianWalk tuned(
            GibbsEnergy potential, Points pilot, CounterRandom random, Parallel parallel, RunContext run) {
        double step = step(potential, pilot, random, parallel);
        Points z = pilot.copy();
        int[] numbers = IntStream.range(0, z.size()).toArray();
        double before = Double.NaN;
        int done = 0;
        for (int trajectories = FEWEST; ; trajectories *= 2) {
            run.checkCancelled();
            new HamiltonianWalk(step, trajectories - done)
                    .move(potential, z, numbers, random.derive(TUNING + done), parallel);
            done = trajectories;
            double[] values = potential.values(z, parallel);
            double mean = Arrays.stream(values).average().orElseThrow();
            double square =
                    Arrays.stream(values).map(v -> (v - mean) * (v - mean)).sum();
            double noise = NOISE * Math.sqrt(square) / values.length;
            if (Math.abs(mean - before) <= noise || trajectories >= MOST) {
                return new HamiltonianWalk(step, trajectories);
            }
            before = mean;
        }
    }

    /** The step at which the share of accepted trajectories is as it should be; points are not modified. */
    static double step(GibbsEnergy potential, Points pilot, CounterRandom random, Parallel parallel) {
        Points z = pilot.copy();
        int[] numbers = IntStream.range(0, z.size()).toArray();
        double logStep = Math.log(FIRST_STEP);
        for (int k = 0; k < TUNING; k++) {
            double accepted =
                    new HamiltonianWalk(Math.exp(logStep), 1).move(potential, z, numbers, random.derive(k), parallel);
            logStep += (accepted - ACCEPTED) * 2 / Math.sqrt(k + 1.0);
        }
        return Math.exp(logStep);
    }

    /**
     * Walks.
     *
     * @param potential the density
     * @param z points inside the domains, in frame coordinates; modified
     * @param numbers the number of each point; not modified
     * @param random random numbers, keyed by point and trajectory
     * @param parallel runs batches
     * @return the share of accepted trajectories
     */
    double move(GibbsEnergy potential, Points z, int[] numbers, CounterRandom random, Parallel parallel) {
        double[] scales = PriorScales.of(potential.process());
        int batches = (z.size() + GibbsEnergy.BATCH - 1) / GibbsEnergy.BATCH;
        long[] accepted = new long[batches];
        parallel.forEach(batches, b -> {
            int from = b * GibbsEnergy.BATCH;
            int to = Math.min(z.size(), from + GibbsEnergy.BATCH);
            Points x = z.slice(from, to);
            accepted[b] = new Batch(potential, scales, x, Arrays.copyOfRange(numbers, from, to)).walk(random);
            z.paste(from, x);
        });
        return Arrays.stream(accepted).sum() / (double) Math.max(1, (long) z.size() * trajectories);
    }

    private final class Batch {
        private final GibbsEnergy.Here here;
        private final Domain[] domains;
        private final double[] scales;
        private final int[] numbers;
        private final Points x;
        private final Points place;
        private final Points momentum;
        private final Points gradient;
        private final double[] value;
        private final double[] next;
        private final double[] kinetic;
        private final double[] steps;
        private final boolean[] lost;

        Batch(GibbsEnergy potential, double[] scales, Points x, int[] numbers) {
            this.here = potential.new Here();
            this.domains = new Domain[x.dim()];
            Arrays.setAll(domains, potential.process()::domain);
            this.scales = scales;
            this.numbers = numbers;
            this.x = x;
            this.place = x.copy();
            this.momentum = Points.zeros(x.dim(), x.size());
            this.gradient = Points.zeros(x.dim(), x.size());
            this.value = new double[x.size()];
            this.next = new double[x.size()];
            this.kinetic = new double[x.size()];
            this.steps = new double[x.size()];
            this.lost = new boolean[x.size()];
        }

        /** Walks all trajectories; returns how many were accepted. */
        long walk(CounterRandom random) {
            long accepted = 0;
            here.values(x, value);
            for (int k = 0; k < trajectories; k++) {
                accepted += trajectory(random.derive(k));
            }
            return accepted;
        }

        private int trajectory(CounterRandom random) {
            start(random);
            kick(0.5);
            for (int leap = 0; leap < LEAPS; leap++) {
                drift();
                kick(leap + 1 < LEAPS ? 1 : 0.5);
            }
            here.values(place, next);
            addKinetic(-1);
            return decide(random);
        }

        private void start(CounterRandom random) {
            place.copyFrom(x);
            Arrays.fill(lost, false);
            Arrays.fill(kinetic, 0);
            for (int n = 0; n < x.size(); n++) {
                steps[n] = step * (1 + JITTER * (2 * random.uniform(numbers[n], 0) - 1));
            }
            for (int i = 0; i < x.dim(); i++) {
                for (int n = 0; n < x.size(); n++) {
                    momentum.set(i, n, random.normal(numbers[n], i));
                }
            }
            addKinetic(1);
        }

        private void addKinetic(double sign) {
            for (int i = 0; i < x.dim(); i++) {
                for (int n = 0; n < x.size(); n++) {
                    double p = momentum.get(i, n);
                    kinetic[n] += sign * 0.5 * p * p;
                }
            }
        }

        /** Momenta are in units in which they are standard normal. */
        private void kick(double share) {
            here.gradient(place, gradient);
            for (int i = 0; i < x.dim(); i++) {
                int at = x.offset(i);
                for (int n = 0; n < x.size(); n++) {
                    momentum.values()[at + n] += share * steps[n] * scales[i] * gradient.values()[at + n];
                }
            }
        }

        private void drift() {
            for (int i = 0; i < x.dim(); i++) {
                int at = x.offset(i);
                boolean circle = domains[i] instanceof Domain.Circle;
                for (int n = 0; n < x.size(); n++) {
                    double moved = place.values()[at + n] + steps[n] * scales[i] * momentum.values()[at + n];
                    if (circle && Double.isFinite(moved)) {
                        moved = domains[i].confine(moved);
                    }
                    boolean inside = domains[i].contains(moved);
                    lost[n] |= !inside;
                    place.values()[at + n] = inside ? moved : x.values()[at + n];
                }
            }
        }

        private int decide(CounterRandom random) {
            int accepted = 0;
            for (int n = 0; n < x.size(); n++) {
                double log = next[n] - value[n] + kinetic[n];
                if (!lost[n] && Math.log(random.uniform(numbers[n], 1)) < log) {
                    accepted++;
                    value[n] = next[n];
                    for (int i = 0; i < x.dim(); i++) {
                        x.set(i, n, place.get(i, n));
                    }
                }
            }
            return accepted;
        }
    }
}
