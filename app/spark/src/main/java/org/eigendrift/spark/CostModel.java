package org.eigendrift.spark;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * What a fit of one flow costs, as a function of rows, columns, functions and tasks. The constants were measured on one machine, see
 * docs/spark.md; another has others, in the same proportions.
 *
 * @param rows rows of the source
 * @param columns columns of a row
 * @param degree highest degree of a function
 * @param pairs whether functions are of pairs of columns, too
 * @param tasks tasks that run at once
 */
record CostModel(long rows, int columns, int degree, boolean pairs, int tasks) {
    /** Degree that a fit chose for a million rows of twenty columns, where it is left to it. */
    static final int USUAL_DEGREE = 5;

    /** First rows that the driver looks at itself. */
    private static final int FIRST = 100_000;

    /** Readings of the kept rows: ranges, a sample of each column, moments of candidates, moments of functions. */
    private static final int READINGS = 4;

    /** Processor seconds for a cell that is sorted, shuffled, counted and put into a block. */
    private static final double SORTED = 0.30e-6;

    /** For a cell of the ranges and of the sample. */
    private static final double LOOKED_AT = 0.04e-6;

    /** For the moment of a candidate, a row. */
    private static final double CANDIDATE = 6.0e-9;

    /** For one of the sums of products, a row. */
    private static final double SUM = 0.68e-9;

    /** Sums of products for each function that is kept. */
    private static final int SUMS_OF_A_FUNCTION = 183;

    /** Candidates among pairs that are kept, where each column depends on one other. */
    private static final double KEPT = 0.054;

    /** Seconds of the driver between readings. */
    private static final double DRIVER = 2;

    private static final double CELL_BYTES = 8;
    private static final double SUM_BYTES = 63;
    private static final double CANDIDATE_BYTES = 92;
    private static final double SAMPLE_BYTES = 65_000;

    private double pairCandidates() {
        return pairs ? 0.25 * columns * (columns - 1.0) * degree * degree : 0;
    }

    /** Functions whose moments are looked at. */
    double candidates() {
        return (double) columns * degree + pairCandidates();
    }

    /** Functions that are expected to be kept. */
    double functions() {
        return (double) columns * degree + KEPT * pairCandidates();
    }

    private double sums() {
        return SUMS_OF_A_FUNCTION * functions();
    }

    /** Bytes of rows that are shuffled, once; the place of a row is as long as a cell. */
    double shuffledRows() {
        return CELL_BYTES * (columns + 1.0) * rows;
    }

    /** Bytes of summaries that each task sends. */
    double summaries() {
        return SUM_BYTES * sums() + CANDIDATE_BYTES * candidates() + SAMPLE_BYTES * columns;
    }

    /** Bytes that the driver holds: first rows, and two tasks' summaries while they are merged. */
    double driverMemory() {
        return CELL_BYTES * columns * Math.min(rows, FIRST) + 3 * summaries();
    }

    /** Bytes of blocks on all executors together, in memory as far as it goes. */
    double blocks() {
        return CELL_BYTES * columns * rows;
    }

    double sortSeconds() {
        return rows * SORTED * (columns + 1) / tasks;
    }

    double candidateSeconds() {
        return rows * (LOOKED_AT * columns + CANDIDATE * candidates()) / tasks;
    }

    double momentSeconds() {
        return rows * SUM * sums() / tasks;
    }

    /** Seconds from the first reading to the model. */
    double seconds() {
        return sortSeconds() + candidateSeconds() + momentSeconds() + DRIVER;
    }

    /**
     * In words.
     *
     * @param compares whether models are compared first
     */
    List<String> lines(boolean compares) {
        List<String> lines = new ArrayList<>();
        lines.add(String.format(
                Locale.ROOT,
                "%,d rows of %d columns; %d tasks at once; functions of degree %d%s: %,.0f candidates, about %,.0f kept",
                rows,
                columns,
                tasks,
                degree,
                pairs ? " and their pairs" : "",
                candidates(),
                functions()));
        lines.add("readings: 2 of the source (bounds of the sort, the sort), 2 of what was sorted (counting, blocks), "
                + READINGS + " of the blocks");
        lines.add("shuffled: " + bytes(shuffledRows()) + " of rows, once; " + bytes(summaries())
                + " of summaries for each task");
        lines.add("memory: driver " + bytes(driverMemory()) + "; blocks " + bytes(blocks())
                + " on all executors together, in memory or on their disks; each task "
                + bytes(2 * summaries()));
        lines.add(String.format(
                Locale.ROOT,
                "expected seconds: sort %.3g, candidates %.3g, moments %.3g, driver %.3g, in all %.3g",
                sortSeconds(),
                candidateSeconds(),
                momentSeconds(),
                DRIVER,
                seconds()));
        if (compares) {
            lines.add(String.format(
                    Locale.ROOT,
                    "before that the driver compares models on %,d rows by itself, as one machine does: minutes for few columns,"
                            + " longer than all the rest for tens; 'components: 1' and 'density: flow' do without",
                    Math.min(rows, FIRST)));
        }
        return lines;
    }

    private static String bytes(double count) {
        String[] units = {"B", "kB", "MB", "GB", "TB"};
        double value = count;
        int unit = 0;
        for (; value >= 1000 && unit < units.length - 1; unit++) {
            value /= 1000;
        }
        return String.format(Locale.ROOT, "%.3g %s", value, units[unit]);
    }
}
