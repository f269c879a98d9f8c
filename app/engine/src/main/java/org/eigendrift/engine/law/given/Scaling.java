package org.eigendrift.engine.law.given;

import org.eigendrift.api.Points;

/**
 * Columns in units of their own.
 *
 * @param center of each column; shared
 * @param scale of each column, above 0; shared
 */
record Scaling(double[] center, double[] scale) {

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
