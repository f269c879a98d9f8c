package org.eigendrift.targets.mcmc;

import java.util.Arrays;
import org.eigendrift.api.CounterRandom;
import org.eigendrift.api.Points;
import org.eigendrift.api.target.Potential;

/**
 * A batch of chains that take leapfrog trajectories of equally many steps together, each with a step size and an inverse
 * temperature of its own; target exp(-beta U). Position x_i moves by step * scale_i * r_i, with momentum r standard
 * normal.
 */
final class Walkers {
    private final Potential potential;
    private final CounterRandom random;
    private final long firstStream;
    private final double[] beta;
    private final int dim;
    private final int size;
    private final Points proposal;
    private final Points proposedGradient;
    private final Points momentum;
    private final double[] proposedEnergy;
    private final double[] kinetic;

    final Points x;
    final Points gradient;
    final double[] energy;
    final double[] scales;
    final double[] step;
    final double[] acceptance;

    /**
     * Sets the batch at its start.
     *
     * @param potential U
     * @param random random numbers, with the chain's number as stream
     * @param firstStream stream of the first chain
     * @param start where the chains begin; taken over
     * @param beta inverse temperatures, one a chain
     */
    Walkers(Potential potential, CounterRandom random, long firstStream, Points start, double[] beta) {
        this.potential = potential;
        this.random = random;
        this.firstStream = firstStream;
        this.beta = beta;
        this.x = start;
        this.dim = start.dim();
        this.size = start.size();
        this.gradient = Points.zeros(dim, size);
        this.proposal = Points.zeros(dim, size);
        this.proposedGradient = Points.zeros(dim, size);
        this.momentum = Points.zeros(dim, size);
        this.energy = new double[size];
        this.proposedEnergy = new double[size];
        this.kinetic = new double[size];
        this.acceptance = new double[size];
        this.step = new double[size];
        this.scales = new double[dim];
        Arrays.fill(scales, 1);
        Arrays.fill(step, 0.1);
        potential.energy(x, energy);
        potential.gradient(x, gradient);
    }

    /**
     * One trajectory of every chain, accepted or refused.
     *
     * @param iteration keys the random numbers
     * @param steps leapfrog steps
     */
    void move(long iteration, int steps) {
        begin(iteration);
        for (int l = 0; l < steps; l++) {
            kick(0.5);
            drift();
            potential.gradient(proposal, proposedGradient);
            kick(0.5);
        }
        potential.energy(proposal, proposedEnergy);
        decide(iteration);
    }

    private void begin(long iteration) {
        proposal.copyFrom(x);
        proposedGradient.copyFrom(gradient);
        for (int n = 0; n < size; n++) {
            kinetic[n] = 0;
            for (int i = 0; i < dim; i++) {
                double r = random.normal(firstStream + n, iteration * dim + i);
                momentum.set(i, n, r);
                kinetic[n] += 0.5 * r * r;
            }
        }
    }

    private void kick(double fraction) {
        double[] r = momentum.values();
        double[] slope = proposedGradient.values();
        for (int i = 0; i < dim; i++) {
            int from = i * size;
            for (int n = 0; n < size; n++) {
                r[from + n] -= fraction * step[n] * scales[i] * beta[n] * slope[from + n];
            }
        }
    }

    private void drift() {
        double[] r = momentum.values();
        double[] position = proposal.values();
        for (int i = 0; i < dim; i++) {
            int from = i * size;
            for (int n = 0; n < size; n++) {
                position[from + n] += step[n] * scales[i] * r[from + n];
            }
        }
    }

    private void decide(long iteration) {
        for (int n = 0; n < size; n++) {
            double end = beta[n] * proposedEnergy[n];
            for (int i = 0; i < dim; i++) {
                end += 0.5 * momentum.get(i, n) * momentum.get(i, n);
            }
            double change = beta[n] * energy[n] + kinetic[n] - end;
            // An energy that is not a number is a wall: the comparison is false and the move refused.
            acceptance[n] = change >= 0 ? 1 : Math.exp(change) > 0 ? Math.exp(change) : 0;
            if (random.uniform(firstStream + n, 2 * iteration) < acceptance[n]) {
                energy[n] = proposedEnergy[n];
                for (int i = 0; i < dim; i++) {
                    x.set(i, n, proposal.get(i, n));
                    gradient.set(i, n, proposedGradient.get(i, n));
                }
            }
        }
    }

    /** Reflects every chain through the origin with probability 1/2, where U(-x) = U(x). */
    void reflect(long iteration) {
        for (int n = 0; n < size; n++) {
            if (random.uniform(firstStream + n, 2 * iteration + 1) < 0.5) {
                for (int i = 0; i < dim; i++) {
                    x.set(i, n, -x.get(i, n));
                    gradient.set(i, n, -gradient.get(i, n));
                }
            }
        }
    }

    /** Exchanges two chains of the batch. */
    void swap(int a, int b) {
        for (int i = 0; i < dim; i++) {
            double value = x.get(i, a);
            x.set(i, a, x.get(i, b));
            x.set(i, b, value);
            value = gradient.get(i, a);
            gradient.set(i, a, gradient.get(i, b));
            gradient.set(i, b, value);
        }
        double value = energy[a];
        energy[a] = energy[b];
        energy[b] = value;
    }

    /** Mean acceptance probability of the last trajectories. */
    double meanAcceptance() {
        double sum = 0;
        for (double a : acceptance) {
            sum += a;
        }
        return sum / size;
    }
}
