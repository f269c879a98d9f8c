package org.eigendrift.solvers.stationary;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Arrays;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.DoubleRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;

/** The distribution that Tsallis-INF draws from. */
final class TsallisInfTest {
    /** p_i = 4 / (eta (l_i - z))^2 with one z for all: 2 / (eta sqrt(p_i)) - l_i is the same for every i. */
    @Property(tries = 200)
    void solvesTheImplicitEquation(
            @ForAll @Size(min = 2, max = 30) double[] raw, @ForAll @DoubleRange(min = 0.1, max = 2) double eta) {
        double[] losses = Arrays.stream(raw)
                .map(v -> Double.isFinite(v) ? Math.abs(v % 50) : 0)
                .toArray();
        double[] p = new double[losses.length];
        TsallisInf.distribution(losses, 2, eta, p);
        assertEquals(1, Arrays.stream(p).sum(), 1e-12);
        double z = losses[0] / 2 - 2 / (eta * Math.sqrt(p[0]));
        for (int i = 0; i < p.length; i++) {
            // Newton's last step is below rounding of z, which is at most 25 + 2 sqrt(30) / 0.1 in size.
            assertEquals(z, losses[i] / 2 - 2 / (eta * Math.sqrt(p[i])), 1e-9 * (1 + Math.abs(z)));
        }
    }

    @Test
    void equalLossesAreDrawnAlike() {
        double[] p = new double[4];
        TsallisInf.distribution(new double[4], 1, 2, p);
        for (double probability : p) {
            assertEquals(0.25, probability, 1e-15);
        }
    }
}
