package org.eigendrift.targets.mcmc;

import java.util.Arrays;
import org.eigendrift.api.CounterRandom;
import org.eigendrift.api.Points;
import org.eigendrift.api.RunContext;
import org.eigendrift.api.target.Potential;

/**
 * The No-U-Turn sampler (Hoffman and Gelman 2014) with multinomial sampling along the trajectory and the generalised
 * criterion (Betancourt, "A conceptual introduction to Hamiltonian Monte Carlo", 2017, appendix A), one chain.
 */
final class NoUTurn {
    private static final int DEEPEST = 10;

    /** A rotor never turns back: with angles trajectories end here. */
    private static final int DEEPEST_ON_CIRCLES = 6;

    /** An error of the energy beyond which a trajectory has left the level set for good. */
    private static final double DIVERGENT = 1000;

    private final ChainPlan plan;
    private final Potential potential;
    private final BoltzmannModel model;
    private final CounterRandom random;
    private final int chain;
    private final Points draws;
    private final int dim;
    private final Circles circles;
    private final int deepest;
    private final double[] scales;
    private final DualAveraging adaptation = new DualAveraging(0.1, ChainPlan.ACCEPTANCE);
    private final double[] energy = new double[1];
    private long uniforms;
    private double step;
    private double startHamiltonian;
    private double acceptanceSum;
    private int acceptanceCount;

    NoUTurn(BoltzmannModel model, ChainPlan plan, CounterRandom random, int chain, Points draws) {
        this.model = model;
        this.plan = plan;
        this.potential = model.potential();
        this.random = random;
        this.chain = chain;
        this.draws = draws;
        this.dim = draws.dim();
        this.circles = new Circles(model.columns());
        this.deepest = circles.any() ? DEEPEST_ON_CIRCLES : DEEPEST;
        this.scales = new double[dim];
        Arrays.fill(scales, 1);
    }

    /** A state of the trajectory: position, momentum (standard normal in scaled coordinates), slope of U, and U. */
    private final class State {
        private final Points x = Points.zeros(dim, 1);
        private final Points gradient = Points.zeros(dim, 1);
        private final double[] momentum = new double[dim];
        private double potentialEnergy;

        void copyFrom(State other) {
            x.copyFrom(other.x);
            gradient.copyFrom(other.gradient);
            System.arraycopy(other.momentum, 0, momentum, 0, dim);
            potentialEnergy = other.potentialEnergy;
        }

        void evaluate() {
            potential.gradient(x, gradient);
            potential.energy(x, energy);
            potentialEnergy = energy[0];
        }

        double hamiltonian() {
            double sum = potentialEnergy;
            for (double r : momentum) {
                sum += 0.5 * r * r;
            }
            return sum;
        }

        void leapfrog(double signedStep) {
            for (int i = 0; i < dim; i++) {
                momentum[i] -= 0.5 * signedStep * scales[i] * gradient.values()[i];
                x.values()[i] += signedStep * scales[i] * momentum[i];
            }
            evaluate();
            for (int i = 0; i < dim; i++) {
                momentum[i] -= 0.5 * signedStep * scales[i] * gradient.values()[i];
            }
        }
    }

    /** A stretch of trajectory: its end momenta, their sum, the weight of its states, one state drawn from them. */
    private final class Stretch {
        private final double[] first = new double[dim];
        private final double[] last = new double[dim];
        private final double[] sum = new double[dim];
        private final State drawn = new State();
        private double logWeight;
    }

    /** Runs the chain and writes its draws. */
    void run(RunContext context) {
        State current = new State();
        current.x.copyFrom(Chains.starts(model, random, chain, 1));
        current.evaluate();
        CounterRandom moves = random.derive(-1);
        Scales moments = new Scales(dim);
        for (int iteration = 0; iteration < plan.iterations(); iteration++) {
            context.checkCancelled();
            boolean warm = iteration < plan.warmup();
            step = warm ? adaptation.step() : adaptation.average();
            transition(current, moves, iteration);
            if (model.symmetric() && uniform(moves) < 0.5) {
                for (int i = 0; i < dim; i++) {
                    current.x.values()[i] *= -1;
                    current.gradient.values()[i] *= -1;
                }
            }
            circles.confine(current.x);
            if (warm) {
                adaptation.update(acceptanceSum / acceptanceCount);
                if (iteration >= plan.warmup() / 4) {
                    moments.add(current.x);
                }
                if (plan.renewsScales(iteration + 1)) {
                    moments.finish(scales);
                    adaptation.restart(0.5);
                }
            }
            int draw = plan.draw(iteration);
            if (draw >= 0) {
                draws.paste(draw, current.x);
            }
        }
    }

