package org.eigendrift.cli.run;

import java.util.Arrays;
import org.eigendrift.api.data.Column;

/** One value that stands for many draws of a column. */
public enum Center {
    /** The mean of numbers; the most frequent level; of angles the direction of the mean. */
    MEAN,
    /** The median of numbers and of levels that have an order; the most frequent of other levels. */
    MEDIAN,
    /** The most frequent value; of numbers that hardly repeat, where they lie closest. */
    MODE;

    /** Of draws that have a value in common, for which it is a value of its own: chance gives hundreds of numbers no such share. */
    private static final double REPEATED = 0.05;

    double of(Column column, double[] draws) {
        boolean nominal = column.kind() == Column.Kind.CATEGORY || column.kind() == Column.Kind.BOOLEAN;
        if (this == MODE || nominal || this == MEAN && column.kind().levelled()) {
            return mode(sorted(draws), column.kind().levelled());
        }
        if (column.kind() == Column.Kind.ANGLE) {
            return direction(column, draws);
        }
        return this == MEAN ? Arrays.stream(draws).average().orElseThrow() : quantile(sorted(draws), 0.5, column);
    }

    static double[] sorted(double[] draws) {
        double[] sorted = draws.clone();
        Arrays.sort(sorted);
        return sorted;
    }

    /** The quantile of sorted draws, between two of them at (m + 1) p; of levels and steps one of the draws. */
    static double quantile(double[] sorted, double share, Column column) {
        double at = Math.max(0, Math.min(sorted.length - 1.0, share * (sorted.length + 1) - 1));
        int low = (int) Math.floor(at);
        if (column.kind().levelled() || column.step() > 0) {
            return sorted[(int) Math.rint(at)];
        }
        return low + 1 < sorted.length ? sorted[low] + (at - low) * (sorted[low + 1] - sorted[low]) : sorted[low];
    }

    /**
     * A value within the 90 % interval of the draws for which it stands: few draws far off may pull a mean out of it, to where next to
     * none of them lies.
     */
    static double inside(Column column, double value, double[] sorted) {
        return column.kind().levelled() || column.kind() == Column.Kind.ANGLE
                ? value
                : Math.max(quantile(sorted, 0.05, column), Math.min(quantile(sorted, 0.95, column), value));
    }

    /** The first of the most frequent values, or where numbers lie closest if none is frequent. */
    private static double mode(double[] sorted, boolean levels) {
        double best = sorted[0];
        int most = 0;
        int run = 0;
        for (int n = 0; n < sorted.length; n++) {
            run = n > 0 && sorted[n] == sorted[n - 1] ? run + 1 : 1;
            if (run > most) {
                most = run;
                best = sorted[n];
            }
        }
        return levels || most >= REPEATED * sorted.length ? best : closest(sorted);
    }

    /** The middle of the half in which numbers lie closest, again and again (Bickel and Fruehwirth, Comput. Stat. Data Anal. 50, 2006). */
    private static double closest(double[] sorted) {
        int from = 0;
        int size = sorted.length;
        while (size > 2) {
            int half = (size + 1) / 2;
            int best = from;
            for (int n = from; n + half <= from + size; n++) {
                best = sorted[n + half - 1] - sorted[n] < sorted[best + half - 1] - sorted[best] ? n : best;
            }
            from = best;
            size = half;
        }
        return sorted[from + (size - 1) / 2];
    }

    private static double direction(Column column, double[] draws) {
        double turn = 2 * Math.PI / (column.upper() - column.lower());
        double cos = Arrays.stream(draws)
                .map(v -> Math.cos(turn * (v - column.lower())))
                .sum();
        double sin = Arrays.stream(draws)
                .map(v -> Math.sin(turn * (v - column.lower())))
                .sum();
        double angle = Math.atan2(sin, cos);
        return column.lower() + (angle < 0 ? angle + 2 * Math.PI : angle) / turn;
    }
}
