package org.eigendrift.engine.law.table;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.eigendrift.api.CounterRandom;
import org.eigendrift.engine.law.table.CellScale.Cell;
import org.eigendrift.engine.law.table.CellScale.Kind;
import org.eigendrift.engine.law.table.CellScale.Spec;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Columns cut into cells: laws within cells by brute force, and cells of rows counted by hand. */
class CellScaleTest {
    private static final double INFINITE = Double.POSITIVE_INFINITY;

    /** Cells of a tail are looked at so far: e^-40 of it lies beyond. */
    private static final double FAR = 40;

    private static Spec numbers(double step, double lower, double upper, boolean measured, Double... atoms) {
        return new Spec(false, 0, step, lower, upper, measured, List.of(atoms));
    }

    /** A column, as few and as many rows. */
    private record Column(String name, Spec spec, double[] rows) {
        CellScale scale() {
            return CellScale.of(spec, rows, 12);
        }

        @Override
        public String toString() {
            return name + " of " + rows.length;
        }
    }

    /** Skewed numbers with one value that is repeated, in steps if there are any, in bounds, and gaps. */
    private static double[] rows(Spec spec, int count, boolean gaps) {
        CounterRandom random = new CounterRandom(6);
        double[] rows = new double[count];
        for (int n = 0; n < count; n++) {
            double x = n % 7 == 0 ? 3 : Math.exp(1 + 0.8 * random.normal(n, 0));
            x = spec.step() > 0 ? Math.rint(x / spec.step()) * spec.step() : x;
            rows[n] = gaps && n % 11 == 0 ? Double.NaN : Math.max(spec.lower(), Math.min(spec.upper(), x));
        }
        return rows;
    }

    static Stream<Column> columns() {
        List<Column> columns = new ArrayList<>();
        for (int count : new int[] {40, 3000}) {
            Spec real = numbers(0, -INFINITE, INFINITE, true);
            Spec bounded = numbers(0, 0, 9, true, 3.0);
            Spec tenths = numbers(0.1, 0, INFINITE, true, 3.0);
            Spec whole = numbers(1, 0, 25, false);
            Spec open = numbers(1, -INFINITE, INFINITE, false);
            columns.add(new Column("real", real, rows(real, count, false)));
            columns.add(new Column("bounded, with gaps", bounded, rows(bounded, count, true)));
            columns.add(new Column("tenths", tenths, rows(tenths, count, false)));
            columns.add(new Column("whole numbers to 25, with gaps", whole, rows(whole, count, true)));
            columns.add(new Column("whole numbers", open, rows(open, count, false)));
        }
        return columns.stream();
    }

    /** Ends of where a cell's law is looked at. */
    private static double[] ends(Spec spec, Cell cell) {
        double scale = cell.high() - cell.low();
        return switch (cell.kind()) {
            case BELOW -> new double[] {Math.max(spec.lower(), cell.high() - FAR * scale), cell.high()};
            case ABOVE -> new double[] {cell.low(), Math.min(spec.upper(), cell.low() + FAR * scale)};
            default -> new double[] {cell.low(), cell.high()};
        };
    }

    /** The probability that a cell's law gives to a range: a sum over steps, or the integral by the middles of many pieces. */
    private static double mass(CellScale scale, int c, double lower, double upper) {
        Spec spec = scale.spec();
        Cell cell = scale.cells().get(c);
        double[] ends = ends(spec, cell);
        double sum = 0;
        if (cell.kind() == Kind.POINT) {
            double unit = spec.measured() && spec.step() > 0 && !spec.atoms().contains(cell.low()) ? spec.step() : 1;
            return cell.low() >= lower && cell.low() <= upper ? unit * Math.exp(scale.logWithin(c, cell.low())) : 0;
        }
        if (spec.step() > 0) {
            double unit = spec.measured() ? spec.step() : 1;
            boolean below = cell.kind() == Kind.BELOW;
            int steps = (int) Math.floor((ends[1] - ends[0]) / spec.step() + 1e-6);
            for (int k = below || cell.kind() == Kind.ABOVE ? 1 : 0; k <= steps; k++) {
                double value = below ? ends[1] - k * spec.step() : ends[0] + k * spec.step();
                boolean inside = value >= lower - 1e-6 * spec.step() && value <= upper + 1e-6 * spec.step();
                sum += inside ? unit * Math.exp(scale.logWithin(c, value)) : 0;
            }
            return sum;
        }
        double from = Math.max(lower, ends[0]);
        double to = Math.min(upper, ends[1]);
        int pieces = 20_000;
        for (int k = 0; k < pieces && to > from; k++) {
            double width = (to - from) / pieces;
            sum += width * Math.exp(scale.logWithin(c, from + (k + 0.5) * width));
        }
        return sum;
    }

