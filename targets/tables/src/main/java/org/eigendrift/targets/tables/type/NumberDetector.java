package org.eigendrift.targets.tables.type;

import java.util.Arrays;
import java.util.List;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.TreeMap;
import org.eigendrift.api.column.CellStatistics;
import org.eigendrift.api.column.ColumnType;
import org.eigendrift.api.column.Guess;

/** Watches numbers: their marks, decimals and range. */
final class NumberDetector implements ColumnType.Detector {
    /** Whole numbers below are exact in double precision. */
    static final double EXACT = 0x1p53;

    /** Rows below which repeated or whole values say little. */
    static final int FEW = 20;

    private final List<NumberStyle> styles;
    private final boolean declared;
    private final Finish finish;
    private final boolean[] possible;
    private final int[] least;
    private final int[] most;
    private NumberUnit unit;
    private boolean exponents;
    private boolean leadingZeros;
    private boolean whole = true;
    private boolean exact = true;
    private double lower = Double.POSITIVE_INFINITY;
    private double upper = Double.NEGATIVE_INFINITY;

    /** What becomes of the numbers that were seen. */
    @FunctionalInterface
    interface Finish {
        /**
         * Takes a guess.
         *
         * @param numbers what was seen
         * @param seen counts
         * @return the guess
         */
        Optional<Guess> guess(NumberDetector numbers, CellStatistics seen);
    }

    NumberDetector(Optional<NumberPattern> pattern, Finish finish) {
        this.styles = pattern.map(p -> List.of(p.style())).orElse(NumberStyle.ALL);
        this.declared = pattern.isPresent();
        this.unit = pattern.map(NumberPattern::unit).orElse(null);
        this.finish = finish;
        this.possible = new boolean[styles.size()];
        this.least = new int[possible.length];
        this.most = new int[possible.length];
        Arrays.fill(possible, true);
        Arrays.fill(least, Integer.MAX_VALUE);
    }

    @Override
    public boolean add(String text) {
        if (!declared && !NumberUnit.NONE.equals(unit)) {
            NumberUnit own = NumberUnit.of(text);
            unit = unit == null ? own : unit.closest(own);
        }
        return unit != null && addNumber(unit.number(text));
    }

    private boolean addNumber(String cell) {
        boolean point = NumberStyle.plain(cell, '.');
        boolean comma = point && cell.indexOf('.') < 0 || !point && NumberStyle.plain(cell, ',');
        boolean any = false;
        for (int s = 0; s < possible.length; s++) {
            if (possible[s]) {
                NumberStyle style = styles.get(s);
                possible[s] = (style.decimal() == '.' ? point : comma) || style.grouped(cell);
                if (possible[s]) {
                    any = true;
                    decimals(s, style.decimals(cell));
                }
            }
        }
        if (!any) {
            return false;
        }
        NumberStyle style = style();
        double number = style.parse(cell);
        range(number);
        exact &= Math.abs(number) < EXACT || style.decimals(cell) != 0;
        leadingZeros |= cell.length() > 1 && cell.charAt(0) == '0' && Character.isDigit(cell.charAt(1));
        return true;
    }

    private void decimals(int style, int count) {
        if (count < 0) {
            exponents = true;
        } else {
            least[style] = Math.min(least[style], count);
            most[style] = Math.max(most[style], count);
        }
    }

    @Override
    public boolean add(double cell) {
        // A file of numbers has no decimals to speak of.
        exponents = true;
        range(cell);
        return true;
    }

    @Override
    public Optional<Guess> guess(CellStatistics seen) {
        return finish.guess(this, seen);
    }

    /** The style that is meant. */
    NumberStyle style() {
        for (int s = 0; s < possible.length; s++) {
            if (possible[s]) {
                return styles.get(s);
            }
        }
        throw new IllegalStateException("no style is possible");
    }

    /** What stands beside the numbers. */
    NumberUnit unit() {
        return unit == null ? NumberUnit.NONE : unit;
    }

    /** How the numbers are written. */
    NumberPattern pattern() {
        int s = styles.indexOf(style());
        return exponents || most[s] > MOST_DECIMALS
                ? new NumberPattern(unit(), style(), -1, -1)
                : new NumberPattern(unit(), style(), least[s], most[s]);
    }

    /** Beyond, digits are those of doubles, not of a format. */
    private static final int MOST_DECIMALS = 12;

    /** A number and in how many cells it stands. */
    record Counted(double number, long count) {}

    /** The distinct values, ascending, of which texts such as 5.1 and 5.10 are one; where they are all there are, they alone say the range. */
    List<Counted> values(CellStatistics seen) {
        NumberStyle style = style();
        if (seen.complete()) {
            lower = Double.POSITIVE_INFINITY;
            upper = Double.NEGATIVE_INFINITY;
            whole = true;
        }
        NavigableMap<Double, Long> counts = new TreeMap<>();
        for (CellStatistics.Value value : seen.values()) {
            // Both zeros are one value.
            double number = style.parse(unit().number(value.text())) + 0.0;
            counts.merge(number, value.count(), Long::sum);
            range(number);
        }
        return counts.entrySet().stream()
                .map(value -> new Counted(value.getKey(), value.getValue()))
                .toList();
    }

    /** Whether all are whole numbers. */
    boolean whole() {
        return whole;
    }

    /** Whether no number was written whole that is beyond what double precision holds. */
    boolean exact() {
        return exact;
    }

    /** Whether all are whole numbers within what double precision holds. */
    boolean integers() {
        return whole && exact && Math.max(-lower, upper) < EXACT;
    }

    /** Whether a cell begins with a zero that a number would lose. */
    boolean leadingZeros() {
        return leadingZeros;
    }

    double lower() {
        return lower;
    }

    double upper() {
        return upper;
    }

    /** Whether marks between thousands were seen, as opposed to a decimal comma. */
    boolean grouped() {
        return style().group() != 0;
    }

    private void range(double number) {
        lower = Math.min(lower, number);
        upper = Math.max(upper, number);
        whole &= number == Math.rint(number);
    }
}
