package org.eigendrift.cli.report;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import org.eigendrift.api.CounterRandom;
import org.eigendrift.api.Points;
import org.eigendrift.api.data.Column;
import org.eigendrift.api.law.Decision;
import org.eigendrift.api.metric.Figure;
import org.eigendrift.api.metric.Figure.Better;
import org.eigendrift.cli.report.ReportInput.Fact;
import org.eigendrift.cli.report.ReportInput.GridTime;
import org.eigendrift.cli.report.ReportInput.ImageLayout;
import org.eigendrift.cli.report.ReportInput.LocalModel;
import org.eigendrift.cli.report.ReportInput.Spectrum;
import org.eigendrift.cli.report.ReportInput.Stage;
import org.eigendrift.cli.report.ReportInput.Trajectories;

/** Made-up inputs that look like those of real runs. */
final class Demo {
    private static final String CONFIG = """
            target:
              type: two-moons   # <noise> & "quotes" must not break the page
              rows: 50000
              noise: 0.1
            basis:
              family: cosine
              degree: 28
            sampler:
              type: pf-ode
            """;

    private Demo() {}

    /** Two moons with noise 0.1, the samples a little noisier. */
    static ReportInput twoMoons() {
        Points data = moons(6000, 0.1, 1);
        Points samples = moons(4000, 0.115, 2);
        List<Column> columns = List.of(Column.real("x1"), Column.real("x2"));
        return input("Two moons, fitted with 840 cosine functions", columns, data, samples, figures());
    }

    /** Five measured columns, two of them strongly correlated, one an angle. */
    static ReportInput fiveColumns() {
        Points data = mixed(3000, 3);
        Points samples = mixed(3000, 4);
        List<Column> columns = List.of(
                Column.real("bill_length_mm"),
                Column.positive("body_mass_g"),
                Column.real("flipper_length_mm"),
                Column.angle("heading", -180, 180),
                Column.bounded("share <script>alert(1)</script>", 0, 1));
        List<Figure> figures = List.of(
                Figure.of("samples", "mmd", Double.NaN).withFloor(0.0001).better(Better.LESS),
                Figure.of("samples", "mean_error", Double.POSITIVE_INFINITY)
                        .withFloor(0.1)
                        .better(Better.LESS),
                Figure.of("energy", "mean_samples", 4.871).withError(0.014),
                Figure.of("energy", "mean_reference", 4.9).withError(0.02));
        return input("Penguins", columns, data, samples, figures);
    }

    /** A table: levels, whole numbers, days, repeated values and gaps. */
    static ReportInput table() {
        List<Column> columns = List.of(
                Column.category("species <b>", List.of("Adelie", "Chinstrap", "Gentoo & co")),
                Column.bool("tagged", "no", "yes").withGaps(true),
                Column.integer("rings", 0, 40),
                Column.date("seen", Double.NEGATIVE_INFINITY, Double.POSITIVE_INFINITY),
                Column.nonNegative("gain").withAtoms(0).withGaps(true));
        List<Figure> figures = List.of(
                Figure.of("table", "shape", 1.2)
                        .in("%")
                        .withFloor(1.1)
                        .withFloorBetween(0.9, 1.3)
                        .better(Better.LESS),
                Figure.of("table", "dcr_share", 0.61)
                        .withFloor(0.5)
                        .withFloorBetween(0.47, 0.53)
                        .better(Better.NEAR_FLOOR));
        return input("A table", columns, mixture(2000, 7), mixture(1500, 8), figures);
    }

    private static Points mixture(int size, long seed) {
        CounterRandom random = new CounterRandom(seed);
        Points points = Points.zeros(5, size);
        for (int n = 0; n < size; n++) {
            int species = n % 6 < 1 ? 0 : n % 6 < 3 ? 1 : 2;
            points.set(0, n, species);
            points.set(1, n, random.uniform(n, 1) < 0.1 ? Double.NaN : random.uniform(n, 2) < 0.3 ? 1 : 0);
            points.set(2, n, Math.floor(8 + 4 * species + 3 * random.normal(n, 3)));
            points.set(3, n, Math.floor(18_000 + 400 * random.uniform(n, 6)));
            double gain = random.uniform(n, 7) < 0.7 ? 0 : Math.exp(3 + random.normal(n, 8));
            points.set(4, n, random.uniform(n, 10) < 0.05 ? Double.NaN : gain);
        }
        return points;
    }

