package org.eigendrift.engine.law.given;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import org.eigendrift.api.CounterRandom;
import org.eigendrift.api.law.LawReader;
import org.eigendrift.api.law.LawWriter;
import org.eigendrift.engine.likelihood.Stored;

/**
 * What is given in some rows of a fit, from which rows without a condition have it: of many rows those of the least random numbers, each
 * drawn by what the row has. So what two fits keep tells what a fit to all of their rows keeps, and what a fit without some of its rows
 * does (a sketch of the least values; Cohen, J. Comput. Syst. Sci. 55, 1997). Immutable, thread-safe.
 *
 * @param rows in their own units, in the order of their numbers; shared
 * @param weights how much each counts; shared
 */
record Kept(double[][] rows, double[] weights) {
    /** Rows that are kept. */
    static final int MOST = 2_000;

    private static final CounterRandom KEY = new CounterRandom(0x4B455054);
    private static final String ROWS = "rest";
    private static final String WEIGHTS = "rest.weights";

    private record Row(double[] given, double weight, long key) {
        Row(double[] given, double weight) {
            this(given, weight, KEY.bits(Arrays.hashCode(given), Double.doubleToLongBits(given[0])));
        }

        boolean is(Row other) {
            return Arrays.equals(given, other.given) && weight == other.weight;
        }
    }

    private static final Comparator<Row> ORDER = Comparator.comparingLong(Row::key)
            .thenComparing(Row::given, Arrays::compare)
            .thenComparingDouble(Row::weight);

    static Kept of(Sample sample) {
        List<Row> rows = new ArrayList<>();
        for (int n = 0; n < sample.size(); n++) {
            if (sample.weights()[n] > 0) {
                rows.add(new Row(sample.b()[n], sample.weights()[n]));
            }
        }
        return of(rows);
    }

    private static Kept of(List<Row> rows) {
        List<Row> least = rows.stream().sorted(ORDER).limit(MOST).toList();
        return new Kept(
                least.stream().map(Row::given).toArray(double[][]::new),
                least.stream().mapToDouble(Row::weight).toArray());
    }

    private List<Row> list() {
        List<Row> list = new ArrayList<>();
        for (int n = 0; n < rows.length; n++) {
            list.add(new Row(rows[n], weights[n]));
        }
        return list;
    }

    Kept plus(Kept other) {
        List<Row> all = list();
        all.addAll(other.list());
        return of(all);
    }

    /** Without rows of another; of rows that are alike as many as it has. */
    Kept minus(Kept part) {
        List<Row> left = new ArrayList<>();
        List<Row> taken = part.list();
        int at = 0;
        for (Row row : list()) {
            while (at < taken.size() && ORDER.compare(taken.get(at), row) < 0) {
                at++;
            }
            if (at < taken.size() && taken.get(at).is(row)) {
                at++;
            } else {
                left.add(row);
            }
        }
        return of(left);
    }

    /** What is given in a row that a share of all that the rows count for comes to. */
    double[] at(double share) {
        return rows[place(share)];
    }

    /** Which row that is. */
    int place(double share) {
        double left = share * Arrays.stream(weights).sum();
        int n = 0;
        while (n < rows.length - 1 && left >= weights[n]) {
            left -= weights[n++];
        }
        return n;
    }

    void write(LawWriter out) {
        out.doubles(ROWS, Arrays.stream(rows).flatMapToDouble(Arrays::stream).toArray());
        out.doubles(WEIGHTS, weights);
    }

    /** What {@link #write} wrote; in files of former versions rows count alike. */
    static Kept read(LawReader in, int width) {
        double[] flat = in.doubles(ROWS);
        if (flat.length == 0 || flat.length % width != 0) {
            throw Stored.damaged(ROWS, "has " + flat.length + " numbers for " + width + " columns");
        }
        Stored.requireFinite(ROWS, flat);
        double[][] rows = new double[flat.length / width][];
        Arrays.setAll(rows, n -> Arrays.copyOfRange(flat, n * width, (n + 1) * width));
        double[] ones = new double[rows.length];
        Arrays.fill(ones, 1);
        double[] weights = in.has(WEIGHTS) ? Stored.numbers(in, WEIGHTS, rows.length) : ones;
        if (Arrays.stream(weights).anyMatch(w -> w <= 0)) {
            throw Stored.damaged(WEIGHTS, "has a number that is not above 0");
        }
        return new Kept(rows, weights);
    }
}