    private double uniform(CounterRandom moves) {
        return moves.uniform(chain, uniforms++);
    }

    private void transition(State current, CounterRandom moves, int iteration) {
        for (int i = 0; i < dim; i++) {
            current.momentum[i] = moves.normal(chain, (long) iteration * dim + i);
        }
        startHamiltonian = current.hamiltonian();
        acceptanceSum = 0;
        acceptanceCount = 0;
        State backward = new State();
        State forward = new State();
        backward.copyFrom(current);
        forward.copyFrom(current);
        double[] sum = current.momentum.clone();
        double logWeight = 0;
        for (int depth = 0; depth < deepest; depth++) {
            boolean ahead = uniform(moves) < 0.5;
            State end = ahead ? forward : backward;
            double[] inner = end.momentum.clone();
            double[] old = sum.clone();
            Stretch stretch = grow(depth, end, ahead ? step : -step, moves);
            if (stretch == null) {
                break;
            }
            if (Math.log(uniform(moves)) < stretch.logWeight - logWeight) {
                current.copyFrom(stretch.drawn);
            }
            logWeight = logSum(logWeight, stretch.logWeight);
            add(sum, stretch.sum);
            // The trajectory as a whole, and each half continued to the other's near end, must not have turned.
            if (turned(sum, backward.momentum, forward.momentum)
                    || turned(plus(old, stretch.first), ahead ? backward.momentum : forward.momentum, stretch.first)
                    || turned(plus(stretch.sum, inner), inner, stretch.last)) {
                break;
            }
        }
    }

    /** Doubles a trajectory: 2^depth steps from {@code end}, which is moved; null if it turned or diverged. */
    private Stretch grow(int depth, State end, double signedStep, CounterRandom moves) {
        if (depth == 0) {
            return leaf(end, signedStep);
        }
        Stretch near = grow(depth - 1, end, signedStep, moves);
        if (near == null) {
            return null;
        }
        Stretch far = grow(depth - 1, end, signedStep, moves);
        if (far == null) {
            return null;
        }
        double[] nearSum = near.sum.clone();
        double[] nearLast = near.last.clone();
        double total = logSum(near.logWeight, far.logWeight);
        if (Math.log(uniform(moves)) < far.logWeight - total) {
            near.drawn.copyFrom(far.drawn);
        }
        near.logWeight = total;
        add(near.sum, far.sum);
        System.arraycopy(far.last, 0, near.last, 0, dim);
        boolean turned = turned(near.sum, near.first, near.last)
                || turned(plus(nearSum, far.first), near.first, far.first)
                || turned(plus(far.sum, nearLast), nearLast, far.last);
        return turned ? null : near;
    }

    private Stretch leaf(State end, double signedStep) {
        end.leapfrog(signedStep);
        double error = end.hamiltonian() - startHamiltonian;
        acceptanceCount++;
        if (!(error <= DIVERGENT)) {
            return null;
        }
        acceptanceSum += Math.min(1, Math.exp(-error));
        Stretch leaf = new Stretch();
        System.arraycopy(end.momentum, 0, leaf.first, 0, dim);
        System.arraycopy(end.momentum, 0, leaf.last, 0, dim);
        System.arraycopy(end.momentum, 0, leaf.sum, 0, dim);
        leaf.drawn.copyFrom(end);
        leaf.logWeight = -error;
        return leaf;
    }

    private static boolean turned(double[] sum, double[] one, double[] other) {
        double a = 0;
        double b = 0;
        for (int i = 0; i < sum.length; i++) {
            a += sum[i] * one[i];
            b += sum[i] * other[i];
        }
        return a <= 0 || b <= 0;
    }

    private static double[] plus(double[] a, double[] b) {
        double[] out = a.clone();
        add(out, b);
        return out;
    }

    private static void add(double[] to, double[] values) {
        for (int i = 0; i < to.length; i++) {
            to[i] += values[i];
        }
    }

    private static double logSum(double a, double b) {
        return Math.max(a, b) + Math.log1p(Math.exp(-Math.abs(a - b)));
    }
}