    /** Rows that are images of 8 by 8 pixels. */
    static ReportInput images() {
        List<Column> columns = new ArrayList<>();
        for (int k = 0; k < 64; k++) {
            columns.add(Column.real("p" + k));
        }
        ReportInput plain = input("Digits", columns, blobs(500, 5), blobs(500, 6), List.of());
        return new ReportInput(
                plain.title(),
                plain.summary(),
                List.of(),
                columns,
                plain.text(),
                plain.data(),
                plain.samples(),
                List.of(),
                Optional.empty(),
                List.of(),
                List.of(),
                List.of(),
                List.of(),
                "",
                Optional.empty(),
                Optional.of(new ImageLayout(8, 8)),
                List.of(),
                Optional.empty(),
                Optional.empty(),
                Optional.of(reconstructions(plain.data())));
    }

    /** Three rows of which every other pixel was observed. */
    private static ReportInput.Reconstructions reconstructions(Points rows) {
        boolean[] hidden = new boolean[rows.dim()];
        List<Reconstruction> all = new ArrayList<>();
        for (int n = 0; n < 3; n++) {
            double[] truth = rows.row(n);
            double[] seen = truth.clone();
            double[] low = truth.clone();
            double[] high = truth.clone();
            for (int i = 0; i < seen.length; i++) {
                hidden[i] = i % 2 == 1;
                seen[i] = hidden[i] ? Double.NaN : seen[i];
                low[i] -= 0.1;
                high[i] += 0.1;
            }
            all.add(new Reconstruction(
                    Optional.of(truth),
                    seen,
                    truth,
                    low,
                    low,
                    high,
                    high,
                    Optional.of(low),
                    0.05,
                    OptionalDouble.of(80)));
        }
        return new ReportInput.Reconstructions(all, hidden, 0.05);
    }

    private static ReportInput input(
            String title, List<Column> columns, Points data, Points samples, List<Figure> figures) {
        return new ReportInput(
                title,
                "4,000 samples by pf-ode (Heun, 60 steps) from 40,000 rows of " + columns.size()
                        + " columns; 10,000 rows held out.",
                List.of(
                        new Fact("eigendrift", "0.1.0"),
                        new Fact("java", "17.0.15"),
                        new Fact("seed", "7"),
                        new Fact("threads", "2")),
                columns,
                (column, value) -> Numbers.text(value),
                data,
                samples,
                figures,
                Optional.of(spectrum()),
                grid(),
                List.of(
                        Decision.told(
                                "degree 28: the largest whose highest functions stand above the noise of 40,000 rows"),
                        new Decision("t_min", "3.1e-05", List.of(), "below it no function resolves anything"),
                        new Decision(
                                "ridge",
                                "1e-6",
                                List.of(
                                        Decision.Alternative.of("1e-6", -1.115, 0),
                                        Decision.Alternative.of("1e-5", -1.2, 0.01)),
                                "best held-out evidence bound")),
                List.of(
                        new Stage("read", 0.21),
                        new Stage("moments", 0.84),
                        new Stage("solve", 1.93),
                        new Stage("sample", 0.66),
                        new Stage("evaluate", 2.4)),
                List.of("12 rows with missing values were dropped."),
                CONFIG,
                columns.size() == 2 ? Optional.of(trajectories(samples)) : Optional.empty(),
                Optional.empty(),
                List.of(
                        new LocalModel(0.3, 12_000, 40, 3.1e-5),
                        new LocalModel(0.45, 18_000, 52, 1.25e-4),
                        new LocalModel(0.25, 10_000, 38, 1e-3)),
                Optional.empty(),
                Optional.empty(),
                Optional.empty());
    }

    private static List<Figure> figures() {
        List<Figure> figures = new ArrayList<>();
        figures.add(Figure.of("fit", "rows", 40000));
        figures.add(Figure.of("fit", "dim", 2));
        figures.add(Figure.of("fit", "basis_size", 840));
        figures.add(Figure.of("fit", "seconds", 2.77));
        figures.add(Figure.of("log_likelihood", "train", -0.9874).withError(1.2e-4));
        figures.add(Figure.of("log_likelihood", "heldout", -1.00123).in("nats").withError(1.3e-4));
        figures.add(Figure.of("log_likelihood", "heldout_exact", -0.99104).withError(0.0092));
        figures.add(
                Figure.of("log_likelihood", "heldout_gap", 0.01019).in("nats").withError(0.0011));
        figures.add(Figure.of("evidence_bound", "heldout", -1.1149).in("nats"));
        figures.add(Figure.of("samples", "count", 4000));
        figures.add(Figure.of("samples", "sliced_wasserstein", 0.0214)
                .better(Better.LESS)
                .withFloorBetween(0.0081, 0.0188)
                .withFloor(0.0131)
                .withError(0.0004));
        figures.add(Figure.of("samples", "mmd", 1.2e-5)
                .better(Better.LESS)
                .withFloor(-8.3e-5)
                .withFloorBetween(-3.1e-4, 4.4e-4));
        figures.add(Figure.of("samples", "second_moment_relative_error", 0.062)
                .withFloor(0.011)
                .better(Better.LESS));
        figures.add(Figure.of("samples", "my_own_distance", 0.5).withFloor(0.4).better(Better.LESS));
        return figures;
    }

