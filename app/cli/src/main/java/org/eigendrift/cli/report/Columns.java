package org.eigendrift.cli.report;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import org.eigendrift.api.Points;
import org.eigendrift.api.data.Column;
import org.eigendrift.api.data.Column.Kind;

/** Ranges, histograms and correlations of the columns of two sets of rows. */
final class Columns {
    private final List<Column> columns;
    private final Points data;
    private final Points samples;
    private final Marginal[] marginals;

    /**
     * What is read off the sorted values of a column, which are not kept.
     *
     * @param range what an axis shows
     * @param quartiles distance between the data's quartiles
     * @param difference W_1 between data and samples over the data's standard deviation
     */
    private record Marginal(Range range, double quartiles, double difference) {}

    Columns(List<Column> columns, Points data, Points samples) {
        this.columns = columns;
        this.data = data;
        this.samples = samples;
        this.marginals = new Marginal[columns.size()];
    }

    /** Lower and upper end of an axis. */
    record Range(double low, double high) {}

    /**
     * Densities of both sets over the same bins.
     *
     * @param edges one more than bins
     * @param data density of the data in each bin
     * @param samples density of the samples in each bin
     * @param outside data and samples outside all bins
     */
    record Histogram(double[] edges, double[] data, double[] samples, int outside) {}

    /**
     * What an axis shows: an angle's whole period, otherwise all but the outermost thousandth at each end, so that one
     * stray point does not squeeze the picture.
     */
    Range range(int column) {
        return marginal(column).range;
    }

    private Marginal marginal(int column) {
        if (marginals[column] == null) {
            double[] a = finiteSorted(data, column);
            double[] b = finiteSorted(samples, column);
            marginals[column] = new Marginal(
                    range(columns.get(column), a, b), quantile(a, 0.75) - quantile(a, 0.25), difference(a, b));
        }
        return marginals[column];
    }

    private static Range range(Column c, double[] a, double[] b) {
        if (c.kind() == Kind.ANGLE) {
            return new Range(c.lower(), c.upper());
        }
        double low = Math.min(quantile(a, 0.001), quantile(b, 0.001));
        double high = Math.max(quantile(a, 0.999), quantile(b, 0.999));
        if (!(low <= high)) {
            return new Range(0, 1);
        }
        double pad = high > low ? 0.04 * (high - low) : 0.5 * Math.max(1, Math.abs(low));
        return new Range(
                c.kind() == Kind.REAL ? low - pad : Math.max(low - pad, c.lower()),
                c.kind() == Kind.BOUNDED ? Math.min(high + pad, c.upper()) : high + pad);
    }

    /** Both marginals; the bins follow Freedman and Diaconis (2 IQR / n^(1/3)), between 16 and 80 of them. */
    Histogram histogram(int column) {
        Range range = range(column);
        double width = 2 * marginal(column).quartiles / Math.cbrt(finite(column));
        double wanted = width > 0 ? (range.high() - range.low()) / width : 16;
        int bins = (int) Math.max(16, Math.min(80, Math.ceil(wanted)));
        double[] edges = new double[bins + 1];
        for (int k = 0; k <= bins; k++) {
            edges[k] = range.low() + (range.high() - range.low()) * k / bins;
        }
        double[] ofData = new double[bins];
        double[] ofSamples = new double[bins];
        int outside = count(data, column, range, ofData) + count(samples, column, range, ofSamples);
        return new Histogram(edges, ofData, ofSamples, outside);
    }

    private int finite(int column) {
        int finite = 0;
        for (int n = 0; n < data.size(); n++) {
            finite += Double.isFinite(data.get(column, n)) ? 1 : 0;
        }
        return finite;
    }

    private static int count(Points points, int column, Range range, double[] density) {
        double scale = density.length / (range.high() - range.low());
        int outside = 0;
        for (int n = 0; n < points.size(); n++) {
            double x = points.get(column, n);
            if (x >= range.low() && x <= range.high()) {
                density[Math.min((int) ((x - range.low()) * scale), density.length - 1)]++;
            } else {
                outside++;
            }
        }
        for (int k = 0; k < density.length; k++) {
            density[k] *= scale / Math.max(1, points.size());
        }
        return outside;
    }

    /**
     * Correlations of all pairs of columns. An angle counts as sin(x - mean direction), which makes the correlation of
     * two angles that of Jammalamadaka and SenGupta. A gap counts as the mean of its column.
     *
     * @return d x d numbers, NaN for a constant column
     */
    double[] correlations(Points points) {
        int d = points.dim();
        int size = points.size();
        double[] scores = new double[d * size];
        for (int i = 0; i < d; i++) {
            score(points, i, scores);
        }
        double[] correlations = new double[d * d];
        for (int i = 0; i < d; i++) {
            for (int j = i; j < d; j++) {
                double sum = 0;
                for (int n = 0; n < size; n++) {
                    sum += scores[i * size + n] * scores[j * size + n];
                }
                correlations[i * d + j] = sum;
                correlations[j * d + i] = sum;
            }
        }
        return correlations;
    }

    /** Centred values of a column with sum of squares 1. */
    private void score(Points points, int column, double[] scores) {
        int size = points.size();
        int offset = points.offset(column);
        Column c = columns.get(column);
        boolean angle = c.kind() == Kind.ANGLE;
        double scale = angle ? 2 * Math.PI / (c.upper() - c.lower()) : 1;
        double sine = 0;
        double cosine = 0;
        double sum = 0;
        int present = 0;
        for (int n = 0; n < size; n++) {
            double x = points.values()[offset + n];
            if (c.gaps() && Double.isNaN(x)) {
                continue;
            }
            if (angle) {
                sine += Math.sin(scale * x);
                cosine += Math.cos(scale * x);
            }
            sum += x;
            present++;
        }
        double centre = angle ? Math.atan2(sine, cosine) : sum / present;
        double squares = 0;
        for (int n = 0; n < size; n++) {
            double x = scale * points.values()[offset + n] - centre;
            boolean gap = c.gaps() && Double.isNaN(x);
            scores[offset + n] = gap ? 0 : angle ? Math.sin(x) : x;
            squares += scores[offset + n] * scores[offset + n];
        }
        double norm = 1 / Math.sqrt(squares);
        for (int n = 0; n < size; n++) {
            scores[offset + n] *= norm;
        }
    }

    /** Columns in the order of how much their marginals differ: W_1 over the data's standard deviation. */
    List<Integer> mostDifferent() {
        List<Integer> order = new ArrayList<>();
        for (int i = 0; i < columns.size(); i++) {
            order.add(i);
        }
        order.sort(Comparator.comparingDouble(i -> -marginal(i).difference));
        return order;
    }

    private static double difference(double[] a, double[] b) {
        double sum = 0;
        // 200 quantiles rank the columns well enough for the choice of pictures.
        for (int k = 0; k < 200; k++) {
            sum += Math.abs(quantile(a, (k + 0.5) / 200) - quantile(b, (k + 0.5) / 200));
        }
        double spread = quantile(a, 0.84) - quantile(a, 0.16);
        return Double.isNaN(sum) ? Double.POSITIVE_INFINITY : sum / Math.max(spread, Double.MIN_NORMAL);
    }

    static double[] finiteSorted(Points points, int column) {
        double[] values =
                Arrays.stream(points.column(column)).filter(Double::isFinite).toArray();
        Arrays.sort(values);
        return values;
    }

    /** The value below which a share {@code q} of the sorted values lies, NaN of none. */
    static double quantile(double[] sorted, double q) {
        return sorted.length == 0 ? Double.NaN : sorted[(int) Math.min(sorted.length - 1.0, q * sorted.length)];
    }
}
