package org.eigendrift.bases.marginal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.apache.commons.numbers.gamma.Erfc;
import org.eigendrift.api.CounterRandom;
import org.junit.jupiter.api.Test;

class ConditionalDensityTest {
    private static final int FINE = 64;

    private static double[] uniform(int rows, int lane) {
        CounterRandom random = new CounterRandom(4);
        return IntStream.range(0, rows)
                .mapToDouble(n -> random.uniform(n, lane))
                .toArray();
    }

    /** In each of 64 intervals of the given column the other lies in one half, or in the other, at random. */
    private static double[] checkered(double[] given) {
        CounterRandom random = new CounterRandom(8);
        double[] values = uniform(given.length, 1);
        for (int n = 0; n < values.length; n++) {
            values[n] = 0.5 * (values[n] + side(random, given[n]));
        }
        return values;
    }

    private static int side(CounterRandom random, double given) {
        return (int) (random.bits((int) (given * FINE), 5) & 1);
    }

    @Test
    void fineStructureIsFound() {
        double[] given = uniform(20_000, 0);
        ConditionalDensity.Found found =
                ConditionalDensity.of(given, checkered(given)).orElseThrow();
        // log 2 a row, less the choice among trees: a bit for each of at most 127 intervals, and for each leaf one
        // share known
        // to log(n) / 2 of its n = 20000 / 64 rows, and two bits for its two levels.
        assertTrue(found.gain() < 20_000 * Math.log(2));
        assertTrue(
                found.gain() > 20_000 * Math.log(2) - 127 * Math.log(2) - 64 * (0.5 * Math.log(320) + 2 * Math.log(2)));
        double[] starts = found.density().starts();
        // Neighbours alike may share an interval; others are not divided further.
        assertTrue(starts.length > 20 && starts.length <= FINE, starts.length + " intervals");
        CounterRandom random = new CounterRandom(8);
        List<DyadicDensity> densities = found.density().densities();
        for (int k = 0; k < starts.length; k++) {
            // All rows of the leaf, 200 and more, lie in one half; what is left to the other is half a row.
            DyadicDensity density = densities.get(k);
            double share = 0;
            for (int cell = 0; cell < density.cells(); cell++) {
                if ((density.edge(cell) >= 0.5) == (side(random, starts[k]) == 1)) {
                    share += density.height(cell) * (density.edge(cell + 1) - density.edge(cell));
                }
            }
            assertEquals(1, share, 1.0 / 200);
        }
    }

    /** The sum over all trees, row by row: the chain rule with urns, as in the test of densities. */
    @Test
    void theGainIsARatioOfEvidences() {
        double[] given = uniform(300, 0);
        double[] values = checkered(given);
        double own = Math.log(DyadicDensityTest.evidence(values, 0, 1, 9 + 6));
        double full = evidence(given, values, 0, 1, 9);
        double gain = ConditionalDensity.of(given, values).orElseThrow().gain();
        assertEquals(full - own, gain, 1e-9 * Math.abs(full));
    }

    private static double evidence(double[] given, double[] values, double left, double width, int level) {
        int[] inside = IntStream.range(0, given.length)
                .filter(n -> given[n] >= left && given[n] < left + width)
                .toArray();
        double[] own = Arrays.stream(inside).mapToDouble(n -> values[n]).toArray();
        int bits = Integer.SIZE - Integer.numberOfLeadingZeros(inside.length);
        double alone = DyadicDensityTest.evidence(own, 0, 1, bits + 6);
        if (level == 0 || inside.length < 2) {
            return Math.log(alone);
        }
        double half = 0.5 * width;
        double both =
                evidence(given, values, left, half, level - 1) + evidence(given, values, left + half, half, level - 1);
        return Math.log(0.5 * alone + 0.5 * Math.exp(both));
    }

    /** Sixteen intervals show most of a normal dependence; smooth functions describe it better. */
    @Test
    void smoothDependenceIsLeftAlone() {
        CounterRandom random = new CounterRandom(6);
        for (double correlation : new double[] {0, 0.3, 0.7, 0.99}) {
            double[] given = new double[20_000];
            double[] values = new double[given.length];
            for (int n = 0; n < given.length; n++) {
                double z = random.normal(n, 0);
                double y = correlation * z + Math.sqrt(1 - correlation * correlation) * random.normal(n, 1);
                given[n] = 0.5 * Erfc.value(-z / Math.sqrt(2));
                values[n] = 0.5 * Erfc.value(-y / Math.sqrt(2));
            }
            assertTrue(ConditionalDensity.of(given, values).isEmpty(), "correlation " + correlation);
        }
    }

    @Test
    void aFewRowsOrAConstantFindNothing() {
        assertTrue(ConditionalDensity.of(new double[] {0.3}, new double[] {0.1}).isEmpty());
        double[] same = new double[100];
        Arrays.fill(same, 0.5);
        assertTrue(ConditionalDensity.of(same, uniform(100, 0)).isEmpty());
        assertTrue(ConditionalDensity.of(uniform(100, 0), same).isEmpty());
    }
}
