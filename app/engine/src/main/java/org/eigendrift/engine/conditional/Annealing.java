package org.eigendrift.engine.conditional;

import java.util.Arrays;
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

    private static final int SWEEPS = 2;

    private static final int GROUPS = 4;

    /** Shares of steps taken below and above which steps are made shorter or longer, and by how much. */
    private static final double FEW = 0.2;

    private static final double MANY = 0.4;
    private static final double SHORTER = 0.8;

    private final Relations relations;
    private final Density density;
    private final RunContext run;
    private final CounterRandom random;
    private final int sweeps;

    private final int size;
    private final Walk walk;
    private Walk.Places at;
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
     * @param size particles
     * @param sweeps most sweeps at the end
     */
    Annealing(
            Relations relations,
            Nearby nearby,
            Density density,
            int size,
            int sweeps,
            CounterRandom random,
            RunContext run) {
        this.relations = relations;
        this.density = density;
        this.run = run;
        this.random = random;
        this.sweeps = sweeps;
        this.size = size;
        this.walk = new Walk(nearby, this::logTarget);
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
            Walk.Places particles, double logIntegral, double error, double effective, double rHat, double scale) {}

    Found find() {
        start();
        while (power < 1) {
            run.checkCancelled();
            step();
            if (power < 1) {
                sweep(SWEEPS);
            }
        }
        return finish();
    }

    private void start() {
        at = walk.propose(random.derive(0), size);
        roots = IntStream.range(0, size).toArray();
        if (Arrays.stream(at.target()).allMatch(t -> t == Double.NEGATIVE_INFINITY)) {
            throw new InputException("the condition has no mass: none of the " + size
                    + " places where it holds and that are nearest to rows of the model has a density above zero");
        }
    }

    double[] logTarget(Points points) {
        Points rows = relations.rows(points);
        int[] inside = IntStream.range(0, points.size())
                .filter(n -> relations.within(rows, n))
                .toArray();
        double[] logs = new double[points.size()];
        Arrays.fill(logs, Double.NEGATIVE_INFINITY);
        double[] own = inside.length == 0 ? new double[0] : density.of(rows.select(inside), run);
        for (int j = 0; j < inside.length; j++) {
            logs[inside[j]] = Double.isNaN(own[j]) ? Double.NEGATIVE_INFINITY : own[j];
        }
        return logs;
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
            double taken =
                    walk.sweep(at, power, scale, at.u().copy(), random.derive(2).derive(swept++), 0);
            scale *= taken < FEW ? SHORTER : taken > MANY ? 1 / SHORTER : 1;
        }
    }

    /** Walks until descendants of one ancestor have parted, as far as that goes. */
    private Found finish() {
        Points begin = at.u().copy();
        double effective = lineages;
        for (int s = 0; s < sweeps && effective < LEFT * size; s += SWEEPS) {
            run.checkCancelled();
            sweep(SWEEPS);
            double kept = Spread.kept(begin, at.u());
            // Descendants of one ancestor are correlated by the square of what each keeps of it.
            effective = size / (1 + (size / lineages - 1) * kept * kept);
        }
        // Of one step with independent weights this is 1 / ESS - 1 / size, their variance.
        double error = Math.sqrt(Math.max(0, 1 / lineages - (double) steps / size));
        return new Found(at, logRatio, error, Math.max(lineages, effective), Spread.rHat(at.u(), roots, GROUPS), scale);
    }

    /** The walk, with what it learned of its steps. */
    Walk walk() {
        return walk;
    }
}
