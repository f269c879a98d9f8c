package org.eigendrift.engine.law.given;

/**
 * The modelled columns as they are modelled: as they are, or by their logarithms.
 *
 * @param logarithmic of each column whether its logarithm is modelled; shared
 */
record Coordinates(boolean[] logarithmic) {

    /** Coordinates of columns that are modelled as they are. */
    static Coordinates plain(int columns) {
        return new Coordinates(new boolean[columns]);
    }

    double[] to(double[] a) {
        double[] u = a.clone();
        for (int i = 0; i < u.length; i++) {
            u[i] = to(i, a[i]);
        }
        return u;
    }

    double to(int i, double value) {
        return logarithmic[i] ? Math.log(value) : value;
    }

    double from(int i, double value) {
        return logarithmic[i] ? Math.exp(value) : value;
    }

    /** What is added to a log-density of the coordinates for one of the columns. */
    double logJacobian(double[] u) {
        double sum = 0;
        for (int i = 0; i < u.length; i++) {
            sum -= logarithmic[i] ? u[i] : 0;
        }
        return sum;
    }

    /** Those of some columns. */
    Coordinates of(int[] columns) {
        boolean[] some = new boolean[columns.length];
        for (int i = 0; i < some.length; i++) {
            some[i] = logarithmic[columns[i]];
        }
        return new Coordinates(some);
    }
}
