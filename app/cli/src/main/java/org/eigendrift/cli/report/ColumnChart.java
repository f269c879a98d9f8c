package org.eigendrift.cli.report;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;
import org.eigendrift.api.Points;
import org.eigendrift.api.data.Column;
import org.eigendrift.api.data.Column.Kind;

/**
 * Bars of one column of a table, real beside synthetic: a level each, or a bin of numbers each, named as the column writes its values.
 *
 * @param levels whether the bars are levels, not bins
 * @param labels names of the bars: a level, or where a bin begins
 * @param ends where each bin ends, empty for levels and for bins of one value
 * @param data share of the data's values in each, in per cent
 * @param samples share of the samples' values in each, in per cent
 * @param atoms values so often repeated that they are told beside the bars
 * @param outside data and samples beyond the bars
 */
record ColumnChart(
        boolean levels,
        List<String> labels,
        List<String> ends,
        double[] data,
        double[] samples,
        List<Atom> atoms,
        int outside) {

    /** Levels with a bar of their own. */
    private static final int MOST_LEVELS = 16;

    /** Repeated values that would dwarf the other bars are told apart: from this share of the data, in per cent, at most so many. */
    private static final double LARGE_ATOM = 5;

    private static final int MOST_ATOMS = 3;

    private static final int FEWEST_BINS = 12;
    private static final int MOST_BINS = 40;

    /** Widths of bins of days: to about a month, then parts of years. */
    private static final double[] DAYS = {1, 2, 7, 14, 30.4375, 91.3125, 182.625, 365.25, 730.5, 1826.25, 3652.5};

    /** Widths of bins of seconds below a day. */
    private static final double[] SECONDS = {1, 5, 15, 60, 300, 900, 1800, 3600, 7200, 21_600, 43_200};

    private static final double DAY = 86_400;

    /**
     * A value that is repeated exactly and means something of its own.
     *
     * @param label its text
     * @param data share of the data's values, in per cent
     * @param samples share of the samples' values, in per cent
     */
    record Atom(String label, double data, double samples) {}

    static ColumnChart of(Column column, ReportInput.CellText text, double[] data, double[] samples) {
        double[] known = values(data);
        double[] drawn = values(samples);
        return column.kind().levelled() ? levels(column, known, drawn) : numbers(column, text, known, drawn);
    }

    /** The share of rows without a value, in per cent. */
    static double gaps(Points points, int column) {
        int gaps = 0;
        for (int n = 0; n < points.size(); n++) {
            gaps += Double.isNaN(points.get(column, n)) ? 1 : 0;
        }
        return 100.0 * gaps / points.size();
    }

    private static double[] values(double[] values) {
        return Arrays.stream(values).filter(Double::isFinite).sorted().toArray();
    }

    private static ColumnChart levels(Column column, double[] data, double[] samples) {
        int count = column.levels().size();
        double[] ofData = shares(column, data);
        double[] ofSamples = shares(column, samples);
        List<Integer> order = new ArrayList<>(IntStream.range(0, count).boxed().toList());
        if (column.kind() == Kind.CATEGORY || count > MOST_LEVELS) {
            order.sort(Comparator.comparingDouble(k -> -ofData[k] - ofSamples[k]));
        }
        List<Integer> shown = order.subList(0, Math.min(count, count > MOST_LEVELS ? MOST_LEVELS - 1 : MOST_LEVELS));
        List<String> labels =
                new ArrayList<>(shown.stream().map(column.levels()::get).toList());
        double[] a = shown.stream().mapToDouble(k -> ofData[k]).toArray();
        double[] b = shown.stream().mapToDouble(k -> ofSamples[k]).toArray();
        if (shown.size() < count) {
            List<Integer> others = order.subList(shown.size(), count);
            labels.add(others.size() + " others");
            a = append(a, others.stream().mapToDouble(k -> ofData[k]).sum());
            b = append(b, others.stream().mapToDouble(k -> ofSamples[k]).sum());
        }
        return new ColumnChart(true, labels, List.of(), a, b, List.of(), 0);
    }

    private static double[] append(double[] values, double last) {
        double[] longer = Arrays.copyOf(values, values.length + 1);
        longer[values.length] = last;
        return longer;
    }

    private static double[] shares(Column column, double[] values) {
        double[] shares = new double[column.levels().size()];
        for (double value : values) {
            if (value >= 0 && value < shares.length) {
                shares[(int) value] += 100.0 / values.length;
            }
        }
        return shares;
    }

    private static ColumnChart numbers(Column column, ReportInput.CellText text, double[] data, double[] samples) {
        List<Double> apart = column.atoms().stream()
                .filter(x -> share(data, x) >= LARGE_ATOM)
                .sorted(Comparator.comparingDouble(x -> -share(data, x)))
                .limit(MOST_ATOMS)
                .toList();
        List<Atom> atoms = apart.stream()
                .map(x -> new Atom(text.of(column, x), share(data, x), share(samples, x)))
                .toList();
        double[] known = Arrays.stream(data).filter(x -> !apart.contains(x)).toArray();
        double[] drawn = Arrays.stream(samples).filter(x -> !apart.contains(x)).toArray();
        double low = lower(known, drawn);
        double high = upper(known, drawn);
        if (!(low <= high)) {
            return new ColumnChart(false, List.of(), List.of(), new double[0], new double[0], atoms, 0);
        }
        double width = width(column, known, low, high);
        double first = Math.floor(low / width) * width;
        int bins = (int) Math.floor((high - first) / width) + 1;
        List<String> labels = new ArrayList<>();
        List<String> ends = new ArrayList<>();
        for (int k = 0; k < bins; k++) {
            labels.add(text.of(column, first + k * width));
            ends.add(text.of(column, first + (k + 1) * width));
        }
        double[] a = new double[bins];
        double[] b = new double[bins];
        int outside = count(known, first, width, a, data.length) + count(drawn, first, width, b, samples.length);
        boolean single = width == column.step();
        return new ColumnChart(false, labels, single ? List.of() : ends, a, b, atoms, outside);
    }

    private static double share(double[] values, double atom) {
        return 100.0 * Arrays.stream(values).filter(x -> x == atom).count() / values.length;
    }

    private static double lower(double[] a, double[] b) {
        return lesser(Columns.quantile(a, 0.001), Columns.quantile(b, 0.001));
    }

    private static double upper(double[] a, double[] b) {
        return -lesser(-Columns.quantile(a, 0.999), -Columns.quantile(b, 0.999));
    }

    /** The lesser of two of which one may be none. */
    private static double lesser(double a, double b) {
        return Double.isNaN(a) ? b : Double.isNaN(b) ? a : Math.min(a, b);
    }

    /** After Freedman and Diaconis, within limits, and then a width that people use. */
    private static double width(Column column, double[] data, double low, double high) {
        double spread = Columns.quantile(data, 0.75) - Columns.quantile(data, 0.25);
        double wanted = spread > 0 ? (high - low) / (2 * spread / Math.cbrt(data.length)) : FEWEST_BINS;
        double bins = Math.max(FEWEST_BINS, Math.min(MOST_BINS, wanted));
        // Bins of whole steps hold as many values each; the end of the range is within the last one.
        double raw = (high - low + column.step()) / bins;
        double width = switch (column.kind()) {
            case DATE -> among(DAYS, raw);
            case DATE_TIME, TIME ->
                raw > SECONDS[SECONDS.length - 1] ? DAY * among(DAYS, raw / DAY) : among(SECONDS, raw);
            default -> round(raw > 0 ? raw : Math.max(1, Math.abs(low)));
        };
        double step = column.kind() == Kind.DATE ? 1 : column.step();
        return step > 0 ? step * Math.max(1, Math.rint(width / step)) : width;
    }

    /** The nearest of some widths by ratio, or what is beyond the largest. */
    private static double among(double[] widths, double raw) {
        double nearest = Math.max(widths[widths.length - 1], raw);
        for (int k = widths.length - 2; k >= 0 && raw * raw < widths[k] * widths[k + 1]; k--) {
            nearest = widths[k];
        }
        return nearest;
    }

    /** The nearest of 1, 2 or 5 times a power of ten, by ratio. */
    private static double round(double raw) {
        double power = Math.pow(10, Math.floor(Math.log10(raw)));
        double mantissa = raw / power;
        return power * (mantissa < Math.sqrt(2) ? 1 : mantissa < Math.sqrt(10) ? 2 : mantissa < Math.sqrt(50) ? 5 : 10);
    }

    private static int count(double[] values, double first, double width, double[] shares, int all) {
        int outside = 0;
        for (double value : values) {
            // A multiple of the width belongs to the bin that it begins, whatever rounding does.
            int bin = (int) Math.floor((value - first) / width + 1e-9);
            if (bin >= 0 && bin < shares.length) {
                shares[bin] += 100.0 / all;
            } else {
                outside++;
            }
        }
        return outside;
    }
}
