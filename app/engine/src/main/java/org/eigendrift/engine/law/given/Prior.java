package org.eigendrift.engine.law.given;

import java.util.Arrays;

/**
 * What was known of the modelled columns before anything was given: each is uniform between bounds, or normal with others, and perhaps
 * its logarithm is. Its coordinates are logarithms of the columns that have one, else the columns themselves.
 *
 * @param lower of each coordinate, negative infinity where it is normal; shared
 * @param upper of each coordinate, infinity where it is normal; shared
 * @param coordinates which columns have logarithms
 * @param mean of each normal coordinate, else 0; shared
 * @param precision of the normal coordinates, row-major, 0 where one is uniform; shared
 * @param logConstant what is added to the exponent
 */
record Prior(
        double[] lower,
        double[] upper,
        Coordinates coordinates,
        double[] mean,
        double[] precision,
        double logConstant) {

    /** The log-density of the columns, by their coordinates and without the change of units from these. */
    double logDensity(double[] u) {
        if (!new Walls(lower, upper).hold(u)) {
            return Double.NEGATIVE_INFINITY;
        }
        int dim = u.length;
        double sum = logConstant;
        for (int i = 0; i < dim; i++) {
            for (int j = 0; j < dim; j++) {
                sum -= 0.5 * precision[i * dim + j] * (u[i] - mean[i]) * (u[j] - mean[j]);
            }
        }
        return sum;
    }

    /** The same in units of a scaling; bounds are no longer told. */
    Prior in(Scaling units) {
        int dim = mean.length;
        double[] scaled = precision.clone();
        for (int i = 0; i < dim; i++) {
            for (int j = 0; j < dim; j++) {
                scaled[i * dim + j] *= units.scale()[i] * units.scale()[j];
            }
        }
        return new Prior(lower, upper, coordinates, units.to(mean), scaled, logConstant);
    }

    /** Of P and the mean m of the normal coordinates, P m. */
    double[] pull() {
        int dim = mean.length;
        double[] out = new double[dim];
        Arrays.setAll(out, i -> {
            double sum = 0;
            for (int j = 0; j < dim; j++) {
                sum += precision[i * dim + j] * mean[j];
            }
            return sum;
        });
        return out;
    }
}
