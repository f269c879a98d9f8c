package org.eigendrift.engine.atlas;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.eigendrift.api.Points;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The sum over turns against its definition. */
class WrappedNormalTest {
    /** From laws of which one image matters at a time, over those with two (up to 0.739), to those of nearly uniform angles. */
    @ParameterizedTest
    @ValueSource(doubles = {0.001, 0.05, 0.3, 0.6, 0.735, 0.745, 1, 1.5, 3, 2 * Math.PI})
    void imagesAreSummed(double deviation) {
        int count = 401;
        double mean = 5;
        Points angles = Points.zeros(1, count);
        double[] expected = new double[count];
        for (int n = 0; n < count; n++) {
            // Also those a turn or two away, and the point opposite to the mean.
            double angle = mean + 3 * Math.PI * (n - 200) / 200;
            angles.set(0, n, angle);
            double nearest = Math.IEEEremainder(angle - mean, 2 * Math.PI);
            double sum = 0;
            for (int m = -60; m <= 60; m++) {
                double y = (nearest + 2 * Math.PI * m) / deviation;
                sum += Math.exp(0.5 * nearest * nearest / (deviation * deviation) - 0.5 * y * y);
            }
            expected[n] = Math.log(sum) - 0.5 * nearest * nearest / (deviation * deviation);
        }
        double[] log = new double[count];
        new WrappedNormal(deviation).add(mean, angles, 0, count, log);
        for (int n = 0; n < count; n++) {
            // Exponents are right to a few roundings of their size, angles to one of 5 + 3 pi, each of which costs
            // pi / deviation^2 at most; images left out are below 2^-52.
            double rounding = 4e-16 * (Math.abs(expected[n]) + 15 * Math.PI / (deviation * deviation) + 1);
            assertEquals(expected[n], log[n], 4 * rounding, "angle " + angles.get(0, n));
        }
    }
}
