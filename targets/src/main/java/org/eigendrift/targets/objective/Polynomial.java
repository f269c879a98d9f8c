package org.eigendrift.targets.objective;

import org.eigendrift.api.Points;
import org.eigendrift.api.guidance.Objective;

/**
 * Powers and products of standardised columns up to a degree of 2, standardised themselves.
 *
 * @param shift of each column
 * @param scale of each column
 * @param degree 1 or 2
 * @param centre mean of each term
 * @param spread standard deviation of each term, 0 for one that is constant
 */
record Polynomial(double[] shift, double[] scale, int degree, double[] centre, double[] spread) {

    /** Of the first columns of rows. */
    static Polynomial of(Points rows, int columns, int degree) {
        double[] shift = new double[columns];
        double[] scale = new double[columns];
        for (int i = 0; i < columns; i++) {
            double[] moments = moments(rows, i);
            shift[i] = moments[0];
            scale[i] = moments[1] > 0 ? moments[1] : 1;
        }
        int terms = columns + (degree == 2 ? columns * (columns + 1) / 2 : 0);
        Polynomial raw = new Polynomial(shift, scale, degree, new double[terms], new double[terms]);
        Points values = Points.zeros(terms, rows.size());
        double[] row = new double[terms];
        for (int n = 0; n < rows.size(); n++) {
            raw.fill(raw.standardised(rows, n), row);
            for (int a = 0; a < terms; a++) {
                values.set(a, n, row[a]);
            }
        }
        for (int a = 0; a < terms; a++) {
            double[] moments = moments(values, a);
            raw.centre[a] = moments[0];
            raw.spread[a] = moments[1];
        }
        return raw;
    }

    private static double[] moments(Points x, int i) {
        double mean = 0;
        for (int n = 0; n < x.size(); n++) {
            mean += x.get(i, n) / x.size();
        }
        double square = 0;
        for (int n = 0; n < x.size(); n++) {
            square += (x.get(i, n) - mean) * (x.get(i, n) - mean) / x.size();
        }
        // Of equal numbers the mean is off by rounding.
        return new double[] {mean, square > 1e-24 * mean * mean ? Math.sqrt(square) : 0};
    }

    int terms() {
        return centre.length;
    }

    private double[] standardised(Points x, int n) {
        double[] u = new double[shift.length];
        for (int i = 0; i < u.length; i++) {
            u[i] = (x.get(i, n) - shift[i]) / scale[i];
        }
        return u;
    }

    private void fill(double[] u, double[] out) {
        int a = 0;
        for (double v : u) {
            out[a++] = v;
        }
        for (int i = 0; i < u.length && degree == 2; i++) {
            for (int j = 0; j <= i; j++) {
                out[a++] = u[i] * u[j];
            }
        }
    }

    /** Terms of mean 0 and deviation 1. */
    Points features(Points rows) {
        Points out = Points.zeros(terms(), rows.size());
        double[] row = new double[terms()];
        for (int n = 0; n < rows.size(); n++) {
            fill(standardised(rows, n), row);
            for (int a = 0; a < row.length; a++) {
                out.set(a, n, spread[a] == 0 ? 0 : (row[a] - centre[a]) / spread[a]);
            }
        }
        return out;
    }

    /** The fitted function. */
    Objective with(Ridge ridge) {
        double[] weights = new double[terms()];
        double constant = ridge.mean();
        for (int a = 0; a < weights.length; a++) {
            weights[a] = spread[a] == 0 ? 0 : ridge.coefficients()[a] / spread[a];
            constant -= weights[a] * centre[a];
        }
        double free = constant;
        return new Objective() {
            @Override
            public void value(Points x, double[] out) {
                double[] row = new double[terms()];
                for (int n = 0; n < x.size(); n++) {
                    fill(standardised(x, n), row);
                    out[n] = free;
                    for (int a = 0; a < row.length; a++) {
                        out[n] += weights[a] * row[a];
                    }
                }
            }

            @Override
            public void gradient(Points x, Points out) {
                for (int n = 0; n < x.size(); n++) {
                    double[] slope = slope(standardised(x, n), weights);
                    for (int i = 0; i < slope.length; i++) {
                        out.set(i, n, slope[i] / scale[i]);
                    }
                }
            }
        };
    }

    private double[] slope(double[] u, double[] weights) {
        double[] slope = new double[u.length];
        System.arraycopy(weights, 0, slope, 0, u.length);
        int a = u.length;
        for (int i = 0; i < u.length && degree == 2; i++) {
            for (int j = 0; j <= i; j++) {
                slope[i] += weights[a] * u[j];
                slope[j] += weights[a++] * u[i];
            }
        }
        return slope;
    }
}
