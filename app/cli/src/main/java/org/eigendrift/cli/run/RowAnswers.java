package org.eigendrift.cli.run;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.IntToLongFunction;
import java.util.stream.IntStream;
import org.eigendrift.api.Address;
import org.eigendrift.api.InputException;
import org.eigendrift.api.Parallel;
import org.eigendrift.api.Points;
import org.eigendrift.api.Progress;
import org.eigendrift.api.Purpose;
import org.eigendrift.api.RunContext;
import org.eigendrift.api.data.Column;
import org.eigendrift.api.law.Certainty;
import org.eigendrift.api.law.Conditional;
import org.eigendrift.api.law.Conditioner;
import org.eigendrift.api.law.DrawRequest;
import org.eigendrift.api.law.Draws;
import org.eigendrift.api.law.Evidence;
import org.eigendrift.api.law.Evidence.Condition;
import org.eigendrift.api.law.Law;
import org.eigendrift.cli.console.Counted;
import org.eigendrift.engine.Eigendrift;
import org.eigendrift.engine.report.Beyond;

/** Asks a law about each of many rows: what its open cells are, given the others. An answer depends on the row and its number. */
final class RowAnswers {
    private final Law law;
    private final Conditioner conditioner;
    private final RunContext run;
    private final IntToLongFunction keys;

    RowAnswers(Law law, RunContext run) {
        this(law, run, n -> n);
    }

    /** Answers depend on keys of rows in place of their numbers. */
    RowAnswers(Law law, RunContext run, IntToLongFunction keys) {
        this.law = law;
        this.run = run;
        this.keys = keys;
        // Rows are spread over the threads, so that each is asked on one.
        this.conditioner = conditioner(law, run.alone());
    }

    static Conditioner conditioner(Law law, RunContext run) {
        return Eigendrift.conditioner(law, run)
                .orElseThrow(() -> new InputException("the model is of a kind '"
                        + law.provenance().kind() + "', which cannot be asked for its rows given others"));
    }

    Conditioner conditioner() {
        return conditioner;
    }

    /** Takes the answer for a row. Called from several threads. */
    interface Taker {
        /**
         * Takes an answer.
         *
         * @param row number of the row
         * @param known what was asked
         * @param given the law of the row
         * @param draws rows of it
         */
        void take(int row, Evidence known, Conditional given, Points draws);
    }

    /**
     * Asks about rows.
     *
     * @param rows rows, NaN in open cells; not modified
     * @param which the rows to ask about
     * @param target a column that is open in any case; -1 for none
     * @param also what else is known of all rows
     * @param count draws for each row
     * @param effective what an answer should rest on
     * @param taker takes the answers
     * @return remarks for the user
     */
    List<String> ask(
            Points rows, int[] which, int target, Optional<Evidence> also, int count, int effective, Taker taker) {
        Certainty[] certainties = new Certainty[which.length];
        List<List<String>> told = new ArrayList<>(Collections.nCopies(which.length, List.of()));
        Parallel parallel = run.parallel();
        try (Progress.Task task = run.progress().begin("rows", which.length)) {
            parallel.forEach(which.length, k -> {
                run.checkCancelled();
                int n = which[k];
                Evidence known = known(rows, n, target);
                Conditional given = given(also.map(known::and).orElse(known), n, effective);
                RunContext own =
                        run.alone().withSeed(run.random(Purpose.CONDITION_DRAWS).bits(keys.applyAsLong(n), 1));
                Draws draws = given.draw(DrawRequest.of(count), own);
                certainties[k] = given.certainty();
                told.set(k, beside(given.certainty(), draws));
                taker.take(n, known, given, draws.rows());
                task.advance(1);
            });
        }
        List<String> remarks = strange(rows, target);
        remarks.addAll(new Beyond(law).remarks(rows, target));
        remarks.addAll(remarks(certainties));
        remarks.addAll(counted(told));
        return remarks;
    }

    /**
     * Draws given what else was found of a row.
     *
     * @param known what is known of it by now
     * @param n its number
     * @param turn tells the random numbers of this answer from others of the row, which have 1
     * @param count how many
     */
    Points draws(Evidence known, int n, long turn, int count) {
        RunContext own =
                run.alone().withSeed(run.random(Purpose.CONDITION_DRAWS).bits(keys.applyAsLong(n), turn));
        return given(known, n, Conditioner.FEW).draw(DrawRequest.of(count), own).rows();
    }

