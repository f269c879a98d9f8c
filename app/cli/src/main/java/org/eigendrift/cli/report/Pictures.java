package org.eigendrift.cli.report;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;
import java.util.stream.IntStream;
import org.eigendrift.api.Points;
import org.eigendrift.api.data.Column;
import org.eigendrift.cli.report.ReportInput.GridTime;
import org.eigendrift.cli.report.ReportInput.ImageLayout;
import org.eigendrift.cli.report.ReportInput.Reconstructions;
import org.eigendrift.cli.report.ReportInput.Spectrum;
import org.eigendrift.cli.report.ReportInput.Trajectories;

/** Chooses what to draw and gathers the numbers for it; the page's script only draws. */
final class Pictures {
    /** Points of each set in a picture: data and samples together stay at 5,000. */
    static final int POINTS = 2500;
    /** All pairs of columns are drawn up to this many columns. */
    static final int ALL_PAIRS = 4;
    /** Pairs drawn where there are more columns. */
    static final int CHOSEN_PAIRS = 6;

    static final int MARGINALS = 12;
    /** Correlation matrices are drawn up to this many columns, beyond it each pair is a dot. */
    static final int MATRIX_COLUMNS = 64;
    /** Columns that take part in correlations; of more, evenly spaced ones. */
    static final int CORRELATED_COLUMNS = 128;

    /** Rows of which associations are told. */
    private static final int ASSOCIATED_ROWS = 20_000;

    private static final int SPECTRUM_POINTS = 5000;
    private static final int IMAGES = 40;
    private static final int PARTICLES = 24;
    /** Hidden numbers that are drawn beside their truth. */
    private static final int RECOVERED = 600;
    /** The grey of pixels of which an observation says nothing. */
    private static final double UNSEEN = 0.5;
    /** Below it doubles hold integers, and a number is rounded without its dozens of decimals. */
    private static final double EXACT = 0x1p52;

    private static final JsonNodeFactory JSON = JsonNodeFactory.instance;

    private final ReportInput input;
    private final Points data;
    private final Points samples;
    private final Columns columns;
    private final List<Integer> correlated;
    private final double[] dataCorrelations;
    private final Optional<TableSections> table;
    private final List<Integer> associated;
    private final double[] dataAssociations;
    private final double[] sampleAssociations;

    Pictures(ReportInput input) {
        this.input = input;
        // As many of each, so that densities compare by eye.
        int shown =
                Math.min(POINTS, Math.min(input.data().size(), input.samples().size()));
        this.data = thin(input.data(), shown);
        this.samples = thin(input.samples(), shown);
        this.columns = new Columns(input.columns(), input.data(), input.samples());
        this.correlated = spread(numeric(input.columns()), CORRELATED_COLUMNS);
        this.dataCorrelations = correlations(data, correlated);
        boolean isTable = TableSections.isTable(input.columns());
        this.table = isTable ? Optional.of(new TableSections(input)) : Optional.empty();
        this.associated = isTable ? spread(all(input.columns()), CORRELATED_COLUMNS) : correlated;
        this.dataAssociations = isTable ? associations(input.data()) : dataCorrelations;
        this.sampleAssociations = isTable ? associations(input.samples()) : correlations(samples, correlated);
    }

    private double[] correlations(Points points, List<Integer> chosen) {
        if (chosen.isEmpty()) {
            return new double[0];
        }
        List<Column> some = chosen.stream().map(input.columns()::get).toList();
        return new Columns(some, data, samples).correlations(pick(points, chosen));
    }

    private double[] associations(Points points) {
        List<Column> some = associated.stream().map(input.columns()::get).toList();
        return Associations.of(some, pick(thin(points, ASSOCIATED_ROWS), associated));
    }

    private static List<Integer> all(List<Column> columns) {
        return IntStream.range(0, columns.size()).boxed().toList();
    }

    /** The columns whose values are places on an axis. */
    private static List<Integer> numeric(List<Column> columns) {
        return all(columns).stream()
                .filter(i -> !columns.get(i).kind().levelled())
                .toList();
    }

    /** Two columns by number. */
    record Pair(int x, int y) {}

    /** At most {@code limit} rows, evenly spaced. */
    static Points thin(Points points, int limit) {
        if (points.size() <= limit) {
            return points;
        }
        Points out = Points.zeros(points.dim(), limit);
        for (int i = 0; i < points.dim(); i++) {
            for (int k = 0; k < limit; k++) {
                out.set(i, k, points.get(i, (int) ((long) k * points.size() / limit)));
            }
        }
        return out;
    }

    private static Points pick(Points points, List<Integer> chosen) {
        Points out = Points.zeros(chosen.size(), points.size());
        for (int i = 0; i < chosen.size(); i++) {
            System.arraycopy(points.values(), points.offset(chosen.get(i)), out.values(), out.offset(i), points.size());
        }
        return out;
    }

