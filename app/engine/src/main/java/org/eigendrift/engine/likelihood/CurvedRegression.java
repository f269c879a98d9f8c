package org.eigendrift.engine.likelihood;

import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.eigendrift.api.InputException;
import org.eigendrift.api.law.LawReader;
import org.eigendrift.api.law.LawWriter;
import org.eigendrift.engine.kernel.MatrixKernel;

/**
 * Columns y given others z, both in units of their deviations: y_j is normal about m_j(z) + s_j(z) (sum over k below j of c_jk(z) e_k) with
 * deviation s_j(z) r_j(z), where e_k is what the law of y_k leaves, in its deviations; tails may be heavier or lighter than normal ones. So scales are functions, and so are the couplings of
 * columns: a modified Cholesky factor (Pourahmadi, Biometrika 86, 1999). Immutable, thread-safe.
 *
 * @param means functions of m
 * @param scales functions of the logarithms of s squared and r squared
 * @param degree of the powers of each z_i in c
 * @param columns of y
 */
public record CurvedRegression(Functions means, Functions scales, int degree, List<Column> columns) {
    private static final String NAME = "likelihood.";

    /**
     * One column; logarithms stay within the range that they have over the rows of the fit.
     *
     * @param mean coefficients of m; shared
     * @param scale coefficients of log s^2; shared
     * @param range of log s^2; shared
     * @param coupling coefficients of c, column by column before; shared
     * @param left coefficients of log r^2; empty in the first column; shared
     * @param leftRange of log r^2; shared
     * @param tails of what is left
     */
    record Column(
            double[] mean,
            double[] scale,
            double[] range,
            double[] coupling,
            double[] left,
            double[] leftRange,
            Tails tails) {
        private Column with(Tails others) {
            return new Column(mean, scale, range, coupling, left, leftRange, others);
        }
    }

    /** The same law, of which each column leaves what others say. */
    CurvedRegression with(List<Tails> tails) {
        return new CurvedRegression(
                means,
                scales,
                degree,
                IntStream.range(0, columns.size())
                        .mapToObj(j -> columns.get(j).with(tails.get(j)))
                        .toList());
    }

    /**
     * The number of modelled columns.
     *
     * @return columns of y
     */
    public int size() {
        return columns.size();
    }

    /**
     * Buffers for many points.
     *
     * @return for one thread
     */
    public Place place() {
        return new Place();
    }

    /** The law at one z after another. Not thread-safe. */
    public final class Place {
        private final double[] mean = new double[means.size()];
        private final double[] scale = new double[scales.size()];
        private final double[] powers = new double[1 + degree * means.dim()];
        private final double[] noise = new double[columns.size()];
        private final double[] logs = new double[Tails.size()];
        private double centre;
        private double deviation;

        private Place() {}

        private void to(double[] z) {
            means.at(z, mean);
            scales.at(z, scale);
            powers(z, degree, powers);
        }

        private void column(int j) {
            Column of = columns.get(j);
            double spread = Math.exp(0.5 * within(of.scale, of.range));
            double coupled = 0;
            for (int k = 0; k < j; k++) {
                coupled += noise[k] * MatrixKernel.dot(powers.length, of.coupling, k * powers.length, powers, 0);
            }
            centre = MatrixKernel.dot(mean.length, of.mean, 0, mean, 0) + spread * coupled;
            deviation = j == 0 ? spread : spread * Math.exp(0.5 * within(of.left, of.leftRange));
        }

        private double within(double[] coefficients, double[] range) {
            double log = MatrixKernel.dot(scale.length, coefficients, 0, scale, 0);
            return Math.max(range[0], Math.min(range[1], log));
        }

        /** What rows leave of each column, in its deviations: the last {@link #logDensity}'s; a new array. */
        double[] left() {
            return noise.clone();
        }

        /**
         * The log-density.
         *
         * @param z where
         * @param y of what
         * @return nats, in the units of y
         */
        public double logDensity(double[] z, double[] y) {
            to(z);
            double log = 0;
            for (int j = 0; j < noise.length; j++) {
                column(j);
                noise[j] = (y[j] - centre) / deviation;
                log += columns.get(j).tails.logDensity(noise[j], logs) - Math.log(deviation);
            }
            return log;
        }
    }

