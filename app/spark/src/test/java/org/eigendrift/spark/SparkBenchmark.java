package org.eigendrift.spark;

import com.sun.management.OperatingSystemMXBean;
import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.function.Supplier;
import org.apache.spark.ml.clustering.GaussianMixture;
import org.apache.spark.ml.clustering.GaussianMixtureModel;
import org.apache.spark.ml.feature.VectorAssembler;
import org.apache.spark.ml.linalg.Vector;
import org.apache.spark.ml.stat.distribution.MultivariateGaussian;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.eigendrift.api.Points;
import org.eigendrift.api.RunContext;
import org.eigendrift.engine.kernel.LogSum;
import org.junit.jupiter.api.Test;

/**
 * Prints what fits and scores on Spark cost beside others on the same rows and cores. No test by its name: it runs where it is asked for,
 * {@code -Dtest=SparkBenchmark#besideGaussianMixture -Deigendrift.columns=4}.
 */
class SparkBenchmark {
    private static final String FLOW = "{\"components\": 1, \"density\": \"flow\"}";

    private static final int ROWS = Integer.getInteger("eigendrift.rows", 40_000);

    private static final OperatingSystemMXBean SYSTEM =
            (OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();

    /** Every second column is a bend or a shift of its neighbour. */
    private static Dataset<Row> rows(SparkSession spark, int count, int columns) {
        List<String> made = new ArrayList<>(List.of("id"));
        for (int i = 0; i < columns; i++) {
            String own = "randn(" + (i + 1) + ")";
            String before = "randn(" + i + ")";
            made.add((i % 2 == 0
                            ? own
                            : i % 4 == 1
                                    ? before + " * " + before + " + 0.3 * " + own
                                    : "0.8 * " + before + " + 0.5 * " + own)
                    + " AS x" + i);
        }
        return spark.range(0, count, 1, 2).selectExpr(made.toArray(String[]::new));
    }

    private static String[] names(int columns) {
        String[] names = new String[columns];
        Arrays.setAll(names, i -> "x" + i);
        return names;
    }

    private record Timed<T>(T result, double seconds, double processor) {}

    private static <T> Timed<T> timed(Supplier<T> work) {
        long processor = SYSTEM.getProcessCpuTime();
        long start = System.nanoTime();
        T result = work.get();
        return new Timed<>(result, (System.nanoTime() - start) / 1e9, (SYSTEM.getProcessCpuTime() - processor) / 1e9);
    }

    private static void say(String format, Object... values) {
        System.out.println(String.format(Locale.ROOT, format, values));
    }

    @Test
    void besideGaussianMixture() {
        SparkSession spark = Sessions.local();
        for (String text : System.getProperty("eigendrift.columns", "4,20,64").split(",")) {
            int columns = Integer.parseInt(text);
            Dataset<Row> all = new VectorAssembler()
                    .setInputCols(names(columns))
                    .setOutputCol("features")
                    .transform(rows(spark, ROWS + ROWS / 4, columns))
                    .cache();
            Dataset<Row> train = all.filter("id % 5 > 0").cache();
            Dataset<Row> test = all.filter("id % 5 = 0").cache();
            say("%d columns, %d rows, %d held out", columns, train.count(), test.count());
            for (int k : new int[] {2, 5, 10}) {
                GaussianMixture mixture = new GaussianMixture().setK(k).setSeed(1);
                Timed<GaussianMixtureModel> fit = timed(() -> mixture.fit(train));
                say(
                        "GaussianMixture, k = %d, %d iterations: %.0f s, %.0f s of a processor, held out %.3f nats",
                        k,
                        fit.result.summary().numIter(),
                        fit.seconds,
                        fit.processor,
                        mean(fit.result, test.select("features").collectAsList()));
            }
            ours("one flow", FLOW, columns, train, test);
            if (columns <= Integer.getInteger("eigendrift.defaults", 4)) {
                ours("defaults", "{}", columns, train, test);
            }
            all.unpersist();
        }
    }

    private static void ours(String name, String settings, int columns, Dataset<Row> train, Dataset<Row> test) {
        EigendriftEstimator estimator = new EigendriftEstimator()
                .setInputCols(names(columns))
                .setOrderCol("id")
                .setSettings(settings);
        Timed<EigendriftModel> fit = timed(() -> estimator.fit(train));
        double nats = new LogDensityEvaluator().evaluate(fit.result.transform(test));
        say("%s: %.0f s, %.0f s of a processor, held out %.3f nats", name, fit.seconds, fit.processor, nats);
    }

    private static double mean(GaussianMixtureModel model, List<Row> rows) {
        MultivariateGaussian[] parts = model.gaussians();
        return rows.stream()
                .mapToDouble(row -> {
                    double[] logs = new double[parts.length];
                    Arrays.setAll(logs, k -> Math.log(model.weights()[k]) + parts[k].logpdf(row.<Vector>getAs(0)));
                    return LogSum.of(logs);
                })
                .average()
                .orElseThrow();
    }

    @Test
    void scoringBesideOneMachine() {
        SparkSession spark = Sessions.local();
        int columns = Integer.parseInt(System.getProperty("eigendrift.columns", "20"));
        Dataset<Row> rows = rows(spark, ROWS, columns).cache();
        EigendriftModel model = new EigendriftEstimator()
                .setInputCols(names(columns))
                .setSettings(FLOW)
                .fit(rows);
        Points points = Points.zeros(columns, ROWS);
        List<Row> collected = rows.orderBy("id").collectAsList();
        for (int n = 0; n < ROWS; n++) {
            for (int i = 0; i < columns; i++) {
                points.set(i, n, collected.get(n).getDouble(i + 1));
            }
        }
        for (int round = 0; round < 3; round++) {
            Timed<Object> there = timed(() -> {
                model.transform(rows).write().format("noop").mode("overwrite").save();
                return null;
            });
            Timed<double[]> here = timed(
                    () -> model.law().logDensity(points, RunContext.quiet(0)).nats());
            say(
                    "%d rows of %d columns, a second of a processor: Spark %.0f rows, one machine %.0f rows, %.2f times",
                    ROWS, columns, ROWS / there.processor, ROWS / here.processor, here.processor / there.processor);
        }
    }
}
