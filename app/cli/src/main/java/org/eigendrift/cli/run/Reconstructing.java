package org.eigendrift.cli.run;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.stream.IntStream;
import org.eigendrift.api.Points;
import org.eigendrift.api.data.Column;
import org.eigendrift.api.data.Dataset;
import org.eigendrift.api.data.InMemory;
import org.eigendrift.api.guidance.Operator;
import org.eigendrift.api.metric.Figure;
import org.eigendrift.cli.report.Reconstruction;
import org.eigendrift.cli.report.ReportInput;
import org.eigendrift.engine.guidance.GaussianPosterior;

/** Rows beside what guided samples make of their observations, and the figures of it. */
final class Reconstructing {
    private static final String GROUP = "reconstruction";

    /** Quantiles between which nine of ten truths should lie. */
    private static final double TAIL = 0.05;

    /** Rows from which the range of an image's levels is taken. */
    private static final int LEVEL_ROWS = 10_000;

    private final Observing observing;
    private final Optional<GaussianPosterior> gaussian;
    private final double[] scales;

    /** Row j has the share of output j in each column, of all that reads it. */
    private final Points shares;

    private final boolean[] hidden;
    private final double range;
    private final List<Reconstruction> rows = new ArrayList<>();
    private final List<double[]> scores = new ArrayList<>();

    Reconstructing(Observing observing, Dataset train, boolean images) {
        this.observing = observing;
        Operator operator = observing.operator();
        this.gaussian = operator.affine()
                ? Optional.of(new GaussianPosterior(train, operator, observing.noise()))
                : Optional.empty();
        this.scales =
                gaussian.map(GaussianPosterior::scales).orElseGet(() -> deviations(InMemory.read(train, LEVEL_ROWS)));
        this.shares = GaussianPosterior.rows(operator);
        this.hidden = new boolean[operator.inputs()];
        for (int i = 0; i < hidden.length; i++) {
            double all = 0;
            for (int j = 0; j < shares.size(); j++) {
                all += Math.abs(shares.get(i, j));
            }
            hidden[i] = all == 0;
            for (int j = 0; j < shares.size(); j++) {
                shares.set(i, j, hidden[i] ? 0 : shares.get(i, j) / all);
            }
        }
        this.range = images ? range(InMemory.read(train, LEVEL_ROWS)) : 0;
    }

    private static double range(Points levels) {
        double[] values = levels.values();
        return Arrays.stream(values).max().orElse(0)
                - Arrays.stream(values).min().orElse(0);
    }

    private static double[] deviations(Points x) {
        double[] out = new double[x.dim()];
        Arrays.setAll(out, i -> deviation(x.column(i)));
        return out;
    }

    /** Adds the next row. */
    void add(GuidedDrawing.Guided guided) {
        Points samples = guided.drawn().points();
        int n = rows.size();
        int d = samples.dim();
        double[][] sorted = new double[d][];
        double[] mean = new double[d];
        double[] deviation = new double[d];
        double[] low = new double[d];
        double[] high = new double[d];
        for (int i = 0; i < d; i++) {
            sorted[i] = samples.column(i);
            Arrays.sort(sorted[i]);
            mean[i] = Arrays.stream(sorted[i]).average().orElseThrow();
            deviation[i] = deviation(sorted[i]);
            low[i] = sorted[i][(int) Math.round(TAIL * (sorted[i].length - 1))];
            high[i] = sorted[i][(int) Math.round((1 - TAIL) * (sorted[i].length - 1))];
        }
        Optional<double[]> truth = observing.truth().map(rows -> rows.row(n));
        Points observed = Points.ofRows(observing.observed().row(n));
        truth.ifPresent(row -> scores.add(scores(row, sorted)));
        rows.add(new Reconstruction(
                truth,
                seen(observed),
                mean,
                deviation,
                low,
                high,
                samples.row(0),
                gaussian.map(law -> law.mean(observed).row(0)),
                misfit(samples, observed),
                guided.particles().map(p -> OptionalDouble.of(p.worst())).orElseGet(OptionalDouble::empty)));
    }

    private static double deviation(double[] values) {
        double mean = Arrays.stream(values).average().orElseThrow();
        return Math.sqrt(Arrays.stream(values)
                .map(v -> (v - mean) * (v - mean))
                .average()
                .orElseThrow());
    }

    /** Each column's mean of the outputs that read it; nothing of operators that are no sums. */
    private double[] seen(Points observed) {
        double[] out = new double[hidden.length];
        for (int i = 0; i < out.length; i++) {
            out[i] = hidden[i] || !observing.operator().affine() ? Double.NaN : 0;
            for (int j = 0; j < shares.size(); j++) {
                out[i] += shares.get(i, j) * observed.get(j, 0);
            }
        }
        return out;
    }