    /** At most {@code limit} of some columns, evenly spaced. */
    private static List<Integer> spread(List<Integer> columns, int limit) {
        int count = columns.size();
        return IntStream.range(0, Math.min(count, limit))
                .mapToObj(k -> columns.get((int) ((long) k * count / Math.min(count, limit))))
                .toList();
    }

    /** What is told of the columns if they are a table's. */
    Optional<TableSections> table() {
        return table;
    }

    /** Rows of each set in a picture. */
    int shown() {
        return data.size();
    }

    Columns columns() {
        return columns;
    }

    /** All pairs of numbers in low dimension, otherwise those that are most correlated in the data. */
    List<Pair> pairs() {
        List<Pair> pairs = new ArrayList<>();
        int d = correlated.size();
        for (int i = 0; i < d; i++) {
            for (int j = i + 1; j < d; j++) {
                pairs.add(new Pair(i, j));
            }
        }
        if (d > ALL_PAIRS) {
            pairs.sort(Comparator.comparingDouble(p -> -strength(dataCorrelations[p.x() * d + p.y()])));
            pairs = pairs.subList(0, CHOSEN_PAIRS);
        }
        return pairs.stream()
                .map(p -> new Pair(correlated.get(p.x()), correlated.get(p.y())))
                .toList();
    }

    /** Columns of which pairs are drawn. */
    int numericColumns() {
        return correlated.size();
    }

    /** A pair of columns with its correlation, or association, among data and among samples. */
    record Correlated(Pair pair, double data, double samples) {
        double difference() {
            return Math.abs(samples - data);
        }
    }

    /** The pairs whose correlations differ most, undefined ones left out. */
    List<Correlated> mostDifferentPairs(int limit) {
        List<Correlated> all = new ArrayList<>();
        int d = associated.size();
        for (int i = 0; i < d; i++) {
            for (int j = i + 1; j < d; j++) {
                Pair pair = new Pair(associated.get(i), associated.get(j));
                Correlated one = new Correlated(pair, dataAssociations[i * d + j], sampleAssociations[i * d + j]);
                if (!Double.isNaN(one.difference())) {
                    all.add(one);
                }
            }
        }
        all.sort(Comparator.comparingDouble(c -> -c.difference()));
        return all.subList(0, Math.min(limit, all.size()));
    }

    private static double strength(double correlation) {
        return Double.isNaN(correlation) ? -1 : Math.abs(correlation);
    }

    /** The columns whose marginals are drawn: all, or those that differ most. */
    List<Integer> marginals() {
        List<Integer> order = columns.mostDifferent();
        return order.size() <= MARGINALS ? order.stream().sorted().toList() : order.subList(0, MARGINALS);
    }

    /** Everything the script draws. */
    ObjectNode json() {
        ObjectNode root = JSON.objectNode();
        List<Pair> pairs = pairs();
        root.set("pairs", pairsJson(pairs));
        root.set("columns", columnsJson(pairs));
        if (table.isPresent()) {
            root.set("bars", barsJson(table.get()));
        } else {
            root.set("marginals", marginalsJson());
        }
        if (input.columns().size() > 2) {
            root.set("correlations", correlationsJson());
        }
        input.spectrum().ifPresent(s -> root.set("spectrum", spectrumJson(s)));
        if (!input.grid().isEmpty()) {
            root.set("grid", gridJson(input.grid()));
        }
        input.trajectories().ifPresent(t -> root.set("trajectories", trajectoriesJson(t)));
        input.image().ifPresent(i -> root.set("images", imagesJson(i)));
        input.reconstructions().ifPresent(r -> {
            input.image().ifPresent(i -> root.set("strips", stripsJson(i, r)));
            if (r.rows().get(0).truth().isPresent()) {
                root.set("recovered", recoveredJson(r));
            }
        });
        return root;
    }

    /** Images of the first rows in a line for each kind: levels as those of the data, the spread from 0 to its largest. */
    private ObjectNode stripsJson(ImageLayout layout, Reconstructions reconstructions) {
        double[] levels = levels();
        List<Reconstruction> rows = ReconstructionSection.drawn(reconstructions);
        double widest = rows.stream()
                .flatMapToDouble(row -> Arrays.stream(row.deviation()))
                .max()
                .orElse(0);
        ObjectNode out = JSON.objectNode();
        out.put("height", layout.height());
        out.put("width", layout.width());
        for (ReconstructionSection.Strip strip : ReconstructionSection.strips(reconstructions)) {
            double[][] images = rows.stream().map(strip.of()).toArray(double[][]::new);
            boolean spread = strip == ReconstructionSection.SPREAD;
            out.put(
                    strip.id(),
                    pixels(
                            Points.ofRows(images),
                            spread ? 0 : levels[0],
                            spread ? Math.max(widest, Double.MIN_NORMAL) : levels[1]));
        }
        return out;
    }

