package org.eigendrift.engine.law.table;

import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.stream.IntStream;
import org.eigendrift.api.CounterRandom;
import org.eigendrift.engine.kernel.LogSum;

/**
 * A chain given evidence: particles follow the chain, each column drawn given those before it and its own evidence, and are
 * weighted by the probability of that evidence. Where it leaves few of them they are drawn again by their weights, and open columns
 * before it move: one of some new cells and the old one, by the probability of all that came since (a resample-move particle
 * filter, Gilks and Berzuini, J. R. Stat. Soc. B 63, 2001; moves of Tjelmeland, "Using all Metropolis-Hastings proposals to estimate
 * mean values", 2004). The mean weight is an unbiased estimate of the evidence's probability.
 */
final class GivenChain {
    /** Of the particles: effective ones below which they are drawn again. */
    private static final double LEFT = 0.25;

    /** New cells that a move chooses from. */
    private static final int CANDIDATES = 4;

    private final ColumnLaw[] chain;
    private final Coded coded;
    private final double[][] factors;
    private final CounterRandom random;

    private int[][] cells;
    private byte[][] bins;
    /** Of each particle and column which draw its cell came from; those of the same are one. */
    private int[][] drawn;

    private int fresh;
    private int[] roots;
    private final double[] logs;
    private double log;
    private int steps;

    /**
     * Follows the chain.
     *
     * @param parts the law
     * @param factors of each column a factor for each cell, or null; shared
     * @param size particles
     * @param random random numbers
     */
    GivenChain(TableParts parts, double[][] factors, int size, CounterRandom random) {
        this.chain = parts.chain();
        this.coded = parts.coded();
        this.factors = factors;
        this.random = random;
        this.cells = new int[size][chain.length];
        this.bins = new byte[size][chain.length];
        this.drawn = new int[size][chain.length];
        this.roots = IntStream.range(0, size).toArray();
        this.logs = new double[size];
        boolean open = false;
        for (int j = 0; j < chain.length && log > Double.NEGATIVE_INFINITY; j++) {
            for (int n = 0; n < size; n++) {
                logs[n] += step(j, cells[n], bins[n], random.uniform(n, 2L * j + 1), random.uniform(n, 2L * j + 2));
                drawn[n][j] = fresh++;
            }
            open |= opens(j);
            if (LogSum.of(logs) == Double.NEGATIVE_INFINITY) {
                log = Double.NEGATIVE_INFINITY;
            } else if (open && factors[j] != null && effective() < LEFT * size) {
                again(j);
                sweep(j, 0);
            }
        }
        if (steps > 0 && log > Double.NEGATIVE_INFINITY) {
            sweep(chain.length - 1, 1);
        }
    }

    /** Whether a column has several cells left. */
    private boolean opens(int j) {
        return factors[j] == null
                || Arrays.stream(factors[j]).filter(f -> f > 0).count() > 1;
    }

    /** Draws the cell of a column given those before it; the log-probability of its own evidence. */
    private double step(int j, int[] row, byte[] own, double choice, double uniform) {
        double log = 0;
        if (factors[j] == null) {
            row[j] = chain[j].draw(row, own, choice, uniform);
        } else if (!opens(j)) {
            row[j] = only(j);
            log = probability(j, row, own);
        } else {
            double[] weights = new double[factors[j].length];
            chain[j].probabilities(row, own, weights);
            double sum = 0;
            for (int c = 0; c < weights.length; c++) {
                weights[c] *= factors[j][c];
                sum += weights[c];
            }
            row[j] = Math.max(0, Draw.place(weights, uniform));
            log = Math.log(sum);
        }
        own[j] = coded.bin(j, row[j]);
        return log;
    }

    private int only(int j) {
        for (int c = 0; c < factors[j].length; c++) {
            if (factors[j][c] > 0) {
                return c;
            }
        }
        return 0;
    }

    private double probability(int j, int[] row, byte[] own) {
        double factor = factors[j] == null ? 1 : factors[j][row[j]];
        double log = Math.log(factor * chain[j].probability(row[j], row, own));
        own[j] = coded.bin(j, row[j]);
        return log;
    }

    private double effective() {
        double sum = LogSum.of(logs);
        return Math.exp(2 * sum - LogSum.of(Arrays.stream(logs).map(l -> 2 * l).toArray()));
    }

