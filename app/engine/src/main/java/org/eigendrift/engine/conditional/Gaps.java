package org.eigendrift.engine.conditional;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import java.util.stream.IntStream;
import org.eigendrift.api.Points;
import org.eigendrift.api.Progress;
import org.eigendrift.api.RunContext;
import org.eigendrift.api.data.Column;
import org.eigendrift.api.law.Certainty;
import org.eigendrift.api.law.Conditioner;
import org.eigendrift.api.law.Evidence;
import org.eigendrift.api.law.Evidence.Condition;
import org.eigendrift.api.law.Scores;

/** Cells that nobody filled: no numbers in columns that have no gaps. In others a gap is a value. */
public final class Gaps {
    private Gaps() {}

    /**
     * Rows without one.
     *
     * @param columns the columns
     * @param x rows; not modified
     * @return their places
     */
    static int[] whole(List<Column> columns, Points x) {
        return IntStream.range(0, x.size()).filter(n -> !isOpen(columns, x, n)).toArray();
    }

    /**
     * Rows with at least one.
     *
     * @param columns the columns
     * @param x rows; not modified
     * @return their places
     */
    static int[] open(List<Column> columns, Points x) {
        return IntStream.range(0, x.size()).filter(n -> isOpen(columns, x, n)).toArray();
    }

    private static boolean isOpen(List<Column> columns, Points x, int n) {
        for (int i = 0; i < columns.size(); i++) {
            if (Double.isNaN(x.get(i, n)) && !columns.get(i).gaps()) {
                return true;
            }
        }
        return false;
    }

    /**
     * What a row with gaps says.
     *
     * @param columns the columns
     * @param x rows; not modified
     * @param n which
     * @return its other cells as evidence; of a row of gaps alone that its first column has any value
     */
    public static Evidence evidence(List<Column> columns, Points x, int n) {
        List<Condition> conditions = new ArrayList<>();
        for (int i = 0; i < columns.size(); i++) {
            if (!Double.isNaN(x.get(i, n)) || columns.get(i).gaps()) {
                conditions.add(new Condition.Equal(i, x.get(i, n)));
            }
        }
        return conditions.isEmpty()
                ? Evidence.of(new Condition.Within(0, Double.NEGATIVE_INFINITY, Double.POSITIVE_INFINITY))
                : new Evidence(conditions);
    }

    /**
     * Log-densities of rows of which some have gaps: of these the marginal density of the other cells. Rows with gaps are spread over
     * the threads.
     *
     * @param columns the columns
     * @param x rows; not modified
     * @param whole gives log-densities of rows without gaps
     * @param conditioner gives probabilities of evidence; asked once, and only if there are gaps, for one thread
     * @param run threads, progress
     * @return nats for each row
     */
    public static Scores logDensity(
            List<Column> columns,
            Points x,
            Function<Points, Scores> whole,
            Function<RunContext, Conditioner> conditioner,
            RunContext run) {
        int[] open = open(columns, x);
        if (open.length == 0) {
            return whole.apply(x);
        }
        int[] rest = whole(columns, x);
        Scores scores = whole.apply(x.select(rest));
        double[] nats = new double[x.size()];
        for (int j = 0; j < rest.length; j++) {
            nats[rest[j]] = scores.nats()[j];
        }
        double error = rest.length == 0 ? 0 : scores.error() * rest.length;
        Certainty[] certainties = new Certainty[open.length];
        Conditioner asked = conditioner.apply(run.alone());
        try (Progress.Task task = run.progress().begin("rows with gaps", open.length)) {
            run.parallel().forEach(open.length, j -> {
                run.checkCancelled();
                certainties[j] = Marginal.of(asked, evidence(columns, x, open[j]));
                task.advance(1);
            });
        }
        for (int j = 0; j < open.length; j++) {
            nats[open[j]] = certainties[j].logProbability();
            error += certainties[j].error();
        }
        return new Scores(nats, error / x.size());
    }
}