    /** 1 and the powers of each column. */
    static void powers(double[] z, int degree, double[] out) {
        out[0] = 1;
        int at = 1;
        for (double value : z) {
            double power = 1;
            for (int p = 1; p <= degree; p++) {
                power *= value;
                out[at++] = power;
            }
        }
    }

    /**
     * Writes it.
     *
     * @param out a model file
     */
    public void write(LawWriter out) {
        out.ints(NAME + "shape", new int[] {means.dim(), degree, columns.size()});
        write(out, "means", means);
        write(out, "scales", scales);
        for (int j = 0; j < columns.size(); j++) {
            Column column = columns.get(j);
            String name = NAME + j + ".";
            out.doubles(name + "mean", column.mean);
            out.doubles(name + "scale", column.scale);
            out.doubles(name + "range", column.range);
            out.doubles(name + "coupling", column.coupling);
            out.doubles(name + "left", column.left);
            out.doubles(name + "left.range", column.leftRange);
            out.doubles(name + "tails", column.tails.shares());
        }
    }

    private static void write(LawWriter out, String which, Functions functions) {
        out.doubles(NAME + which + ".knots", functions.knots());
        out.doubles(NAME + which + ".waves", functions.waves());
    }

    /**
     * Whether one was written.
     *
     * @param in a model file
     * @return whether {@link #read} finds one
     */
    public static boolean isIn(LawReader in) {
        return in.has(NAME + "shape");
    }

    /**
     * What {@link #write} wrote.
     *
     * @param in a model file
     * @param dim columns of z
     * @param size columns of y
     * @return the same law
     * @throws InputException if the file is damaged
     */
    public static CurvedRegression read(LawReader in, int dim, int size) {
        int[] shape = in.ints(NAME + "shape");
        if (shape.length != 3 || shape[0] != dim || shape[1] < 0 || shape[2] != size) {
            throw Stored.damaged("likelihood.shape", "is not of " + dim + " and " + size + " columns");
        }
        Functions means = functions(in, "means", dim);
        Functions scales = functions(in, "scales", dim);
        int powers = 1 + shape[1] * dim;
        Column[] columns = new Column[size];
        for (int j = 0; j < size; j++) {
            columns[j] = new Column(
                    Stored.numbers(in, NAME + j + ".mean", means.size()),
                    Stored.numbers(in, NAME + j + ".scale", scales.size()),
                    range(in, NAME + j + ".range"),
                    Stored.numbers(in, NAME + j + ".coupling", j * powers),
                    Stored.numbers(in, NAME + j + ".left", j == 0 ? 0 : scales.size()),
                    range(in, NAME + j + ".left.range"),
                    tails(in, NAME + j + ".tails"));
        }
        return new CurvedRegression(means, scales, shape[1], List.of(columns));
    }

    private static Functions functions(LawReader in, String which, int dim) {
        double[] knots = in.doubles(NAME + which + ".knots");
        double[] waves = in.doubles(NAME + which + ".waves");
        if (knots.length % dim != 0 || waves.length % (dim + 1) != 0) {
            throw Stored.damaged(
                    NAME + which, "has " + knots.length + " and " + waves.length + " numbers for " + dim + " columns");
        }
        Stored.requireFinite(NAME + which, knots);
        Stored.requireFinite(NAME + which, waves);
        return new Functions(dim, knots, waves);
    }

    private static Tails tails(LawReader in, String name) {
        double[] shares = Stored.numbers(in, name, Tails.size());
        if (!Arrays.stream(shares).allMatch(share -> share >= 0)
                || !(Math.abs(Arrays.stream(shares).sum() - 1) < 1e-9)) {
            throw Stored.damaged(name, "is no shares of a whole");
        }
        return new Tails(shares);
    }

    private static double[] range(LawReader in, String name) {
        double[] range = Stored.numbers(in, name, 2);
        if (!(range[0] <= range[1])) {
            throw Stored.damaged(name, "is empty");
        }
        return range;
    }
}