    /** Truth, mean and both quantiles of hidden numbers in their columns' standard deviations, of the first rows. */
    private ArrayNode recoveredJson(Reconstructions reconstructions) {
        ArrayNode out = JSON.arrayNode();
        for (Reconstruction row : reconstructions.rows()) {
            for (int i : ReconstructionSection.open(reconstructions)) {
                double[] column = Columns.finiteSorted(input.data(), i);
                double middle = Arrays.stream(column).average().orElse(0);
                double scale = Math.sqrt(Arrays.stream(column)
                        .map(v -> (v - middle) * (v - middle))
                        .average()
                        .orElse(0));
                if (scale > 0 && out.size() < RECOVERED) {
                    ArrayNode cell = out.addArray();
                    double[] values = {row.truth().orElseThrow()[i], row.mean()[i], row.low()[i], row.high()[i]};
                    for (double value : values) {
                        cell.add(decimal((value - middle) / scale, 3));
                    }
                }
            }
        }
        return out;
    }

    /** What is drawn black and white: the darkest and the brightest thousandth of the data. */
    private double[] levels() {
        double[] all = data.values().clone();
        Arrays.sort(all);
        double low = Columns.quantile(all, 0.001);
        return new double[] {low, Math.max(Columns.quantile(all, 0.999), Math.nextUp(low))};
    }

    private static ArrayNode pairsJson(List<Pair> pairs) {
        ArrayNode out = JSON.arrayNode();
        for (Pair pair : pairs) {
            out.add(JSON.arrayNode().add(pair.x()).add(pair.y()));
        }
        return out;
    }

    /** The columns that pairs and trajectories need. */
    private ObjectNode columnsJson(List<Pair> pairs) {
        TreeSet<Integer> used =
                new TreeSet<>(List.of(0, Math.min(1, input.columns().size() - 1)));
        for (Pair pair : pairs) {
            used.add(pair.x());
            used.add(pair.y());
        }
        ObjectNode out = JSON.objectNode();
        for (int i : used) {
            Columns.Range range = columns.range(i);
            int scale = decimals(range.high() - range.low());
            ObjectNode column = out.putObject(Integer.toString(i));
            column.put("name", input.columns().get(i).name());
            column.put("angle", input.columns().get(i).kind() == Column.Kind.ANGLE);
            column.set("range", array(new double[] {range.low(), range.high()}, scale));
            column.set("data", array(data.column(i), scale));
            column.set("samples", array(samples.column(i), scale));
        }
        return out;
    }

    private ArrayNode marginalsJson() {
        ArrayNode out = JSON.arrayNode();
        for (int i : marginals()) {
            Columns.Histogram histogram = columns.histogram(i);
            double[] edges = histogram.edges();
            ObjectNode node = out.addObject();
            node.put("name", input.columns().get(i).name());
            node.set("edges", array(edges, decimals(edges[edges.length - 1] - edges[0])));
            node.set("data", significant(histogram.data()));
            node.set("samples", significant(histogram.samples()));
        }
        return out;
    }

    private static ArrayNode barsJson(TableSections table) {
        ArrayNode out = JSON.arrayNode();
        for (int i : table.charted()) {
            ColumnChart chart = table.chart(i);
            ObjectNode node = out.addObject();
            node.put("levels", chart.levels());
            chart.labels().forEach(node.putArray("labels")::add);
            chart.ends().forEach(node.putArray("ends")::add);
            node.set("data", significant(chart.data()));
            node.set("samples", significant(chart.samples()));
        }
        return out;
    }

    private ObjectNode correlationsJson() {
        int d = associated.size();
        ObjectNode out = JSON.objectNode();
        out.put("matrix", input.columns().size() <= MATRIX_COLUMNS);
        ArrayNode names = out.putArray("names");
        for (int i : associated) {
            names.add(input.columns().get(i).name());
        }
        if (input.columns().size() <= MATRIX_COLUMNS) {
            out.set("data", array(dataAssociations, 3));
            out.set("samples", array(sampleAssociations, 3));
            return out;
        }
        ArrayNode pairs = out.putArray("pairs");
        int stride = Math.max(1, d * (d - 1) / 2 / (2 * POINTS));
        int k = 0;
        for (int i = 0; i < d; i++) {
            for (int j = i + 1; j < d; j++) {
                if (k++ % stride == 0) {
                    double[] dot = {dataAssociations[i * d + j], sampleAssociations[i * d + j]};
                    pairs.add(array(dot, 3));
                }
            }
        }
        return out;
    }

