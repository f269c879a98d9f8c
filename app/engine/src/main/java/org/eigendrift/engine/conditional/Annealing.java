package org.eigendrift.engine.conditional;

import java.util.Arrays;
import java.util.function.Function;
import java.util.stream.IntStream;
import org.eigendrift.api.CounterRandom;
import org.eigendrift.api.InputException;
import org.eigendrift.api.Points;
import org.eigendrift.api.RunContext;
import org.eigendrift.engine.kernel.LogSum;

/**
 * Particles that are carried from where rows are looked for to the law given evidence, by a sequential Monte Carlo sampler (Del
 * Moral, Doucet, Jasra, J. R. Stat. Soc. B 68, 2006) along powers of the ratio of the two densities. Each power is as far from the
 * one before as halves the effective sample size; then particles are drawn again by their weights and walk on. The ancestors of
 * all particles give the error of the evidence's probability (Lee, Whiteley, Biometrika 105, 2018).
 */
final class Annealing {
    /** Of the particles: what a step leaves of the effective sample size. */
    private static final double LEFT = 0.5;

    private static final int GROUPS = 4;

    /** Shares of steps taken below and above which steps are made shorter or longer, and by how much. */
    private static final double FEW = 0.2;

    private static final double MANY = 0.4;
    private static final double SHORTER = 0.8;

    private Steps moves;
    private final RunContext run;
    private final CounterRandom random;
    private final int sweeps;
    private final double independent;
    private final double enough;

    private final int size;
    private Steps.Places at;
    private int[] roots;
    private double power;
    private double logRatio;
    private double lineages;
    private int steps;
    private int swept;
    private double scale = 1;

    /**
     * Prepares.
     *
     * @param moves where particles begin, and their steps
     * @param size particles
     * @param independent as how many independent ones they begin
     * @param enough effective sample size at which they need not walk on
     * @param sweeps most sweeps at the end
     */
    Annealing(
            Steps moves,
            int size,
            double independent,
            double enough,
            int sweeps,
            CounterRandom random,
            RunContext run) {
        this.moves = moves;
        this.run = run;
        this.random = random;
        this.sweeps = sweeps;
        this.size = size;
        this.independent = independent;
        this.enough = enough;
    }

    /**
     * What was found.
     *
     * @param particles places of the free columns, of equal weight
     * @param logIntegral of the joint density over the free columns
     * @param error its standard error
     * @param effective effective sample size
     * @param rHat of groups of ancestors
     * @param scale of steps
     */
    record Found(
            Steps.Places particles, double logIntegral, double error, double effective, double rHat, double scale) {

        /** What was found on a way of which another was the first part. */
        Found after(Found first) {
            return new Found(
                    particles,
                    first.logIntegral + logIntegral,
                    Math.hypot(first.error, error),
                    effective,
                    Math.max(first.rHat, rHat),
                    scale);
        }
    }

    Found find() {
        anneal();
        return finish();
    }

    /** The same with other steps at the end, which the particles tell. */
    Found find(Function<Points, Walk> last) {
        anneal();
        Walk walk = last.apply(at.u().copy());
        moves = walk;
        at = walk.at(at.u());
        return finish();
    }

    /** The last steps. */
    Steps moves() {
        return moves;
    }

    private void anneal() {
        start();
        while (power < 1) {
            run.checkCancelled();
            step();
            if (power < 1) {
                sweep(moves.sweeps());
            }
        }
    }

    private void start() {
        at = moves.start(random.derive(0), size);
        roots = IntStream.range(0, size).toArray();
        if (Arrays.stream(at.target()).allMatch(t -> t == Double.NEGATIVE_INFINITY)) {
            throw new InputException("the condition has no mass: none of the " + size
                    + " places where it holds and that are nearest to rows of the model has a density above zero");
        }
    }

    /** Raises the power, weighs, and draws the particles again. */
    private void step() {
        double most = 1 - power;
        double alive = effective(weights(1e-12));
        double raise = most;
        if (effective(weights(most)) < LEFT * alive) {
            double low = 0;
            double high = most;
            while (high - low > 1e-4 * high) {
                double middle = (low + high) / 2;
                if (effective(weights(middle)) < LEFT * alive) {
                    high = middle;
                } else {
                    low = middle;
                }
            }
            raise = high;
        }
        double[] logs = weights(raise);
        double sum = LogSum.of(logs);
        logRatio += sum - Math.log(size);
        power = raise == most ? 1 : power + raise;
        double[] shares = new double[size];
        for (int n = 0; n < size; n++) {
            shares[roots[n]] += Math.exp(logs[n] - sum);
        }
        lineages = 1 / Arrays.stream(shares).map(s -> s * s).sum();
        again(logs, sum);
        steps++;
    }

    private double[] weights(double raise) {
        double[] logs = new double[size];
        Arrays.setAll(logs, n -> raise * (at.target()[n] - at.proposal()[n]));
        return logs;
    }

    /** The effective sample size of weights, (sum w)^2 / sum w^2. */
    static double effective(double[] logs) {
        double sum = LogSum.of(logs);
        return Math.exp(2 * sum - LogSum.of(Arrays.stream(logs).map(l -> 2 * l).toArray()));
    }

    private void again(double[] logs, double sum) {
        int[] chosen = systematic(logs, sum, random.derive(1).uniform(steps, 0));
        at = at.select(chosen);
        roots = Arrays.stream(chosen).map(c -> roots[c]).toArray();
    }

    /** As many places as weights: those in whose share of 1 the places (k + shift) / size lie. */
    static int[] systematic(double[] logs, double sum, double shift) {
        int size = logs.length;
        int[] chosen = new int[size];
        double passed = 0;
        int n = 0;
        for (int k = 0; k < size; k++) {
            double at = (k + shift) / size;
            while (n < size - 1 && passed + Math.exp(logs[n] - sum) < at) {
                passed += Math.exp(logs[n++] - sum);
            }
            chosen[k] = n;
        }
        return chosen;
    }

    private void sweep(int count) {
        for (int s = 0; s < count; s++) {
            double taken = moves.sweep(
                    at, power, scale, at.u().copy(), random.derive(2).derive(swept++), 0);
            scale *= taken < FEW ? SHORTER : taken > MANY ? 1 / SHORTER : 1;
        }
    }

    /** Walks until descendants of one ancestor have parted, as far as that goes. */
    private Found finish() {
        Points begin = at.u().copy();
        double alone = lineages * independent / size;
        double effective = alone;
        for (int s = 0; s < sweeps && effective < enough; s += moves.sweeps()) {
            run.checkCancelled();
            sweep(moves.sweeps());
            double kept = Spread.kept(begin, at.u());
            // Descendants of one ancestor are correlated by the square of what each keeps of it.
            effective = size / (1 + (size / alone - 1) * kept * kept);
        }
        // Of one step with independent weights this is 1 / ESS - 1 / size, their variance.
        double error = Math.sqrt(Math.max(0, 1 / lineages - (double) steps / size) * size / independent);
        return new Found(at, logRatio, error, Math.max(alone, effective), Spread.rHat(at.u(), roots, GROUPS), scale);
    }
}
