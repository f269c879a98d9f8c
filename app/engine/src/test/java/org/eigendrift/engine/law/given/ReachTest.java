package org.eigendrift.engine.law.given;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.eigendrift.api.data.Column;
import org.junit.jupiter.api.Test;

/** What is asked beyond the rows of a fit: a known column from 0 to 10 of deviation 2, one whose logarithm lies from 0 to 2, of deviation 1/2. */
class ReachTest {
    private static final List<Column> COLUMNS =
            List.of(Column.real("y"), Column.real("straight"), Column.positive("log"), Column.real("same"));

    private static List<String> remarks(long rows, double straight, double log, double same) {
        Known known = new Known(
                new Coordinates(List.of(Bend.PLAIN, Bend.LOGARITHM, Bend.PLAIN)),
                new Scaling(new double[] {5, 1, 0}, new double[] {2, 0.5, 1}));
        Regressions regressions = new Regressions(
                new int[] {0}, new int[] {1, 2, 3}, Coordinates.plain(1), null, known, null, null, null);
        double[][] kept = {{4, 2, 7}, {0, Math.exp(2), 7}, {10, 1, 7}};
        return new Reach(COLUMNS, regressions, new Kept(kept, new double[] {1, 1, 1}), rows)
                .remarks(new double[] {Double.NaN, straight, log, same});
    }

    @Test
    void withinTheRowsAndADeviationBeyondNothingIsSaid() {
        assertEquals(List.of(), remarks(3, 5, 3, 7));
        assertEquals(List.of(), remarks(3, 0, Math.exp(2), 7));
        // To a deviation, the last bit of it too.
        assertEquals(List.of(), remarks(3, 12, Math.exp(2.49), 7));
        assertEquals(List.of(), remarks(3, -2, Math.exp(-0.49), 7));
    }

    @Test
    void fartherTheLawIsExtrapolated() {
        assertEquals(
                List.of(
                        "column 'straight' lies between 0 and 10 in all rows of the fit, and 12.5 is 1.25 deviations beyond: the law is extrapolated"),
                remarks(3, 12.5, 3, 7));
        assertEquals(
                List.of(
                        "column 'straight' lies between 0 and 10 in all rows of the fit, and -3 is 1.50 deviations beyond: the law is extrapolated"),
                remarks(3, -3, 3, 7));
    }

    /** As the column is modelled: e^3 is two deviations of the logarithm beyond e^2. */
    @Test
    void deviationsAreThoseOfTheBentColumn() {
        List<String> said = remarks(3, 5, Math.exp(3), 7);
        assertEquals(1, said.size());
        assertTrue(said.get(0).contains(" is 2.00 deviations beyond"), said.get(0));
    }

    @Test
    void whatNeverVariedIsNotKnown() {
        assertEquals(
                List.of(
                        "column 'same' is 7 in the 3 rows that the model keeps: what another value of it would change, the model cannot know, and it answers as for that one"),
                remarks(4, 5, 3, 7.5));
    }

    @Test
    void eachColumnIsSaidByItself() {
        assertEquals(3, remarks(3, 50, 50, 50).size());
    }
}
