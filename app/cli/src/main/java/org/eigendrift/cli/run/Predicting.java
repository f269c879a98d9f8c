package org.eigendrift.cli.run;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.IntStream;
import org.eigendrift.api.InputException;
import org.eigendrift.api.Points;
import org.eigendrift.api.RunContext;
import org.eigendrift.api.data.Column;
import org.eigendrift.api.law.Conditional;
import org.eigendrift.api.law.Conditioner;
import org.eigendrift.api.law.Evidence;
import org.eigendrift.api.law.Law;

/** Predicts one column from the others, and scores the predictions where the truth is there. */
final class Predicting {
    private static final double[] SHARES = {0.05, 0.25, 0.5, 0.75, 0.95};
    private static final String[] NAMES = {"low90", "low50", "median", "high50", "high90"};

    private final Law law;
    private final Points rows;
    private final int target;
    private final Column column;
    private final Optional<Evidence> also;
    private final RowAnswers answers;
    private final boolean[] truth;

    /** What is written of each row: the columns of {@link #columns}. */
    private final Points out;

    /** Of each row its log-score, CRPS, squared and absolute error, and whether it was right or within 90 %; NaN without truth. */
    private final double[][] scores;

    Predicting(Law law, Points rows, int target, Optional<Evidence> also, RunContext run) {
        this.law = law;
        this.rows = rows;
        this.target = target;
        this.column = law.columns().get(target);
        this.also = also;
        this.answers = new RowAnswers(law, run);
        this.truth = new boolean[rows.size()];
        for (int n = 0; n < truth.length; n++) {
            truth[n] = !Double.isNaN(rows.get(target, n));
        }
        this.out = Points.zeros(columns().size(), rows.size());
        this.scores = new double[rows.size()][5];
        Arrays.stream(scores).forEach(row -> Arrays.fill(row, Double.NaN));
    }

    private boolean anyTruth() {
        return IntStream.range(0, truth.length).anyMatch(n -> truth[n]);
    }

    private List<Column> columns() {
        List<Column> columns = new ArrayList<>();
        if (anyTruth()) {
            columns.add(Imputing.named(new KnownCells(column, rows.column(target)).column(), column.name()));
        }
        if (column.kind().levelled()) {
            columns.add(Imputing.named(column, "predicted"));
            column.levels().forEach(level -> columns.add(Column.real("p(" + level + ")")));
        } else {
            // Of bare numbers the mean may have more decimals than these.
            boolean bare = column.format().pattern().matches("[0#.,]*");
            columns.add(bare && column.moment().isEmpty() ? Column.real("mean") : Imputing.named(column, "mean"));
            for (String name : NAMES) {
                columns.add(Imputing.named(column, name));
            }
        }
        if (anyTruth()) {
            columns.add(Column.real("log_score").withGaps(true));
            if (!column.kind().levelled()) {
                columns.add(Column.real("crps").withGaps(true));
            }
        }
        return columns;
    }

    Imputing.Table table() {
        int[] all = IntStream.range(0, rows.size()).toArray();
        List<String> remarks = answers.ask(
                rows,
                all,
                target,
                also,
                column.kind().levelled() ? 1 : Imputing.DRAWS,
                Conditioner.FEW,
                column.kind().levelled() ? this::level : this::number);
        return new Imputing.Table(columns(), out, remarks);
    }

    /** The log-probability of the evidence with a value of the target. */
    private double with(Evidence known, double value) {
        Evidence both =
                new Evidence(Evidence.of(new Evidence.Condition.Equal(target, value)).and(known).conditions().stream()
                        .filter(c -> !(c instanceof Evidence.Condition.Within within && within.column() == target))
                        .toList());
        try {
            return answers.conditioner()
                    .given(also.map(both::and).orElse(both), Conditioner.FEW)
                    .certainty()
                    .logProbability();
        } catch (InputException impossible) {
            return Double.NEGATIVE_INFINITY;
        }
    }

    /** Probabilities of levels are those of the rows with each level: exact where the law is. */
    private void level(int n, Evidence known, Conditional given, Points draws) {
        int levels = column.levels().size();
        double[] logs = new double[levels];
        Arrays.setAll(logs, level -> with(known, level));
        double largest = Arrays.stream(logs).max().orElseThrow();
        double sum = largest
                + Math.log(
                        Arrays.stream(logs).map(log -> Math.exp(log - largest)).sum());
        int first = anyTruth() ? 1 : 0;
        int best = 0;
        for (int level = 0; level < levels; level++) {
            best = logs[level] > logs[best] ? level : best;
            out.set(first + 1 + level, n, Math.exp(logs[level] - sum));
        }
        out.set(first, n, best);
        if (first == 1) {
            double value = rows.get(target, n);
            boolean known1 = truth[n] && value < levels;
            scores[n][0] = truth[n] ? known1 ? logs[(int) value] - sum : Double.NEGATIVE_INFINITY : Double.NaN;
            scores[n][4] = truth[n] ? value == best ? 1 : 0 : Double.NaN;
            out.set(0, n, known1 ? value : Double.NaN);
            out.set(out.dim() - 1, n, scores[n][0]);
        }
    }

    private void number(int n, Evidence known, Conditional given, Points draws) {
        DrawnNumbers numbers = new DrawnNumbers(column, draws.column(target));
        int first = anyTruth() ? 1 : 0;
        double mean = Center.MEAN.of(column, draws.column(target));
        out.set(first, n, mean);
        for (int k = 0; k < SHARES.length; k++) {
            out.set(first + 1 + k, n, numbers.quantile(SHARES[k]));
        }
        if (first == 1) {
            double value = rows.get(target, n);
            if (truth[n]) {
                double off = numbers.apart(value, mean);
                scores[n] = new double[] {
                    with(known, value) - given.certainty().logProbability(),
                    numbers.crps(value),
                    off * off,
                    Math.abs(numbers.apart(value, out.get(first + 3, n))),
                    numbers.within(value, SHARES[0], SHARES[SHARES.length - 1]) ? 1 : 0
                };
            }
            out.set(0, n, value);
            out.set(out.dim() - 2, n, scores[n][0]);
            out.set(out.dim() - 1, n, scores[n][1]);
        }
    }

    /** The figures of all predictions whose truth is there. */
    Optional<String> figures() {
        int[] scored = IntStream.range(0, truth.length).filter(n -> truth[n]).toArray();
        if (scored.length == 0) {
            return Optional.empty();
        }
        double[] logs = Arrays.stream(scored).mapToDouble(n -> scores[n][0]).toArray();
        double mean = Arrays.stream(logs).average().orElseThrow();
        double error =
                Math.sqrt(Arrays.stream(logs).map(l -> (l - mean) * (l - mean)).sum()
                        / Math.max(1, scored.length - 1)
                        / scored.length);
        String line = String.format(
                Locale.ROOT, "%,d with the truth: log-score %.4g (standard error %.2g)", scored.length, mean, error);
        return Optional.of(
                column.kind().levelled()
                        ? line + String.format(Locale.ROOT, ", accuracy %.4g", mean(scored, 4))
                        : line
                                + String.format(
                                        Locale.ROOT,
                                        ", CRPS %.4g, RMSE %.4g, mean absolute error of the median %.4g, within 90 %%: %.3g",
                                        mean(scored, 1),
                                        Math.sqrt(mean(scored, 2)),
                                        mean(scored, 3),
                                        mean(scored, 4)));
    }

    private double mean(int[] scored, int which) {
        return Arrays.stream(scored)
                .mapToDouble(n -> scores[n][which])
                .average()
                .orElseThrow();
    }
}