    /** The functions with the largest moments. */
    private static ObjectNode spectrumJson(Spectrum spectrum) {
        ObjectNode out = JSON.objectNode();
        out.put("threshold", number(spectrum.threshold(), 4));
        ArrayNode functions = out.putArray("functions");
        for (int k : largest(spectrum, SPECTRUM_POINTS)) {
            ArrayNode one = functions.addArray();
            one.add(spectrum.labels().get(k));
            one.add(spectrum.orders()[k]);
            one.add(number(spectrum.eigenvalues()[k], 5));
            one.add(number(Math.abs(spectrum.moments()[k]), 4));
        }
        return out;
    }

    /** Numbers of the functions with the largest |m|, largest first. */
    static List<Integer> largest(Spectrum spectrum, int limit) {
        List<Integer> order = new ArrayList<>();
        for (int k = 0; k < spectrum.moments().length; k++) {
            order.add(k);
        }
        order.sort(Comparator.comparingDouble(k -> -strength(spectrum.moments()[k])));
        return order.subList(0, Math.min(limit, order.size()));
    }

    private static ArrayNode gridJson(List<GridTime> grid) {
        ArrayNode out = JSON.arrayNode();
        grid.stream()
                .sorted(Comparator.comparingDouble(GridTime::time))
                .forEach(g -> out.addArray()
                        .add(number(g.time(), 5))
                        .add(number(g.condition(), 4))
                        .add(number(g.residual(), 4))
                        .add(g.iterations()));
        return out;
    }

    private ArrayNode trajectoriesJson(Trajectories trajectories) {
        int y = Math.min(1, input.columns().size() - 1);
        int[] decimals = {axisDecimals(0), axisDecimals(y)};
        ArrayNode out = JSON.arrayNode();
        int particles = trajectories.states().isEmpty()
                ? 0
                : Math.min(PARTICLES, trajectories.states().get(0).size());
        for (int n = 0; n < particles; n++) {
            ArrayNode path = out.addArray();
            for (Points state : trajectories.states()) {
                path.addArray().add(decimal(state.get(0, n), decimals[0])).add(decimal(state.get(y, n), decimals[1]));
            }
        }
        return out;
    }

    private int axisDecimals(int column) {
        Columns.Range range = columns.range(column);
        return decimals(range.high() - range.low());
    }

    /** Pixels of the first images as bytes, black at the darkest thousandth of the data and white at the brightest. */
    private ObjectNode imagesJson(ImageLayout layout) {
        double[] levels = levels();
        ObjectNode out = JSON.objectNode();
        out.put("height", layout.height());
        out.put("width", layout.width());
        out.put("data", pixels(thin(data, IMAGES), levels[0], levels[1]));
        out.put("samples", pixels(thin(samples, IMAGES), levels[0], levels[1]));
        return out;
    }

    private static String pixels(Points images, double low, double high) {
        byte[] bytes = new byte[images.size() * images.dim()];
        for (int n = 0; n < images.size(); n++) {
            for (int i = 0; i < images.dim(); i++) {
                double level = (images.get(i, n) - low) / (high - low);
                double shown = Double.isNaN(level) ? UNSEEN : Math.max(0, Math.min(1, level));
                bytes[n * images.dim() + i] = (byte) Math.round(255 * shown);
            }
        }
        return Base64.getEncoder().encodeToString(bytes);
    }

    /** Decimals at which a ten-thousandth of a range is still told apart: finer than any screen. */
    private static int decimals(double range) {
        return 4 - (int) Math.floor(Math.log10(range));
    }

    private static ArrayNode array(double[] values, int scale) {
        ArrayNode out = JSON.arrayNode();
        for (double value : values) {
            out.add(decimal(value, scale));
        }
        return out;
    }

    private static ArrayNode significant(double[] values) {
        ArrayNode out = JSON.arrayNode();
        for (double value : values) {
            out.add(number(value, 4));
        }
        return out;
    }

    /** A rounded number, null for what is not finite: JSON knows no other. */
    static BigDecimal decimal(double value, int scale) {
        double units = Math.rint(value * Math.pow(10, scale));
        if (Math.abs(units) < EXACT) {
            return shortest(BigDecimal.valueOf((long) units, scale));
        }
        return Double.isFinite(value) ? shortest(new BigDecimal(value).setScale(scale, RoundingMode.HALF_EVEN)) : null;
    }

    private static BigDecimal number(double value, int digits) {
        return Double.isFinite(value) ? shortest(new BigDecimal(value).round(new java.math.MathContext(digits))) : null;
    }

    private static BigDecimal shortest(BigDecimal value) {
        return value.signum() == 0 ? BigDecimal.ZERO : value.stripTrailingZeros();
    }
}
