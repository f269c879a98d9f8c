package org.eigendrift.engine.metric;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Arrays;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.DoubleRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;

class QuantilesTest {

    @Property
    void medianIsThatOfTheSortedValues(
            @ForAll @Size(min = 1, max = 40) double @DoubleRange(min = -3, max = 3) [] values) {
        double[] sorted = values.clone();
        Arrays.sort(sorted);
        int n = sorted.length;
        double expected = n % 2 == 1 ? sorted[n / 2] : (sorted[n / 2 - 1] + sorted[n / 2]) / 2;
        assertEquals(expected, Quantiles.median(values.clone()));
    }

    @Test
    void medianOfTies() {
        assertEquals(1, Quantiles.median(new double[] {1, 1, 1, 1}));
        assertEquals(1.5, Quantiles.median(new double[] {2, 1, 2, 1}));
    }

    /** NumPy's values for the first coordinate of the recorded rows, with unequal and with equal sizes. */
    @Test
    void transportAgreesWithNumPy() {
        double[] x = Recorded.SAMPLES.column(0);
        double[] y = Recorded.REFERENCE.column(0);
        assertEquals(0.241175, Quantiles.wasserstein1(x, y), 1e-12);
        assertEquals(0.26292, Quantiles.wasserstein1(Arrays.copyOf(x, 200), y), 1e-12);
    }

    /** Moving two of four unit masses by 3 costs 3 / 2 a mass, or 9 / 2 squared. */
    @Test
    void transportByHand() {
        double[] a = {0, 1, 2, 3};
        double[] b = {0, 1, 5, 6};
        assertEquals(1.5, Quantiles.transport(a, b, false));
        assertEquals(4.5, Quantiles.transport(a, b, true));
    }
}
