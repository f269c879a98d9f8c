package org.eigendrift.engine.metric;

import java.lang.invoke.MethodHandles;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.IntStream;
import org.eigendrift.api.Points;
import org.eigendrift.api.RunContext;
import org.eigendrift.api.law.Scores;
import org.eigendrift.api.metric.Evaluation;
import org.eigendrift.api.metric.Evaluation.Split;
import org.eigendrift.api.metric.Figure;
import org.eigendrift.api.metric.Figure.Better;
import org.eigendrift.api.metric.Metric;
import org.eigendrift.api.metric.MetricProvider;
import org.eigendrift.api.plugin.Option;
import org.eigendrift.api.plugin.OptionSchema;
import org.eigendrift.api.target.LogDensity;

/**
 * Mean log-likelihood in nats a row, in the data's own coordinates, of training and held-out rows: {@code train} and
 * {@code heldout} with their integration errors, {@code ..._standard_error} for the finite number of rows. Where the
 * target knows its density p also {@code ..._exact}, the mean of log p over the same rows, and {@code ..._gap}, the
 * mean of log p - log q with its standard error: an estimate of KL(p || q), and sharper than the difference of the
 * two means because rows are compared in pairs. Rows outside the model's support make the mean infinite; then
 * {@code ..._impossible_rows} counts them, and {@code ..._possible} and {@code ..._possible_gap} are the means over the others.
 */
public final class LogLikelihood implements MetricProvider<LogLikelihood.Options> {
    private static final OptionSchema<Options> SCHEMA = OptionSchema.of(MethodHandles.lookup(), Options.class);
    private static final String GROUP = "log_likelihood";

    /** Creates the provider. */
    public LogLikelihood() {}

    /**
     * Options.
     *
     * @param train whether to score training rows too
     */
    public record Options(
            @Option(doc = "Whether to score training rows too", value = "true")
            boolean train) {}

    @Override
    public String name() {
        return "log-likelihood";
    }

    @Override
    public String summary() {
        return "Mean log-likelihood of held-out and training rows, and its gap to the exact density where known";
    }

    @Override
    public OptionSchema<Options> options() {
        return SCHEMA;
    }

    @Override
    public Metric create(Options options, RunContext context) {
        return evaluation -> {
            List<Figure> figures = new ArrayList<>();
            for (Split split : Split.values()) {
                if (split != Split.TRAIN || options.train()) {
                    add(evaluation, split, figures);
                }
            }
            return figures;
        };
    }

    private static void add(Evaluation evaluation, Split split, List<Figure> figures) {
        Optional<Scores> likelihood = evaluation.logLikelihood(split);
        Optional<Points> rows = evaluation.rows(split);
        if (likelihood.isEmpty() || rows.isEmpty() || rows.get().size() == 0) {
            return;
        }
        String name = split.name().toLowerCase(Locale.ROOT);
        double[] nats = likelihood.get().nats();
        Mean mean = Mean.of(nats);
        figures.add(Figure.of(GROUP, name, mean.value())
                .withError(likelihood.get().error())
                .better(Better.MORE)
                .in("nats"));
        figures.add(Figure.of(GROUP, name + "_standard_error", mean.error()).in("nats"));
        double[] gaps = new double[0];
        Optional<LogDensity> density = evaluation.target().density();
        if (density.isPresent()) {
            gaps = addExact(name, rows.get(), nats, density.get(), figures);
        }
        addPossible(name, nats, gaps, figures);
    }

    private static double[] addExact(
            String name, Points rows, double[] nats, LogDensity density, List<Figure> figures) {
        double[] exact = new double[rows.size()];
        density.logDensity(rows, exact);
        Mean truth = Mean.of(exact);
        figures.add(Figure.of(GROUP, name + "_exact", truth.value())
                .withError(truth.error())
                .in("nats"));
        double[] gaps = new double[exact.length];
        for (int n = 0; n < gaps.length; n++) {
            gaps[n] = exact[n] - nats[n];
        }
        figures.add(gap(name + "_gap", gaps));
        return gaps;
    }

    private static Figure gap(String name, double[] gaps) {
        Mean gap = Mean.of(gaps);
        return Figure.of(GROUP, name, gap.value())
                .withError(gap.error())
                .better(Better.LESS)
                .in("nats");
    }

    /** Where some rows are impossible: how many, and what is said of the others, which one row would hide. */
    private static void addPossible(String name, double[] nats, double[] gaps, List<Figure> figures) {
        int[] possible = IntStream.range(0, nats.length)
                .filter(n -> Double.isFinite(nats[n]))
                .toArray();
        int impossible = nats.length - possible.length;
        if (impossible == 0) {
            return;
        }
        figures.add(Figure.of(GROUP, name + "_impossible_rows", impossible)
                .better(Better.LESS)
                .in("rows"));
        if (possible.length > 0) {
            figures.add(Figure.of(
                            GROUP,
                            name + "_possible",
                            Mean.of(chosen(nats, possible)).value())
                    .better(Better.MORE)
                    .in("nats"));
            if (gaps.length > 0) {
                figures.add(gap(name + "_possible_gap", chosen(gaps, possible)));
            }
        }
    }

    private static double[] chosen(double[] values, int[] rows) {
        return IntStream.of(rows).mapToDouble(n -> values[n]).toArray();
    }
}