    /** Draws the particles again by their weights, at even distances (Carpenter, Clifford, Fearnhead, 1999). */
    private void again(int j) {
        int size = logs.length;
        double sum = LogSum.of(logs);
        log += sum - Math.log(size);
        double shift = random.derive(-1).uniform(j, 0);
        int[] chosen = new int[size];
        double passed = 0;
        for (int k = 0, n = 0; k < size; k++) {
            while (n < size - 1 && passed + Math.exp(logs[n] - sum) < (k + shift) / size) {
                passed += Math.exp(logs[n++] - sum);
            }
            chosen[k] = n;
        }
        cells = Arrays.stream(chosen).mapToObj(n -> cells[n].clone()).toArray(int[][]::new);
        bins = Arrays.stream(chosen).mapToObj(n -> bins[n].clone()).toArray(byte[][]::new);
        drawn = Arrays.stream(chosen).mapToObj(n -> drawn[n].clone()).toArray(int[][]::new);
        roots = Arrays.stream(chosen).map(n -> roots[n]).toArray();
        Arrays.fill(logs, 0);
        steps++;
    }

    private void sweep(int last, int round) {
        CounterRandom own = random.derive(1 + last).derive(round);
        for (int n = 0; n < cells.length; n++) {
            move(cells[n], bins[n], drawn[n], last, own.derive(n));
        }
    }

    /** Moves every open column but those that another one fixes. */
    private void move(int[] row, byte[] own, int[] which, int last, CounterRandom numbers) {
        for (int u = 0; u <= last; u++) {
            if (opens(u) && chain[u].relation() == null && move(u, row, own, last, numbers.derive(u))) {
                for (int k = u; which != null && k <= last; k++) {
                    which[k] = k == u || follows(k) ? fresh++ : which[k];
                }
            }
        }
    }

    /** Whether a column is drawn again with the one that fixes it. */
    private boolean follows(int k) {
        return factors[k] == null && chain[k].relation() != null;
    }

    private boolean move(int u, int[] row, byte[] own, int last, CounterRandom numbers) {
        int[][] rows = new int[CANDIDATES + 1][];
        byte[][] marks = new byte[rows.length][];
        double[] weights = new double[rows.length];
        double most = Double.NEGATIVE_INFINITY;
        for (int m = 0; m < rows.length; m++) {
            rows[m] = m == CANDIDATES ? row : row.clone();
            marks[m] = m == CANDIDATES ? own : own.clone();
            if (m < CANDIDATES) {
                step(u, rows[m], marks[m], numbers.uniform(m, 0), numbers.uniform(m, 1));
            }
            for (int k = u + 1; k <= last && weights[m] > Double.NEGATIVE_INFINITY; k++) {
                if (!follows(k)) {
                    weights[m] += probability(k, rows[m], marks[m]);
                } else if (m < CANDIDATES) {
                    step(k, rows[m], marks[m], numbers.uniform(m, 2L * k + 2), numbers.uniform(m, 2L * k + 3));
                }
            }
            most = Math.max(most, weights[m]);
        }
        double top = most;
        int chosen =
                Draw.place(Arrays.stream(weights).map(w -> Math.exp(w - top)).toArray(), numbers.uniform(-1, 0));
        if (chosen == CANDIDATES || chosen < 0) {
            return false;
        }
        System.arraycopy(rows[chosen], 0, row, 0, last + 1);
        System.arraycopy(marks[chosen], 0, own, 0, last + 1);
        return true;
    }

    /** The log-probability of the evidence. */
    double log() {
        return log == Double.NEGATIVE_INFINITY ? log : log + LogSum.of(logs) - Math.log(logs.length);
    }

    /** Its standard error, from how much the descendants of each first particle weigh (Lee, Whiteley, Biometrika 105, 2018). */
    double error() {
        if (log == Double.NEGATIVE_INFINITY) {
            return 0;
        }
        double[] shares = new double[logs.length];
        double[] weights = weights();
        for (int n = 0; n < roots.length; n++) {
            shares[roots[n]] += weights[n];
        }
        double squares = Arrays.stream(shares).map(s -> s * s).sum();
        return Math.sqrt(Math.max(0, squares - (steps + 1.0) / logs.length));
    }

    private double[] weights() {
        return LogSum.shares(logs);
    }

    /** Effective draws of the column that has the fewest. */
    double effectiveDraws() {
        double least = logs.length;
        double[] weights = weights();
        for (int j = 0; j < chain.length && log > Double.NEGATIVE_INFINITY; j++) {
            if (opens(j)) {
                Map<Integer, Double> shares = new HashMap<>();
                for (int n = 0; n < weights.length; n++) {
                    shares.merge(drawn[n][j], weights[n], Double::sum);
                }
                least = Math.min(
                        least,
                        1 / shares.values().stream().mapToDouble(s -> s * s).sum());
            }
        }
        return log == Double.NEGATIVE_INFINITY ? 0 : least;
    }

    /**
     * Draws a row.
     *
     * @param uniform a number in (0, 1) that chooses a particle
     * @param numbers of a row that moves on from it, null for the particle itself
     */
    int[] draw(double uniform, CounterRandom numbers) {
        int n = Draw.place(weights(), uniform);
        int[] row = cells[n].clone();
        if (numbers != null) {
            move(row, bins[n].clone(), null, chain.length - 1, numbers);
        }
        return row;
    }
}