    /** Of 300 rows with a quarter of gaps and an eighth of zeros these are the shares, whatever may stand between the other numbers. */
    @Test
    void gapsAndAtomsHaveTheSharesOfTheRows() {
        CounterRandom random = new CounterRandom(6);
        double[] rows = new double[304];
        for (int n = 0; n < rows.length; n++) {
            rows[n] = n % 4 == 0 ? Double.NaN : n % 8 == 1 ? 0 : Math.rint(10 * (50 + 20 * random.normal(n, 0))) / 10;
        }
        Spec spec = new Spec(false, 0, 0.1, -INFINITE, INFINITE, true, List.of(0.0));
        CellScale scale = CellScale.of(spec, rows, 512);
        double[] edges = scale.edges();
        assertEquals(0.25, edges[1], 1e-12);
        int zero = scale.cell(0);
        assertEquals(0.125, edges[zero + 1] - edges[zero], 1e-12);
    }

    /** Tails are cut at e^-40; middles of 20,000 pieces of forty scales err by (1 / 500)^2 / 24. */
    @ParameterizedTest
    @MethodSource("columns")
    void theLawOfEveryCellIsNormalised(Column column) {
        CellScale scale = column.scale();
        for (int c = scale.hasGap() ? 1 : 0; c < scale.size(); c++) {
            assertEquals(
                    1,
                    mass(scale, c, -INFINITE, INFINITE),
                    1e-6,
                    "cell " + scale.cells().get(c));
        }
        assertEquals(0, scale.hasGap() ? scale.logWithin(0, Double.NaN) : 0);
    }

    @ParameterizedTest
    @MethodSource("columns")
    void sharesOfRangesAreThoseOfTheCellsLaw(Column column) {
        CellScale scale = column.scale();
        for (int c = scale.hasGap() ? 1 : 0; c < scale.size(); c++) {
            double[] ends = ends(column.spec(), scale.cells().get(c));
            double width = Math.min(
                    ends[1] - ends[0],
                    8 * (scale.cells().get(c).high() - scale.cells().get(c).low()));
            double start = scale.cells().get(c).kind() == Kind.BELOW ? ends[1] - width : ends[0];
            for (double[] range : new double[][] {{-1, 2}, {0.2, 0.55}, {0.5, 2}, {-1, 0.3}, {1.1, 2}, {-1, -0.1}}) {
                double lower = start + range[0] * width;
                double upper = start + range[1] * width;
                assertEquals(
                        mass(scale, c, lower, upper),
                        scale.share(c, lower, upper),
                        2e-6,
                        scale.cells().get(c) + " from " + lower + " to " + upper);
            }
            assertEquals(1, scale.share(c, -INFINITE, INFINITE), 1e-12);
        }
        if (scale.hasGap()) {
            assertEquals(0, scale.share(0, -INFINITE, INFINITE));
        }
    }

    /** Every row has a cell whose law it belongs to; so has every value that is drawn. */
    @ParameterizedTest
    @MethodSource("columns")
    void rowsAndDrawsLieInTheirCells(Column column) {
        CellScale scale = column.scale();
        double[] counts = new double[scale.size()];
        for (double value : column.rows()) {
            int c = scale.cell(value);
            assertTrue(c >= 0, value + " has no cell");
            counts[c]++;
            Kind kind = scale.cells().get(c).kind();
            assertEquals(Double.isNaN(value), kind == Kind.GAP);
            assertTrue(kind != Kind.BELOW && kind != Kind.ABOVE, value + " is beyond what was seen");
        }
        int seen =
                (int) Arrays.stream(column.rows()).filter(v -> !Double.isNaN(v)).count();
        double tails = seen >= 2000 ? 2 : 0.5;
        double part = part(scale, counts, column.spec());
        for (int c = 0; c < scale.size(); c++) {
            Cell cell = scale.cells().get(c);
            boolean whole =
                    cell.kind() == Kind.GAP || column.spec().atoms().contains(cell.low()) && cell.kind() == Kind.POINT;
            if (whole || cell.kind() == Kind.POINT) {
                assertEquals((whole ? 1 : part) * counts[c], cell.mass(), 1e-9 * counts[c], "rows of " + cell);
            }
            if (cell.kind() == Kind.BELOW || cell.kind() == Kind.ABOVE) {
                assertEquals(part * tails, cell.mass(), 1e-12);
            }
            for (double uniform : new double[] {1e-9, 0.3, 0.5, 0.9, 1 - 1e-9}) {
                double value = scale.value(c, uniform);
                boolean tail = cell.kind() == Kind.BELOW || cell.kind() == Kind.ABOVE;
                // Tails are drawn as the end of what was seen, which is a cell of its own.
                assertEquals(
                        tail ? scale.cell(cell.kind() == Kind.BELOW ? cell.high() : cell.low()) : c, scale.cell(value));
            }
        }
        // Room between cells counts for less than half a row each, before all that is no atom makes room for it.
        double mass = scale.cells().stream().mapToDouble(Cell::mass).sum();
        assertEquals(column.rows().length, mass, 1e-9 * column.rows().length);
        long atoms = Arrays.stream(column.rows())
                .filter(v -> column.spec().atoms().contains(v))
                .count();
        double others = seen - atoms;
        assertTrue(part <= 1 && part > others / (others + 2 * tails + 0.5 * scale.size()), part + " of " + others);
    }

