package org.eigendrift.cli.report;

import java.util.Optional;
import java.util.OptionalDouble;

/**
 * A row beside what samples make of its observation. The arrays have a number for each column and are only read.
 *
 * @param truth the row itself, if it is known
 * @param seen what the observation says of each column by itself; NaN of columns of which it says nothing
 * @param mean of the samples
 * @param deviation of the samples
 * @param low the 5 % quantile of the samples
 * @param high the 95 % quantile
 * @param draw one sample
 * @param gaussian mean of a Gaussian of the training rows given the same observation, of affine operators
 * @param misfit root mean square residual of the samples
 * @param effective the smallest effective sample size, if particles were moved
 */
public record Reconstruction(
        Optional<double[]> truth,
        double[] seen,
        double[] mean,
        double[] deviation,
        double[] low,
        double[] high,
        double[] draw,
        Optional<double[]> gaussian,
        double misfit,
        OptionalDouble effective) {}