    private double misfit(Points samples, Points observed) {
        Points image = Points.zeros(observed.dim(), samples.size());
        observing.operator().apply(samples, image);
        double sum = 0;
        for (int j = 0; j < image.dim(); j++) {
            for (int n = 0; n < image.size(); n++) {
                double residual = observed.get(j, 0) - image.get(j, n);
                sum += residual * residual;
            }
        }
        return Math.sqrt(sum / ((double) image.dim() * image.size()));
    }

    /** CRPS of each column's samples, in the column's standard deviations. */
    private double[] scores(double[] truth, double[][] sorted) {
        double[] out = new double[truth.length];
        for (int i = 0; i < out.length; i++) {
            out[i] = sorted[i].length < 2 ? Double.NaN : DrawnNumbers.crps(sorted[i], truth[i]) / scales[i];
        }
        return out;
    }

    /** What the report tells. */
    ReportInput.Reconstructions told() {
        return new ReportInput.Reconstructions(rows, hidden, observing.noise());
    }

    /** How near the truth is; of hidden columns where there are any. */
    List<Figure> figures() {
        List<Figure> figures = new ArrayList<>();
        if (observing.truth().isEmpty()) {
            return figures;
        }
        figures.add(Figure.of(GROUP, "rows", rows.size()));
        told(
                figures,
                "rmse",
                Math.sqrt(over((n, i) -> square(rows.get(n), rows.get(n).mean(), i))));
        told(figures, "crps", over((n, i) -> scores.get(n)[i]));
        figures.add(Figure.of(GROUP, "coverage", over((n, i) -> within(rows.get(n), i) ? 1 : 0)));
        if (range > 0) {
            told(figures, "psnr", ratio(false));
        }
        gaussian.ifPresent(law -> {
            double[] deviations = law.deviations();
            told(
                    figures,
                    "gaussian_rmse",
                    Math.sqrt(over(
                            (n, i) -> square(rows.get(n), rows.get(n).gaussian().orElseThrow(), i))));
            told(
                    figures,
                    "gaussian_crps",
                    over((n, i) -> GaussianPosterior.rankedScore(
                                    rows.get(n).truth().orElseThrow()[i]
                                            - rows.get(n).gaussian().orElseThrow()[i],
                                    deviations[i])
                            / scales[i]));
            if (range > 0) {
                told(figures, "gaussian_psnr", ratio(true));
            }
        });
        return figures;
    }

    private static void told(List<Figure> figures, String name, double value) {
        Figure figure = Figure.of(GROUP, name, value);
        figures.add(
                name.endsWith("psnr") ? figure.in("dB").better(Figure.Better.MORE) : figure.better(Figure.Better.LESS));
    }

    /** A number for a row and a column. */
    private interface Told {
        double of(int row, int column);
    }

    /** The mean over rows, and hidden columns if there are any. */
    private double over(Told told) {
        boolean all = IntStream.range(0, hidden.length).noneMatch(i -> hidden[i]);
        double sum = 0;
        int count = 0;
        for (int n = 0; n < rows.size(); n++) {
            for (int i = 0; i < hidden.length; i++) {
                if ((all || hidden[i]) && scales[i] > 0) {
                    sum += told.of(n, i);
                    count++;
                }
            }
        }
        return sum / count;
    }

    private double square(Reconstruction row, double[] found, int i) {
        double miss = (row.truth().orElseThrow()[i] - found[i]) / scales[i];
        return miss * miss;
    }

    private static boolean within(Reconstruction row, int i) {
        double truth = row.truth().orElseThrow()[i];
        return truth >= row.low()[i] && truth <= row.high()[i];
    }

    /** Mean over rows of the peak signal-to-noise ratio. */
    private double ratio(boolean ofGaussian) {
        return rows.stream()
                .mapToDouble(row -> ratio(
                        row.truth().orElseThrow(), ofGaussian ? row.gaussian().orElseThrow() : row.mean()))
                .average()
                .orElseThrow();
    }

    private double ratio(double[] truth, double[] found) {
        double sum = 0;
        for (int i = 0; i < truth.length; i++) {
            sum += (truth[i] - found[i]) * (truth[i] - found[i]) / truth.length;
        }
        return 20 * Math.log10(range) - 10 * Math.log10(sum);
    }

    /** Every number of every row as a table. */
    String table(List<Column> columns) {
        CsvTable table =
                new CsvTable(List.of("row", "column", "seen", "truth", "mean", "deviation", "low", "high", "gaussian"));
        for (int n = 0; n < rows.size(); n++) {
            Reconstruction row = rows.get(n);
            for (int i = 0; i < hidden.length; i++) {
                table.row(
                        n + 1,
                        columns.get(i).name(),
                        row.seen()[i],
                        row.truth().isPresent() ? row.truth().get()[i] : Double.NaN,
                        row.mean()[i],
                        row.deviation()[i],
                        row.low()[i],
                        row.high()[i],
                        row.gaussian().isPresent() ? row.gaussian().get()[i] : Double.NaN);
            }
        }
        return table.text();
    }
}
