package org.eigendrift.engine.comparison;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import org.eigendrift.api.Points;
import org.eigendrift.api.metric.Posteriors;
import org.junit.jupiter.api.Test;

/** Ranks and levels of three draws, by hand, and codes of levels. */
class CalibrationTest {
    /** Of three draws two lie below the first truth, one below the second and one at it: (2 + 1/2) / 4 and (1 + 1/2 + 1/2) / 4. */
    @Test
    void theRankIsTheShareOfDrawsBelow() {
        Points truth = Points.ofRows(new double[] {7, 2.5}, new double[] {7, 2});
        List<Points> draws = List.of(
                Points.ofRows(new double[] {0, 1}, new double[] {0, 2}, new double[] {0, 3}),
                Points.ofRows(new double[] {0, 1}, new double[] {0, 2}, new double[] {0, 3}));
        double[][] drawnNats = {{-1, -2, -3}, {-1, -2, -3}};
        Calibration found =
                Calibration.of(new Posteriors(new int[] {1}, truth, draws, new double[] {-9, -2}, drawnNats));
        assertArrayEquals(new double[] {0.625, 0.5}, found.ranks()[0]);
        assertEquals(1, found.ranks().length);
        // A level is that of the region of more density: all of three draws are denser than the first truth.
        assertArrayEquals(new double[] {0.875, 0.5}, found.levels());
        assertEquals(0, found.covered(0.49));
        assertEquals(0.5, found.covered(0.5));
        assertEquals(1, found.covered(0.875));
    }

    /** Shares 0.1, 0.2 and 0.9: at 0.2 two thirds lie below or at it, so 0.4667 is the largest; of 0.8 alone it is 0.8. */
    @Test
    void theDistanceIsKolmogorovs() {
        assertEquals(2.0 / 3 - 0.2, Calibration.distance(new double[] {0.9, 0.1, 0.2}), 1e-15);
        assertEquals(0.8, Calibration.distance(new double[] {0.8}), 1e-15);
        assertEquals(0.7, Calibration.distance(new double[] {0.3}), 1e-15);
        double[] unsorted = {0.9, 0.1};
        Calibration.distance(unsorted);
        assertArrayEquals(new double[] {0.9, 0.1}, unsorted);
    }

    @Test
    void gapsAndWhatIsNoLevelHaveCodesOfTheirOwn() {
        assertEquals(0, LevelCodes.of(0, 3));
        assertEquals(2, LevelCodes.of(2, 3));
        assertEquals(3, LevelCodes.of(Double.NaN, 3));
        assertEquals(4, LevelCodes.of(3, 3));
        assertEquals(4, LevelCodes.of(-1, 3));
    }
}
