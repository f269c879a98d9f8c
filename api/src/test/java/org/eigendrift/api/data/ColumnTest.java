package org.eigendrift.api.data;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.eigendrift.api.data.Column.Ends;
import org.eigendrift.api.data.Column.Format;
import org.eigendrift.api.data.Column.Kind;
import org.eigendrift.api.data.Column.Span;
import org.junit.jupiter.api.Test;

class ColumnTest {

    @Test
    void numericColumnsKnowNothingBesideKindAndBounds() {
        assertEquals(new Column("x", Kind.POSITIVE, 0, Double.POSITIVE_INFINITY), Column.positive("x"));
        for (Column column : List.of(
                Column.real("x"), Column.positive("x"), Column.bounded("x", -1, 2), Column.angle("x", 0, 360))) {
            assertTrue(column.smooth());
            assertEquals(Format.PLAIN, column.format());
            assertEquals(List.of(), column.levels());
            assertFalse(column.withGaps(true).smooth());
            assertFalse(column.withAtoms(0.5).smooth());
        }
    }

    @Test
    void valuesOfEachKind() {
        Column day = Column.date("d", 10, 20);
        assertTrue(day.allows(10) && day.allows(20));
        assertFalse(day.allows(9) || day.allows(21) || day.allows(10.5));
        Column level = Column.category("c", List.of("a", "b", "c"));
        assertTrue(level.allows(0) && level.allows(2));
        assertFalse(level.allows(3) || level.allows(-1) || level.allows(0.5), "3 is a level that there is not");
        assertTrue(Column.positive("p").allows(Double.MIN_VALUE));
        assertFalse(Column.positive("p").allows(0));
        assertTrue(Column.nonNegative("p").allows(0));
        assertFalse(Column.nonNegative("p").allows(-1e-300) || Column.real("x").allows(Double.POSITIVE_INFINITY));
        Column count = Column.integer("n", 0, 9).withAtoms(99999);
        assertTrue(count.allows(99999) && count.allows(9));
        assertFalse(count.allows(10) || count.allows(0.5) || count.allows(Double.NaN));
        assertTrue(count.withGaps(true).allows(Double.NaN));
        assertFalse(Column.time("t").allows(86_400));
        assertTrue(Column.time("t").allows(86_399.5));
    }

    @Test
    void levelsThatAreNumbers() {
        assertEquals(
                List.of(-1.0, 0.5, 2000.0),
                Column.ordered("c", List.of("-1", ".5", "2e3")).numbers());
        assertEquals(1, Column.ordered("c", List.of("-1", ".5", "2e3")).level("0.50"));
        assertEquals(
                List.of(), Column.ordered("c", List.of("1", "2", "3 or more")).numbers());
        assertEquals(List.of(), Column.real("c").numbers());
    }

    @Test
    void whatDoesNotFitIsRefused() {
        List<Runnable> wrong = List.of(
                () -> Column.category("c", List.of("a", "a")),
                () -> Column.category("c", List.of()),
                () -> Column.real("c").withLevels(List.of("a")),
                () -> Column.bool("c", "no", "no"),
                () -> Column.bool("c", "no", "yes").withLevels(List.of("no", "maybe", "yes")),
                () -> Column.category("c", List.of("a", "b")).withAtoms(1),
                () -> Column.real("c").withAtoms(1, 1),
                () -> Column.real("c").withAtoms(Double.NaN),
                () -> Column.real("c").withStep(-1),
                () -> Column.integer("c", 3, 2),
                () -> Column.bounded("c", 2, 2),
                () -> Column.real(" "));
        for (Runnable one : wrong) {
            assertThrows(IllegalArgumentException.class, one::run);
        }
        assertEquals(7, Column.integer("constant", 7, 7).lower());
        assertEquals(0, Column.category("constant", List.of("only")).upper());
    }

    @Test
    void listsAreCopied() {
        List<String> levels = new ArrayList<>(List.of("a", "b"));
        Column column = Column.category("c", levels);
        levels.set(0, "z");
        assertEquals(List.of("a", "b"), column.levels());
        assertEquals(List.of(-1.0, 0.0), Column.real("x").withAtoms(0, -1).atoms());
    }

