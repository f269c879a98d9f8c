package org.eigendrift.engine.law.given;

import java.util.Arrays;
import org.eigendrift.api.Points;
import org.eigendrift.api.law.LawReader;
import org.eigendrift.api.law.LawWriter;
import org.eigendrift.engine.likelihood.Stored;

/**
 * Columns in units of their own.
 *
 * @param center of each column; shared
 * @param scale of each column, above 0; shared
 */
record Scaling(double[] center, double[] scale) {
    private static final String CENTER = ".center";
    private static final String SCALE = ".scale";

    /** Mean and deviation of rows; a column that does not vary keeps its unit. */
    static Scaling of(double[][] rows, int dim) {
        double[] center = new double[dim];
        double[] scale = new double[dim];
        for (int i = 0; i < dim; i++) {
            for (double[] row : rows) {
                center[i] += row[i] / rows.length;
            }
            double squares = 0;
            for (double[] row : rows) {
                squares += (row[i] - center[i]) * (row[i] - center[i]) / rows.length;
            }
            double deviation = Math.sqrt(squares);
            scale[i] = deviation > 1e-12 * Math.abs(center[i]) ? deviation : 1;
        }
        return new Scaling(center, scale);
    }

    void write(LawWriter out, String name) {
        out.doubles(name + CENTER, center);
        out.doubles(name + SCALE, scale);
    }

    /** What {@link #write} wrote. */
    static Scaling read(LawReader in, String name, int columns) {
        double[] center = Stored.numbers(in, name + CENTER, columns);
        double[] scale = Stored.numbers(in, name + SCALE, columns);
        if (Arrays.stream(scale).anyMatch(s -> s <= 0)) {
            throw Stored.damaged(name + SCALE, "has a number that is not above 0");
        }
        return new Scaling(center, scale);
    }

    double[] to(double[] row) {
        double[] out = new double[row.length];
        for (int i = 0; i < row.length; i++) {
            out[i] = (row[i] - center[i]) / scale[i];
        }
        return out;
    }

    double from(int i, double value) {
        return center[i] + scale[i] * value;
    }

    double[][] to(double[][] rows) {
        double[][] out = new double[rows.length][];
        for (int n = 0; n < rows.length; n++) {
            out[n] = to(rows[n]);
        }
        return out;
    }

    /** Some columns of rows. */
    static double[][] columns(Points rows, int[] which) {
        double[][] out = new double[rows.size()][which.length];
        for (int i = 0; i < which.length; i++) {
            for (int n = 0; n < out.length; n++) {
                out[n][i] = rows.get(which[i], n);
            }
        }
        return out;
    }
}
