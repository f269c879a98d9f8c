package org.eigendrift.engine.conditional;

import java.util.Arrays;
import java.util.function.Function;
import java.util.stream.IntStream;
import org.eigendrift.api.CounterRandom;
import org.eigendrift.api.Points;

/**
 * Metropolis-Hastings steps of many particles at once: along the difference of two of them (differential evolution Monte Carlo,
 * ter Braak, Statistics and Computing 16, 2006), of all coordinates or of some, now and then from one place to another whole, and
 * independent ones by the law that proposed the particles. Immutable.
 */
final class Walk implements Steps {
    /** Share of independent steps. */
    private static final double INDEPENDENT = 0.2;

    /** Share of whole differences among the others: they lead from mode to mode. */
    private static final double WHOLE = 0.15;

    /** Share of steps of some coordinates alone, and how likely each is one of these. */
    private static final double PARTIAL = 0.5;

    private static final double EACH = 0.4;

    /** Of a standard deviation: keeps steps from being a lattice. */
    private static final double JITTER = 1e-3;

    /** Scale of the best steps of a normal law of many coordinates, for differences of two draws. */
    private static final double BEST = 2.38 / Math.sqrt(2);

    private static final int SWEEPS = 2;

    private final Proposal proposal;
    private final Function<Points, double[]> logTarget;

    Walk(Proposal proposal, Function<Points, double[]> logTarget) {
        this.proposal = proposal;
        this.logTarget = logTarget;
    }

    @Override
    public Places start(CounterRandom random, int count) {
        return at(proposal.draw(random, 0, count));
    }

    /** Places for steps at the last power. */
    Places atLast(Points u, double[] target) {
        double[] unknown = new double[u.size()];
        Arrays.fill(unknown, Double.NaN);
        return new Places(u, target, unknown);
    }

    @Override
    public int sweeps() {
        return SWEEPS;
    }

    /** Places with their log-densities; the points are shared, and steps move them. */
    Places at(Points u) {
        return new Places(u, logTarget.apply(u), proposal.logDensity(u));
    }

    @Override
    public double sweep(Places at, double power, double scale, Points others, CounterRandom random, long first) {
        int size = at.u().size();
        boolean[] independent = new boolean[size];
        Points fresh = proposal.draw(random.derive(0), first, size);
        Points u = at.u().copy();
        double[] deviations = proposal.deviations();
        for (int n = 0; n < size; n++) {
            independent[n] = random.uniform(first + n, 0) < INDEPENDENT;
            if (independent[n]) {
                put(fresh, u, n);
            } else {
                step(u, n, scale, others, deviations, random, first + n);
            }
        }
        Places next = next(at, u, power, independent);
        int taken = 0;
        int walked = 0;
        for (int n = 0; n < size; n++) {
            boolean accept = Math.log(random.uniform(first + n, 1)) < gain(at, next, power, independent[n], n);
            walked += independent[n] ? 0 : 1;
            taken += accept && !independent[n] ? 1 : 0;
            if (accept) {
                put(u, at.u(), n);
                at.target()[n] = next.target()[n];
                at.proposal()[n] = next.proposal()[n];
            }
        }
        return walked == 0 ? 0 : (double) taken / walked;
    }

    /** At the last power the proposal's density counts in independent steps alone, and it costs: NaN where it is not known. */
    private Places next(Places at, Points u, double power, boolean[] independent) {
        if (power < 1) {
            return at(u);
        }
        double[] proposal = new double[u.size()];
        Arrays.fill(proposal, Double.NaN);
        int[] whole = IntStream.range(0, u.size()).filter(n -> independent[n]).toArray();
        tell(whole, u, proposal);
        int[] unknown =
                Arrays.stream(whole).filter(n -> Double.isNaN(at.proposal()[n])).toArray();
        tell(unknown, at.u(), at.proposal());
        return new Places(u, logTarget.apply(u), proposal);
    }

    private void tell(int[] some, Points u, double[] proposal) {
        double[] logs = this.proposal.logDensity(u.select(some));
        for (int j = 0; j < some.length; j++) {
            proposal[some[j]] = logs[j];
        }
    }

    private static double gain(Places at, Places next, double power, boolean independent, int n) {
        double gain = power * (next.target()[n] - at.target()[n]);
        if (power < 1 || independent) {
            double proposal = next.proposal()[n] - at.proposal()[n];
            gain += (independent ? -power : 1 - power) * proposal;
        }
        return gain;
    }

    private static void put(Points from, Points to, int n) {
        for (int i = 0; i < to.dim(); i++) {
            to.set(i, n, from.get(i, n));
        }
    }

    private static void step(
            Points next, int n, double scale, Points others, double[] deviations, CounterRandom random, long stream) {
        int m = next.dim();
        int a = (int) (random.uniform(stream, 2) * others.size());
        int b = (int) (random.uniform(stream, 3) * others.size());
        boolean whole = random.uniform(stream, 4) < WHOLE;
        boolean partial = m > 1 && random.uniform(stream, 5) < PARTIAL;
        boolean[] moved = new boolean[m];
        int count = 0;
        for (int i = 0; i < m; i++) {
            moved[i] = !partial || random.uniform(stream, 6L + i) < EACH;
            count += moved[i] ? 1 : 0;
        }
        double factor = whole ? 1 : scale * BEST / Math.sqrt(Math.max(1, count));
        for (int i = 0; i < m; i++) {
            if (moved[i]) {
                double jitter = JITTER * deviations[i] * random.normal(stream, i);
                next.set(i, n, next.get(i, n) + factor * (others.get(i, a) - others.get(i, b)) + jitter);
            }
        }
    }
}