    @Test
    void everythingElseIsKeptWhenOneThingChanges() {
        Column full = new Column(
                "c",
                Kind.ORDERED,
                0,
                1,
                Ends.CLOSED,
                1,
                List.of("a", "b"),
                List.of(),
                true,
                new Format("ordered", "", "NA"),
                new Span(0, 1));
        assertEquals(full, full.withObserved(Span.EVERYWHERE).withObserved(full.observed()));
        assertEquals(full, full.withGaps(false).withGaps(true));
        assertEquals(full, full.withLevels(List.of("x", "y", "z")).withLevels(List.of("a", "b")));
        assertEquals(full, full.withFormat(Format.PLAIN).withFormat(full.format()));
        assertEquals(full, full.withStep(2).withStep(1).withEnds(Ends.OPEN).withEnds(Ends.CLOSED));
    }

    @Test
    void whatIsWrittenWithinWhatWasSeenIsObserved() {
        Column tenths = Column.real("x").withStep(0.1).withObserved(new Span(1.1, 2.3));
        // Written as 1.1 and 2.3, 1.0 and 2.4.
        assertTrue(tenths.observes(1.0501) && tenths.observes(2.3499) && tenths.observes(Double.NaN));
        assertFalse(tenths.observes(1.0499) || tenths.observes(2.3501));
        assertTrue(Column.real("x").observes(-1e300));
        assertEquals(
                new Span(3, 7), Column.integer("n", 3, 7).withEnds(Ends.OPEN).within());
        assertEquals(Span.EVERYWHERE, Column.integer("n", 3, 7).within());
        assertEquals(tenths.observed(), tenths.within());
        assertTrue(Column.agree(List.of(tenths), List.of(tenths.withObserved(new Span(0, 9)))));
    }

    @Test
    void boundsAreDeclaredOrOfTheKind() {
        assertEquals(new Span(3, 7), Column.integer("n", 3, 7).bounds());
        assertEquals(new Span(0, 86_400), Column.time("t").bounds());
        assertEquals(
                new Span(0, Double.POSITIVE_INFINITY),
                Column.integer("n", 0, 7).withEnds(Ends.OPEN).bounds());
        Column degrees = Column.integer("n", -1, 7).withEnds(Ends.OPEN);
        assertEquals(Span.EVERYWHERE, degrees.bounds());
        assertTrue(degrees.allows(99) && degrees.allows(-99));
        assertFalse(degrees.allows(0.5) || degrees.allows(Double.POSITIVE_INFINITY));
        assertEquals(Span.EVERYWHERE, Column.date("d", 5, 9).withEnds(Ends.OPEN).bounds());
        assertTrue(Column.positive("x").allows(Double.MIN_VALUE));
        assertFalse(Column.positive("x").allows(0) || Column.time("t").allows(86_400));
    }

    @Test
    void momentsAreThoseOfLawsOfRealNumbersToo() {
        Column days = Column.real("d").withFormat(new Format("date", "dd.MM.yyyy", ""));
        assertEquals(Optional.of(Kind.DATE), days.moment());
        assertEquals(Optional.of(Kind.TIME), Column.time("t").moment());
        assertEquals(
                Optional.of(Kind.DATE_TIME),
                Column.real("m").withFormat(new Format("date-time", "", "")).moment());
        assertEquals(Optional.empty(), Column.real("x").moment());
        assertEquals(Optional.empty(), Column.integer("n", 0, 1).moment());
    }

    @Test
    void spansHaveEnds() {
        Span span = new Span(-1, 2);
        assertTrue(span.contains(-1) && span.contains(2));
        assertFalse(span.contains(Math.nextUp(2.0)) || span.contains(Double.NaN));
        assertEquals(2, span.nearest(5));
        assertEquals(-1, span.nearest(-5));
        assertEquals(0.5, span.nearest(0.5));
        assertEquals(new Span(-3, 2), span.union(new Span(-3, 0)));
        assertThrows(IllegalArgumentException.class, () -> new Span(1, 0));
        assertThrows(IllegalArgumentException.class, () -> new Span(Double.NaN, 0));
    }
}
