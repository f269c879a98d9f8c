package org.eigendrift.engine.check;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.eigendrift.api.Points;
import org.eigendrift.api.RunContext;
import org.eigendrift.api.data.Column;
import org.eigendrift.api.law.DrawRequest;
import org.eigendrift.api.law.Draws;
import org.eigendrift.api.law.Law;
import org.eigendrift.api.law.Provenance;
import org.eigendrift.api.law.Scores;
import org.eigendrift.api.plugin.PluginException;
import org.eigendrift.api.sampler.Outcome;
import org.junit.jupiter.api.Test;

/** Laws that answer what they should, and laws that do not. */
class CheckedLawTest {
    private static final RunContext RUN = RunContext.quiet(1);
    private static final List<Column> COLUMNS =
            List.of(Column.real("a"), Column.real("b").withGaps(true));
    private static final Provenance PROVENANCE = new Provenance("told", 9, List.of());
    private static final Points ROWS = Points.ofRows(new double[][] {{1, 2}, {3, Double.NaN}, {5, 6}});

    /** Gives what it is told to give. */
    private record Told(List<Column> columns, Provenance provenance, Scores scores, Draws draws) implements Law {
        @Override
        public Scores logDensity(Points x, RunContext run) {
            return scores;
        }

        @Override
        public Draws draw(DrawRequest request, RunContext run) {
            return draws;
        }
    }

    private static String scored(double... nats) {
        Law law = new Told(COLUMNS, PROVENANCE, new Scores(nats, 0), null);
        return assertThrows(PluginException.class, () -> CheckedLaw.logDensity(law, ROWS, RUN))
                .getMessage();
    }

    private static String drawn(Draws draws) {
        Law law = new Told(COLUMNS, PROVENANCE, null, draws);
        return assertThrows(PluginException.class, () -> CheckedLaw.draw(law, DrawRequest.of(3), RUN))
                .getMessage();
    }

    private static Draws rows(double[]... rows) {
        return new Draws(Points.ofRows(rows), new Outcome(1, 0, 0));
    }

    @Test
    void aLawHasTheColumnsThatItWasAskedForAndAProvenance() {
        Law right = new Told(COLUMNS, PROVENANCE, null, null);
        assertSame(right, CheckedLaw.of("a plugin", right, COLUMNS));
        Law other = new Told(List.of(Column.real("a")), PROVENANCE, null, null);
        String columns = assertThrows(PluginException.class, () -> CheckedLaw.of("a plugin", other, COLUMNS))
                .getMessage();
        assertTrue(columns.contains("made a law of the columns [a]; expected [a, b]"), columns);
        Law none = new Told(null, PROVENANCE, null, null);
        String missing = assertThrows(PluginException.class, () -> CheckedLaw.of("a plugin", none, COLUMNS))
                .getMessage();
        assertTrue(missing.contains("made a law of the columns null"), missing);
        Law silent = new Told(COLUMNS, null, null, null);
        String silence = assertThrows(PluginException.class, () -> CheckedLaw.of("a plugin", silent, COLUMNS))
                .getMessage();
        assertTrue(silence.contains("made a law without provenance"), silence);
    }

    @Test
    void aRowHasALogDensity() {
        Scores scores = new Scores(new double[] {-1, Double.NEGATIVE_INFINITY, 0}, 0.5);
        assertSame(scores, CheckedLaw.logDensity(new Told(COLUMNS, PROVENANCE, scores, null), ROWS, RUN));
        assertTrue(scored(1, 2).contains("gave 2 log-densities for 3 rows"), scored(1, 2));
        assertTrue(scored((double[]) null).contains("gave 0 log-densities for 3 rows"));
        Law none = new Told(COLUMNS, PROVENANCE, null, null);
        assertTrue(assertThrows(PluginException.class, () -> CheckedLaw.logDensity(none, ROWS, RUN))
                .getMessage()
                .contains("gave 0 log-densities for 3 rows"));
        assertTrue(scored(1, 2, Double.NaN).contains("gave row 3 the log-density NaN"), scored(1, 2, Double.NaN));
        Law negative = new Told(COLUMNS, PROVENANCE, new Scores(new double[3], -1), null);
        assertTrue(assertThrows(PluginException.class, () -> CheckedLaw.logDensity(negative, ROWS, RUN))
                .getMessage()
                .contains("estimated the error -1.0 of a mean log-density"));
        Scores unknown = new Scores(new double[3], Double.NaN);
        assertSame(unknown, CheckedLaw.logDensity(new Told(COLUMNS, PROVENANCE, unknown, null), ROWS, RUN));
        assertTrue(scored(Double.POSITIVE_INFINITY, 2, 3).contains("gave row 1 the log-density Infinity"));
    }

    @Test
    void drawsAreRows() {
        Draws right = new Draws(ROWS, new Outcome(4, 2, 1), List.of("a remark"));
        Draws found = CheckedLaw.draw(new Told(COLUMNS, PROVENANCE, null, right), DrawRequest.of(3), RUN);
        assertSame(ROWS, found.rows());
        assertEquals(right.outcome(), found.outcome());
        assertEquals(right.remarks(), found.remarks());
        String nothing = "returned null for rows, their cost or remarks";
        assertTrue(drawn(null).contains(nothing));
        assertTrue(drawn(new Draws(null, new Outcome(1, 0, 0))).contains(nothing));
        assertTrue(drawn(new Draws(ROWS, null)).contains(nothing));
        assertTrue(drawn(new Draws(ROWS, new Outcome(1, 0, 0), null)).contains(nothing));
    }

    /** A gap is one in a column that has some; infinity is a number of none. */
    @Test
    void asManyAsAskedForAndOfFiniteNumbers() {
        String few = drawn(rows(new double[] {1, 2}, new double[] {3, 4}));
        assertTrue(few.contains("drew 2 rows of 2 columns; expected 3 of 2"), few);
        String narrow = drawn(rows(new double[] {1}, new double[] {3}, new double[] {5}));
        assertTrue(narrow.contains("drew 3 rows of 1 columns; expected 3 of 2"), narrow);
        String gap = drawn(rows(new double[] {1, 2}, new double[] {Double.NaN, 4}, new double[] {5, 6}));
        assertTrue(gap.endsWith("drew NaN in column 'a' of row 2; expected finite numbers"), gap);
        String infinite =
                drawn(rows(new double[] {1, 2}, new double[] {3, 4}, new double[] {5, Double.NEGATIVE_INFINITY}));
        assertTrue(
                infinite.endsWith("drew -Infinity in column 'b' of row 3; expected finite numbers, or NaN for a gap"),
                infinite);
    }
}
