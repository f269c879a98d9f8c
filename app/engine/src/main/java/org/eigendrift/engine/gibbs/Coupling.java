package org.eigendrift.engine.gibbs;

import java.util.Arrays;
import java.util.stream.IntStream;
import org.eigendrift.api.CounterRandom;
import org.eigendrift.api.Points;
import org.eigendrift.api.Purpose;
import org.eigendrift.api.RunContext;

/**
 * Draws of a Gibbs density p that are draws of the flow, of density q, as often as that can be: a maximal coupling (Thorisson
 * 2000; algorithm 2 of Jacob, O'Leary and Atchade, J. R. Stat. Soc. B 82, 2020). A draw x of q is kept with probability
 * min(1, p(x) / q(x)); in place of another, draws y of p by the density's walk are tried, each taken with probability
 * 1 - min(1, q(y) / p(y)). So the evenness of the flow's starts is kept, which walks would lose. What becomes of a point depends on
 * the seed, on its number and on points of lower numbers, so that the first points stay the same when more are drawn.
 */
public final class Coupling {
    private static final int PILOT = 512;

    /** Points whose walks go side by side. */
    private static final int CHUNK = 8192;

    /** Walks for each point at a time. */
    private static final int TRIES = 4;

    /**
     * The last of 200 walks is taken in any case. Where the laws share 1 - v of their mass, v (1 - v)^200 of the draws come to that, at
     * most 0.002: no more than an error of the constant log Z or of the flow's densities does, which for laws that are nearly the
     * same would leave no place for what is lost.
     */
    private static final int ROUNDS = 50;

    private final GibbsModel model;
    private final Proposal flow;
    private final RunContext run;

    /**
     * Prepares.
     *
     * @param model the Gibbs density
     * @param flow draws and densities of the flow; a point's density must not depend on other points
     * @param run seed, threads
     */
    public Coupling(GibbsModel model, Proposal flow, RunContext run) {
        this.model = model;
        this.flow = flow;
        this.run = run;
    }

    /**
     * The mass that both laws share, from some draws.
     *
     * @return the share of the flow's draws that are kept
     */
    public double kept() {
        double sum = 0;
        for (double excess : excess(flow.draw(run.random(Purpose.COUPLING_PILOTS), PILOT))) {
            sum += Double.isNaN(excess) ? 0 : Math.min(1, Math.exp(excess)) / PILOT;
        }
        return sum;
    }

    /**
     * Makes draws of the flow draws of the Gibbs density.
     *
     * @param x draws of the flow in the data's coordinates; modified
     * @param numbers their numbers, ascending; not modified
     */
    public void replace(Points x, int[] numbers) {
        int from = 0;
        while (from < numbers.length) {
            int chunk = numbers[from] / CHUNK;
            int to = from;
            while (to < numbers.length && numbers[to] / CHUNK == chunk) {
                to++;
            }
            Points part = x.slice(from, to);
            walk(
                    part,
                    lost(part, Arrays.copyOfRange(numbers, from, to)),
                    run.random(Purpose.COUPLING_WALKS).derive(chunk));
            x.paste(from, part);
            from = to;
        }
    }

    private int[] lost(Points x, int[] numbers) {
        CounterRandom keep = run.random(Purpose.COUPLING_KEEP);
        double[] excess = excess(x);
        return IntStream.range(0, numbers.length)
                .filter(n -> !(Math.log(keep.uniform(numbers[n], 0)) < excess[n]))
                .toArray();
    }

    /** Walks in place of lost points. */
    private void walk(Points x, int[] lost, CounterRandom random) {
        int[] left = lost;
        for (int round = 0; round < ROUNDS && left.length > 0; round++) {
            run.checkCancelled();
            left = round(x, left, random.derive(round));
        }
    }

    /** Leaves in each place the first walk that is taken, or the last; returns the places where none was. */
    private int[] round(Points x, int[] lost, CounterRandom random) {
        Points y = flow.draw(random, lost.length * TRIES);
        RunContext seeded = run.withSeed(random.bits(1, 0));
        model.walk(y, IntStream.range(0, y.size()).toArray(), seeded);
        double[] excess = excess(y);
        int[] left = new int[lost.length];
        int count = 0;
        for (int n = 0; n < lost.length; n++) {
            int last = (n + 1) * TRIES - 1;
            int k = n * TRIES;
            while (k < last && !taken(random, k, excess)) {
                k++;
            }
            put(y, k, x, lost[n]);
            if (k == last && !taken(random, k, excess)) {
                left[count++] = lost[n];
            }
        }
        return Arrays.copyOf(left, count);
    }

    private static boolean taken(CounterRandom random, int k, double[] excess) {
        return random.uniform(2, k) < -Math.expm1(-excess[k]);
    }

    private static void put(Points from, int at, Points to, int place) {
        for (int i = 0; i < to.dim(); i++) {
            to.set(i, place, from.get(i, at));
        }
    }

    /** log p - log q; no number where neither law can be. */
    private double[] excess(Points x) {
        double[] p = model.logDensity(x, run);
        double[] q = flow.logDensity(x);
        Arrays.setAll(p, n -> p[n] - q[n]);
        return p;
    }
}
