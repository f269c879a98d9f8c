package org.eigendrift.engine.law.given;

import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.eigendrift.api.law.LawReader;
import org.eigendrift.api.law.LawWriter;
import org.eigendrift.engine.likelihood.Stored;

/**
 * Columns as they are modelled: each by a rising function of its own.
 *
 * @param bends of each column
 */
record Coordinates(List<Bend> bends) {
    private static final String CENTER = ".center";
    private static final String KNEE = ".knee";

    Coordinates {
        bends = List.copyOf(bends);
    }

    /** Coordinates of columns that are modelled as they are. */
    static Coordinates plain(int columns) {
        return logarithms(new boolean[columns]);
    }

    /** Logarithms of some columns. */
    static Coordinates logarithms(boolean[] logarithmic) {
        return new Coordinates(IntStream.range(0, logarithmic.length)
                .mapToObj(i -> logarithmic[i] ? Bend.LOGARITHM : Bend.PLAIN)
                .toList());
    }

    /** Those in which each column of rows is nearest to a normal law. */
    static Coordinates of(double[][] rows, int columns) {
        return new Coordinates(IntStream.range(0, columns)
                .mapToObj(i ->
                        Bend.of(Arrays.stream(rows).mapToDouble(row -> row[i]).toArray()))
                .toList());
    }

    boolean arePlain() {
        return bends.stream().allMatch(Bend.PLAIN::equals);
    }

    double[] to(double[] a) {
        double[] u = new double[a.length];
        Arrays.setAll(u, i -> to(i, a[i]));
        return u;
    }

    double[][] to(double[][] rows) {
        return Arrays.stream(rows).map(this::to).toArray(double[][]::new);
    }

    double to(int i, double value) {
        return bends.get(i).to(value);
    }

    double from(int i, double value) {
        return bends.get(i).from(value);
    }

    /** What is added to a log-density of the coordinates for one of the columns. */
    double logJacobian(double[] u) {
        double sum = 0;
        for (int i = 0; i < u.length; i++) {
            sum -= bends.get(i).logSlope(u[i]);
        }
        return sum;
    }

    /** Those of some columns. */
    Coordinates of(int[] columns) {
        return new Coordinates(IntStream.of(columns).mapToObj(bends::get).toList());
    }

    private int[] which(Bend.Shape shape) {
        return IntStream.range(0, bends.size())
                .filter(i -> bends.get(i).shape() == shape)
                .toArray();
    }

    /** Writes what {@link #read} reads. */
    void write(LawWriter out, String logarithmic, String bent) {
        out.ints(logarithmic, which(Bend.Shape.LOGARITHM));
        int[] asinh = which(Bend.Shape.ASINH);
        if (asinh.length > 0) {
            out.ints(bent, asinh);
            out.doubles(
                    bent + CENTER,
                    IntStream.of(asinh).mapToDouble(i -> bends.get(i).center()).toArray());
            out.doubles(
                    bent + KNEE,
                    IntStream.of(asinh).mapToDouble(i -> bends.get(i).knee()).toArray());
        }
    }

    /**
     * What {@link #write} wrote; in files of former versions the columns are plain.
     *
     * @param in the file
     * @param logarithmic name of the columns with logarithms
     * @param bent name of those that are bent
     * @param columns how many columns there are
     */
    static Coordinates read(LawReader in, String logarithmic, String bent, int columns) {
        Bend[] bends = new Bend[columns];
        Arrays.fill(bends, Bend.PLAIN);
        for (int i : columns(in, logarithmic, columns)) {
            bends[i] = Bend.LOGARITHM;
        }
        int[] asinh = columns(in, bent, columns);
        if (asinh.length > 0) {
            double[] center = Stored.numbers(in, bent + CENTER, asinh.length);
            double[] knee = Stored.numbers(in, bent + KNEE, asinh.length);
            for (int k = 0; k < asinh.length; k++) {
                if (!(knee[k] > 0)) {
                    throw Stored.damaged(bent + KNEE, "has a number that is not above 0");
                }
                bends[asinh[k]] = Bend.asinh(center[k], knee[k]);
            }
        }
        return new Coordinates(List.of(bends));
    }

    private static int[] columns(LawReader in, String name, int columns) {
        int[] some = in.has(name) ? in.ints(name) : new int[0];
        for (int i : some) {
            if (i < 0 || i >= columns) {
                throw Stored.damaged(name, "names the column " + i + "; expected one of 0 to " + (columns - 1));
            }
        }
        return some;
    }
}