    /** What the numbers that are no atoms count for; the last that was seen is none. */
    private static double part(CellScale scale, double[] counts, Spec spec) {
        int last = scale.size() - 1;
        while (scale.cells().get(last).kind() != Kind.POINT
                || spec.atoms().contains(scale.cells().get(last).low())) {
            last--;
        }
        return scale.cells().get(last).mass() / counts[last];
    }

    /** The share below a value that was drawn with a number is that number, to a step. */
    @ParameterizedTest
    @MethodSource("columns")
    void drawsWithinARangeFollowTheCellsLaw(Column column) {
        CellScale scale = column.scale();
        for (int c = scale.hasGap() ? 1 : 0; c < scale.size(); c++) {
            Cell cell = scale.cells().get(c);
            double width = cell.high() - cell.low();
            double from = cell.kind() == Kind.BELOW ? cell.high() - 2.3 * width : cell.low() + 0.1 * width;
            double to = cell.kind() == Kind.ABOVE ? cell.low() + 2.3 * width : cell.high() - 0.1 * width;
            // Beyond the end that tails are drawn as.
            from += cell.kind() == Kind.ABOVE ? column.spec().step() / 2 : 0;
            to -= cell.kind() == Kind.BELOW ? column.spec().step() / 2 : 0;
            double all = scale.share(c, from, to);
            if (all == 0) {
                continue;
            }
            for (double uniform : new double[] {0.001, 0.25, 0.6, 0.999}) {
                double value = scale.value(c, uniform, from, to);
                double step = column.spec().step();
                assertTrue(
                        value >= from - 1e-9 && value <= to + 1e-9, value + " of " + cell + " in " + from + ", " + to);
                boolean below = cell.kind() == Kind.BELOW;
                double inner =
                        (below ? scale.share(c, value + step / 2, to) : scale.share(c, from, value - step / 2)) / all;
                double outer =
                        (below ? scale.share(c, value - step / 2, to) : scale.share(c, from, value + step / 2)) / all;
                if (cell.kind() != Kind.POINT) {
                    assertTrue(
                            inner <= uniform + 1e-9 && uniform <= outer + 1e-9, uniform + " of " + cell + ": " + value);
                }
            }
        }
    }

    /** Shares of rows below cells ascend from 0 to 1 by the masses. */
    @ParameterizedTest
    @MethodSource("columns")
    void edgesAreSharesOfTheMasses(Column column) {
        CellScale scale = column.scale();
        double total = scale.cells().stream().mapToDouble(Cell::mass).sum();
        double below = 0;
        for (int c = 0; c < scale.size(); c++) {
            assertEquals(below / total, scale.edges()[c], 1e-12);
            below += scale.cells().get(c).mass();
        }
        assertEquals(1, scale.edges()[scale.size()]);
    }

    @ParameterizedTest
    @MethodSource("columns")
    void whatIsImpossibleHasNoCell(Column column) {
        CellScale scale = column.scale();
        Spec spec = column.spec();
        assertEquals(scale.hasGap() ? 0 : -1, scale.cell(Double.NaN));
        if (spec.lower() > -INFINITE) {
            assertEquals(-1, scale.cell(spec.lower() - 1));
        }
        if (spec.upper() < INFINITE) {
            assertEquals(-1, scale.cell(spec.upper() + 1));
        }
        if (spec.step() == 1) {
            assertEquals(-1, scale.cell(4.5));
        } else {
            assertTrue(scale.cell(4.512345) >= 0);
        }
    }

