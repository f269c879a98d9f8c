package org.eigendrift.engine.basis;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import org.eigendrift.api.CounterRandom;
import org.junit.jupiter.api.Test;

/** Where the functions of a coordinate are trusted. */
class CoordinateBasisTest {
    private static final int ROWS = 1000;

    /**
     * The lower tail reaches to -1e9 or so and the upper one to 1e5: two parts in a hundred of the core's width, cut off at its
     * upper end, once left nothing of the bulk, and all functions were those of a single point.
     */
    @Test
    void theBulkIsTrustedHoweverSkewedTheTailsAre() {
        double[] rows = rows();
        CoordinateBasis coordinate = new CoordinateBasis(
                Families.eigenbasis("mean-field", 4, rows.clone()), new CoordinateBasis.Range(rows[0], rows[999]));
        assertTrue(coordinate.trusted().lower() <= rows[10], coordinate.trusted() + ", rows from " + rows[10]);
        assertTrue(coordinate.trusted().upper() >= rows[989], coordinate.trusted() + ", rows to " + rows[989]);
    }

    /** Sorted: Cauchy's law above its median, its square below. */
    private static double[] rows() {
        CounterRandom random = new CounterRandom(7);
        double[] rows = new double[ROWS];
        for (int n = 0; n < ROWS; n++) {
            double cauchy = Math.tan(Math.PI * (random.uniform(n, 0) - 0.5));
            rows[n] = cauchy < 0 ? -cauchy * cauchy : cauchy;
        }
        Arrays.sort(rows);
        return rows;
    }
}