    private static Points moons(int size, double noise, long seed) {
        CounterRandom random = new CounterRandom(seed);
        Points points = Points.zeros(2, size);
        for (int n = 0; n < size; n++) {
            double angle = Math.PI * random.uniform(n, 0);
            boolean upper = n % 2 == 0;
            points.set(0, n, (upper ? Math.cos(angle) : 1 - Math.cos(angle)) + noise * random.normal(n, 2));
            points.set(1, n, (upper ? Math.sin(angle) : 0.5 - Math.sin(angle)) + noise * random.normal(n, 3));
        }
        return points;
    }

    private static Points mixed(int size, long seed) {
        CounterRandom random = new CounterRandom(seed);
        Points points = Points.zeros(5, size);
        for (int n = 0; n < size; n++) {
            double common = random.normal(n, 0);
            points.set(0, n, 44 + 5 * (0.6 * common + 0.8 * random.normal(n, 1)));
            points.set(1, n, 4200 * Math.exp(0.18 * common));
            points.set(2, n, 200 + 14 * (0.85 * common + 0.5 * random.normal(n, 2)));
            points.set(3, n, 360 * random.uniform(n, 6) - 180);
            points.set(4, n, random.uniform(n, 7) * random.uniform(n, 8));
        }
        return points;
    }

    private static Points blobs(int size, long seed) {
        CounterRandom random = new CounterRandom(seed);
        Points points = Points.zeros(64, size);
        for (int n = 0; n < size; n++) {
            double row = 2 + 3 * random.uniform(n, 0);
            double column = 2 + 3 * random.uniform(n, 1);
            for (int k = 0; k < 64; k++) {
                double square = Math.pow(k / 8 - row, 2) + Math.pow(k % 8 - column, 2);
                points.set(k, n, Math.exp(-square / 4) + 0.05 * random.uniform(n, 2 + k));
            }
        }
        return points;
    }

    private static Spectrum spectrum() {
        CounterRandom random = new CounterRandom(9);
        List<String> labels = new ArrayList<>();
        int degree = 29;
        int size = degree * degree - 1;
        int[] orders = new int[size];
        double[] eigenvalues = new double[size];
        double[] moments = new double[size];
        for (int k = 0; k < size; k++) {
            int i = (k + 1) / degree;
            int j = (k + 1) % degree;
            labels.add("x1:" + i + " x2:" + j);
            orders[k] = (i > 0 ? 1 : 0) + (j > 0 ? 1 : 0);
            eigenvalues[k] = i * i + j * j;
            moments[k] = 0.4 * random.normal(k, 0) * Math.exp(-eigenvalues[k] / 160) + 0.004 * random.normal(k, 1);
        }
        return new Spectrum(labels, orders, eigenvalues, moments, 0.0125);
    }

    private static List<GridTime> grid() {
        CounterRandom random = new CounterRandom(10);
        List<GridTime> grid = new ArrayList<>();
        for (int k = 0; k < 40; k++) {
            double time = 3e-5 * Math.pow(2.5e5, k / 39.0);
            double condition = 1 + 2e6 * Math.pow(time / 3e-5, -0.9);
            grid.add(new GridTime(
                    time,
                    condition,
                    1e-13 * condition * (0.5 + random.uniform(k, 0)),
                    3 + (int) Math.sqrt(condition) / 12));
        }
        return grid;
    }

    /** From the middle of the box to a sample, bent a little. */
    private static Trajectories trajectories(Points samples) {
        CounterRandom random = new CounterRandom(11);
        int particles = 16;
        double[] times = new double[25];
        List<Points> states = new ArrayList<>();
        for (int k = 0; k < times.length; k++) {
            double share = k / (times.length - 1.0);
            times[k] = 3 * Math.pow(1e-5, share);
            Points state = Points.zeros(2, particles);
            for (int n = 0; n < particles; n++) {
                for (int i = 0; i < 2; i++) {
                    double start = 0.5 + 2 * random.uniform(n, i) - 1;
                    state.set(i, n, start + (samples.get(i, n) - start) * share * share * (3 - 2 * share));
                }
            }
            states.add(state);
        }
        return new Trajectories(times, states);
    }
}