    /** Of two thousand rows on, the two at either end stand for what lies beyond, unless more rows are alike there. */
    @Test
    void extremesOfLargeTables() {
        double[] rows = IntStream.range(0, 2000).mapToDouble(n -> n).toArray();
        assertArrayEquals(new double[] {1, 1998}, CellScale.extremes(rows));
        rows[2] = 1;
        rows[1997] = 1998;
        assertArrayEquals(new double[] {-INFINITE, INFINITE}, CellScale.extremes(rows));
        rows[2] = 2;
        assertArrayEquals(new double[] {1, INFINITE}, CellScale.extremes(rows));
        rows[5] = Double.NaN;
        assertArrayEquals(new double[] {-INFINITE, INFINITE}, CellScale.extremes(rows), "one row fewer");
    }

    @Test
    void extremeRowsCountForTheTails() {
        double[] rows = IntStream.range(0, 2000).mapToDouble(n -> 0.5 + n).toArray();
        double[] ends = CellScale.extremes(rows);
        CellScale open = CellScale.of(numbers(0, -INFINITE, INFINITE, true), rows, 12);
        assertEquals(0, open.fitted(1.5, ends[0], ends[1]));
        assertEquals(open.cell(2.5), open.fitted(2.5, ends[0], ends[1]));
        assertEquals(open.size() - 1, open.fitted(1999.5, ends[0], ends[1]));
        CellScale closed = CellScale.of(numbers(0, 0.5, 1999.5, true), rows, 12);
        assertEquals(closed.cell(0.5), closed.fitted(0.5, ends[0], ends[1]));
        assertEquals(closed.cell(1999.5), closed.fitted(1999.5, ends[0], ends[1]));
        rows[1000] = Double.NaN;
        CellScale gaps = CellScale.of(numbers(0, -INFINITE, INFINITE, true), rows, 12);
        assertEquals(1, gaps.fitted(0.5, ends[0], ends[1]));
        assertEquals(0, gaps.fitted(Double.NaN, ends[0], ends[1]));
    }

    /** A row more for all levels together, so that none is impossible. */
    @Test
    void levelsAreCounted() {
        CellScale scale =
                CellScale.of(new Spec(true, 4, 0, 0, 3, false, List.of()), new double[] {2, 0, 2, 2, Double.NaN}, 9);
        assertEquals(5, scale.size());
        assertEquals(1, scale.cells().get(0).mass());
        assertArrayEquals(
                new double[] {1.25, 0.25, 3.25, 0.25},
                scale.cells().stream().skip(1).mapToDouble(Cell::mass).toArray());
        assertEquals(3, scale.cell(2));
        assertEquals(2, scale.value(3, 0.7));
        assertEquals(0, scale.logWithin(3, 2));
        assertTrue(scale.nominal());
    }

    /** A value after which a cell must end is never below a larger one in its cell. */
    @Test
    void cellsEndWhereTheyMust() {
        Spec spec = numbers(0, -INFINITE, INFINITE, true);
        double[] rows = IntStream.range(0, 400).mapToDouble(n -> n * n).toArray();
        for (double last : new double[] {rows[31], rows[100], rows[237]}) {
            CellScale scale = CellScale.of(spec, rows, 12, Set.of(last));
            double next = Math.pow(Math.sqrt(last) + 1, 2);
            assertTrue(scale.cell(last) < scale.cell(next), last + " and " + next);
            assertTrue(scale.cells().stream().noneMatch(cell -> cell.low() < last && cell.high() > next));
        }
    }

    /** Arithmetic that comes to nothing from below is nothing. */
    @Test
    void negativeZeroIsZero() {
        double[] values = new double[60];
        for (int n = 0; n < 60; n++) {
            values[n] = n % 3 == 0 ? -0.0 : n % 3 == 1 ? 0.0 : n / 7.0;
        }
        Spec spec = new Spec(false, 0, 0, -1, 10, true, List.of(-0.0));
        CellScale scale = CellScale.of(spec, values, 12);
        int zero = scale.cell(0.0);
        assertEquals(zero, scale.cell(-0.0));
        assertEquals(40, scale.cells().get(zero).mass());
        assertEquals(0, scale.logWithin(zero, -0.0));
    }
}
