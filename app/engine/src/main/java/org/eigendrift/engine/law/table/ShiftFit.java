package org.eigendrift.engine.law.table;

import java.util.Arrays;
import java.util.Optional;
import java.util.function.DoubleUnaryOperator;
import java.util.stream.IntStream;
import org.eigendrift.engine.kernel.Normal;

/**
 * Fits how wide the law of a column is and what ranks of held-out rows under it still have to do with the columns before it. If the law were the
 * true one these ranks would be uniform and independent of everything before (Rosenblatt, Annals of Mathematical Statistics 23, 1952).
 */
final class ShiftFit {
    /** Nats that it may gain by chance. */
    private static final double CHANCE = 2;
    /** Standard deviations of a sum of gains beyond which it counts. */
    private static final double DEVIATIONS = 2;

    /** Log-odds move by so many times as much as normal scores, at most; near the middle by 1.6 times. */
    private static final double MOST = 4;
    /** Turns of finding the one and the other number by which rows are likeliest: but for what does not move the likelihood is log-concave. */
    private static final int TURNS = 3;

    /** Rows of each half, at least. */
    private static final int LEAST = 20;

    private final Coded coded;
    private final int[][] heldout;

    /**
     * Prepares fits.
     *
     * @param coded the columns, in the order of the chain
     * @param heldout of each column the cells of all held-out rows; shared
     */
    ShiftFit(Coded coded, int[][] heldout) {
        this.coded = coded;
        this.heldout = heldout;
    }

    /**
     * Shares below the cells of held-out rows and up to them, given that there is a value.
     *
     * @param rows places of these rows among the held-out ones
     * @param low shares below
     * @param high shares up to
     * @param fixed which share of a row's probability does not move
     */
    record Ranks(int[] rows, double[] low, double[] high, double[] fixed) {
        /** Every second row, from the first or the second. */
        Ranks half(int odd) {
            int[] places =
                    IntStream.range(0, rows.length).filter(i -> i % 2 == odd).toArray();
            return new Ranks(
                    Arrays.stream(places).map(i -> rows[i]).toArray(),
                    some(low, places),
                    some(high, places),
                    some(fixed, places));
        }

        private static double[] some(double[] values, int[] places) {
            return Arrays.stream(places).mapToDouble(i -> values[i]).toArray();
        }

        /** What the probability of a row's cell is multiplied by. */
        private double factor(int i, double slope, double move) {
            double before = high[i] - low[i];
            double after = Shift.below(high[i], slope, move) - Shift.below(low[i], slope, move);
            return before > 0 ? fixed[i] + (1 - fixed[i]) * after / before : 1;
        }

        private double[] factors(double[] moves, double slope, double times) {
            double[] factors = new double[rows.length];
            Arrays.setAll(factors, i -> factor(i, slope, times * moves[i]));
            return factors;
        }
    }

    /** Where a concave function is largest. */
    private static double largest(double from, double to, DoubleUnaryOperator function) {
        double low = from;
        double high = to;
        while (high - low > 1e-3) {
            double left = low + (high - low) / 3;
            double right = high - (high - low) / 3;
            boolean more = function.applyAsDouble(left) < function.applyAsDouble(right);
            low = more ? left : low;
            high = more ? high : right;
        }
        return (low + high) / 2;
    }

    private static double gain(double[] factors) {
        return Arrays.stream(factors).map(Math::log).sum();
    }

    /**
     * A fit.
     *
     * @param shift of all rows
     * @param factors of each row what its probability is multiplied by, by the fit of the other half of the rows
     */
    record Fitted(Shift shift, double[] factors) {}

    /** Fits the shift of a column, if rows gain beyond the scatter of their gains, each half by the regression of the other. */
    Optional<Fitted> fit(int j, Ranks ranks) {
        int size = ranks.rows().length;
        if (size < 2 * LEAST) {
            return Optional.empty();
        }
        double[] moves = new double[size];
        for (int odd = 0; odd < 2; odd++) {
            LinearPart.Fit other = scores(j, ranks.half(1 - odd));
            for (int i = odd; i < size; i += 2) {
                moves[i] = other.value(row(ranks.rows()[i], j));
            }
        }
        double slope = 1;
        double times = 1;
        for (int turn = 0; turn < TURNS; turn++) {
            double now = slope;
            times = largest(0, MOST, t -> gain(ranks.factors(moves, now, t)));
            double then = times;
            slope = largest(1 / MOST, MOST, b -> gain(ranks.factors(moves, b, then)));
        }
        double[] factors = ranks.factors(moves, slope, times);
        return counts(factors)
                ? Optional.of(new Fitted(new Shift(scores(j, ranks).times(times), slope), factors))
                : Optional.empty();
    }

    /** Whether rows of which the probabilities are multiplied gain more than by chance, and beyond the scatter of what each gains. */
    static boolean counts(double[] factors) {
        double gain = gain(factors);
        double squares =
                Arrays.stream(factors).map(Math::log).map(log -> log * log).sum();
        double scatter = Math.sqrt(Math.max(0, squares - gain * gain / factors.length));
        return gain > Math.max(CHANCE, DEVIATIONS * scatter);
    }

    private int[] row(int n, int columns) {
        int[] row = new int[columns];
        Arrays.setAll(row, p -> heldout[p][n]);
        return row;
    }

    /** Regresses normal scores of ranks, known within their cells, on the columns before. */
    private LinearPart.Fit scores(int j, Ranks ranks) {
        double[] low = Arrays.stream(ranks.low()).map(ShiftFit::score).toArray();
        double[] high = Arrays.stream(ranks.high()).map(ShiftFit::score).toArray();
        LinearPart linear = new LinearPart(coded, Coded.select(heldout, ranks.rows()));
        return linear.fit(j, Latent.of(low, high), new double[low.length]);
    }

    private static double score(double share) {
        return share <= 0 ? Double.NEGATIVE_INFINITY : share >= 1 ? Double.POSITIVE_INFINITY : Normal.quantile(share);
    }
}