    /** What is said of draws beside what their certainty says, which is told of all rows together. */
    private static List<String> beside(Certainty certainty, Draws draws) {
        List<String> beside = new ArrayList<>(draws.remarks());
        beside.removeAll(certainty.remarks());
        return beside;
    }

    /** What is said of draws: each line once, with the number of rows if it is not that of all. */
    private static List<String> counted(List<List<String>> told) {
        Map<String, Integer> counts = new LinkedHashMap<>();
        told.forEach(lines -> lines.forEach(line -> counts.merge(line, 1, Integer::sum)));
        return counts.entrySet().stream()
                .map(line -> line.getValue() == told.size()
                        ? line.getKey()
                        : String.format(
                                Locale.ROOT, "for %,d of %,d rows: %s", line.getValue(), told.size(), line.getKey()))
                .limit(MOST_TOLD)
                .toList();
    }

    /** Lines beyond are of single rows. */
    private static final int MOST_TOLD = 12;

    private Conditional given(Evidence known, int n, int effective) {
        try {
            return conditioner.given(known, effective);
        } catch (InputException e) {
            throw e.within(Address.ofRow(n + 1));
        }
    }

    /** The cells that are there; that others have a value where the law knows gaps. */
    private Evidence known(Points rows, int n, int target) {
        List<Column> columns = law.columns();
        List<Condition> conditions = new ArrayList<>();
        for (int i = 0; i < columns.size(); i++) {
            double value = rows.get(i, n);
            Column column = columns.get(i);
            if (i != target
                    && !Double.isNaN(value)
                    && (column.allows(value) || !column.kind().levelled())) {
                conditions.add(new Condition.Equal(i, nearest(column, value)));
            } else if (column.gaps()) {
                conditions.add(new Condition.Within(i, Double.NEGATIVE_INFINITY, Double.POSITIVE_INFINITY));
            }
        }
        if (conditions.isEmpty()) {
            conditions.add(new Condition.Within(0, Double.NEGATIVE_INFINITY, Double.POSITIVE_INFINITY));
        }
        return new Evidence(conditions);
    }

    /** Numbers beyond what a column can have count as the nearest that it can. */
    private static double nearest(Column column, double value) {
        if (column.allows(value)) {
            return value;
        }
        return column.stepped(column.bounds().nearest(value));
    }

    /** What was not taken as it stands. */
    private List<String> strange(Points rows, int target) {
        List<String> remarks = new ArrayList<>();
        for (int i = 0; i < rows.dim(); i++) {
            Column column = law.columns().get(i);
            int strange = 0;
            for (int n = 0; n < rows.size() && i != target; n++) {
                double value = rows.get(i, n);
                strange += !Double.isNaN(value) && !column.allows(value) ? 1 : 0;
            }
            if (strange > 0) {
                remarks.add("column '" + column.name() + "': " + Counted.of(strange, "cell")
                        + (column.kind().levelled()
                                ? " of a level that the model does not know, asked about as if open"
                                : " where the model has no rows, asked about as the nearest that it has"));
            }
        }
        return remarks;
    }

    private static List<String> remarks(Certainty[] certainties) {
        double least = Double.POSITIVE_INFINITY;
        int few = 0;
        int apart = 0;
        for (Certainty certainty : certainties) {
            least = Math.min(least, certainty.effectiveSampleSize());
            few += certainty.effectiveSampleSize() < Certainty.FEW ? 1 : 0;
            apart += certainty.rHat() <= Certainty.APART ? 0 : 1;
        }
        List<String> remarks = new ArrayList<>();
        if (few > 0) {
            remarks.add(String.format(
                    Locale.ROOT,
                    "%,d of %,d rows rest on fewer than %.0f effective draws (the least on %.0f): take these as rough",
                    few,
                    certainties.length,
                    Certainty.FEW,
                    least));
        }
        if (apart > 0) {
            remarks.add(String.format(
                    Locale.ROOT,
                    "for %,d of %,d rows R-hat is above %.3g: their draws found different parts of the answer",
                    apart,
                    certainties.length,
                    Certainty.APART));
        }
        return remarks;
    }

    /** Rows with an open cell. */
    static int[] open(Points rows) {
        return IntStream.range(0, rows.size())
                .filter(n -> IntStream.range(0, rows.dim()).anyMatch(i -> Double.isNaN(rows.get(i, n))))
                .toArray();
    }
}
