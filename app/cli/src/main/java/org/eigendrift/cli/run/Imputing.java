package org.eigendrift.cli.run;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.IntToLongFunction;
import java.util.stream.IntStream;
import org.eigendrift.api.InputException;
import org.eigendrift.api.Points;
import org.eigendrift.api.RunContext;
import org.eigendrift.api.data.Column;
import org.eigendrift.api.law.Conditioner;
import org.eigendrift.api.law.Evidence;
import org.eigendrift.api.law.Law;
import org.eigendrift.api.law.Ruled;
import org.eigendrift.cli.console.Counted;

/** Fills the open cells of rows. */
public final class Imputing {
    /** Draws for each row: a mean of them is off by a twentieth of the cell's spread. */
    static final int DRAWS = 400;

    /** Ends of the 50 and 90 % intervals, and what columns with them are called. */
    private static final double[] ENDS = {0.05, 0.25, 0.75, 0.95};

    private static final String[] NAMES = {"_low90", "_low50", "_high50", "_high90"};

    private final Law law;
    private final Points rows;
    private final Optional<Evidence> also;
    private final RowAnswers answers;
    private final int[] open;
    private final KnownCells[] written;

    /** Fills rows that are written with these columns: the law's, with levels that only rows have behind its own. */
    Imputing(Law law, Points rows, List<Column> columns, Optional<Evidence> also, RunContext run) {
        this(law, rows, columns, also, new RowAnswers(law, run));
    }

    /**
     * Fills rows that lie elsewhere, where they have no numbers.
     *
     * @param law the law
     * @param rows rows, NaN in open cells; not modified
     * @param keys one for each row, which its answer depends on in place of its number
     * @param run seed, threads
     * @throws org.eigendrift.api.InputException if the law is of a kind that is not asked
     */
    public Imputing(Law law, Points rows, IntToLongFunction keys, RunContext run) {
        this(law, rows, law.columns(), Optional.empty(), new RowAnswers(law, run, keys));
    }

    private Imputing(Law law, Points rows, List<Column> columns, Optional<Evidence> also, RowAnswers answers) {
        this.law = law;
        this.rows = rows;
        this.also = also;
        this.answers = answers;
        this.open = RowAnswers.open(rows);
        this.written = IntStream.range(0, rows.dim())
                .mapToObj(i -> new KnownCells(columns.get(i), rows.column(i)))
                .toArray(KnownCells[]::new);
    }

    /**
     * A table to write.
     *
     * @param columns its columns
     * @param rows its rows
     * @param remarks what a user should know of it
     */
    public record Table(List<Column> columns, Points rows, List<String> remarks) {}

    /** Rows with an open cell. */
    int rows() {
        return open.length;
    }

    long cells() {
        long cells = 0;
        for (int n : open) {
            for (int i = 0; i < rows.dim(); i++) {
                cells += Double.isNaN(rows.get(i, n)) ? 1 : 0;
            }
        }
        return cells;
    }

    /**
     * One value in each cell, and its intervals if wanted.
     *
     * @param fill what stands for an open cell
     * @param intervals whether its intervals go into columns of their own
     * @return the law's columns, then those of intervals
     */
    public Table filled(Center fill, boolean intervals) {
        int[] numbers = intervals ? numbersWithGaps() : new int[0];
        Points all = Points.zeros(rows.dim() + numbers.length * ENDS.length, rows.size());
        for (int i = 0; i < all.dim(); i++) {
            for (int n = 0; n < rows.size(); n++) {
                all.set(i, n, i < rows.dim() ? rows.get(i, n) : Double.NaN);
            }
        }
        List<Column> columns = law.columns();
        AtomicInteger pulled = new AtomicInteger();
        List<String> remarks = answers.ask(rows, open, -1, also, DRAWS, Conditioner.FEW, (n, known, given, draws) -> {
            double[] row = centres(n, known, draws, fill, pulled);
            for (int i = 0; i < row.length; i++) {
                all.set(i, n, keeps(i, n) ? row[i] : written[i].answer(row[i]));
            }
            for (int k = 0; k < numbers.length; k++) {
                ends(all, rows.dim() + k * ENDS.length, n, numbers[k], draws);
            }
        });
        if (pulled.get() > 0) {
            remarks.add(
                    Counted.of(pulled.get(), "filled value")
                            + " would have lain outside the 90 % interval of the cell, drawn there by few values far off: the end of the interval was taken");
        }
        return new Table(withEnds(numbers), all, remarks);
    }

    /** A row with its open cells filled: each by itself, if all that holds in rows of the law holds then, too. */
    private double[] centres(int n, Evidence known, Points draws, Center fill, AtomicInteger pulled) {
        double[] row = rows.row(n);
        int[] gaps =
                IntStream.range(0, row.length).filter(i -> Double.isNaN(row[i])).toArray();
        for (int i : gaps) {
            double centre = fill.of(law.columns().get(i), draws.column(i));
            row[i] = Center.inside(law.columns().get(i), centre, Center.sorted(draws.column(i)));
            pulled.addAndGet(row[i] == centre ? 0 : 1);
        }
        if (!(law instanceof Ruled ruled) || gaps.length < 2 || ruled.keeps(written(row))) {
            return row;
        }
        double[] kept = inTurn(n, known, gaps, draws, fill);
        return ruled.keeps(kept) ? kept : nearest(draws, row, gaps);
    }

    /** A row as a file has it: its values are multiples of the columns' steps. */
    private double[] written(double[] row) {
        double[] out = row.clone();
        Arrays.setAll(out, i -> law.columns().get(i).stepped(row[i]));
        return out;
    }

    /** Fills the cells one after the other, each given those before, as far as there is an answer. */
    private double[] inTurn(int n, Evidence known, int[] gaps, Points first, Center fill) {
        double[] row = rows.row(n);
        Points draws = first;
        Evidence found = also.map(known::and).orElse(known);
        for (int k = 0; k < gaps.length; k++) {
            Column column = law.columns().get(gaps[k]);
            double[] values = draws.column(gaps[k]);
            double centre = fill.of(column, values);
            // What the others leave no choice about is what it is; other values keep to the intervals that are told.
            boolean fixed = Arrays.stream(values).allMatch(v -> v == values[0]);
            double[] told = Center.sorted(first.column(gaps[k]));
            row[gaps[k]] = column.stepped(fixed ? centre : Center.inside(column, centre, told));
            found = found.and(Evidence.of(new Evidence.Condition.Equal(gaps[k], row[gaps[k]])));
            if (k < gaps.length - 1) {
                try {
                    draws = answers.draws(found, n, k + 2L, DRAWS);
                } catch (InputException none) {
                    // A mean may lie where the law has no mass: then a draw is taken whole.
                    return row;
                }
            }
        }
        return row;
    }

    /** Of the draws the one nearest to a row, by the spread of each column; levels count one if they differ. */
    private double[] nearest(Points draws, double[] row, int[] gaps) {
        double[] distances = new double[draws.size()];
        for (int i : gaps) {
            double[] sorted = Center.sorted(draws.column(i));
            boolean levels = law.columns().get(i).kind().levelled();
            double spread = Math.max(Double.MIN_NORMAL, sorted[sorted.length - 1] - sorted[0]);
            for (int d = 0; d < distances.length; d++) {
                double away = Math.abs(draws.get(i, d) - row[i]);
                // A gap is as far from a value as can be.
                distances[d] += levels ? (away == 0 ? 0 : 1) : Double.isNaN(away) ? 1 : away / spread;
            }
        }
        int best = 0;
        for (int d = 0; d < distances.length; d++) {
            best = distances[d] < distances[best] ? d : best;
        }
        return draws.row(best);
    }

    private void ends(Points all, int from, int n, int column, Points draws) {
        if (Double.isNaN(rows.get(column, n))) {
            DrawnNumbers numbers = new DrawnNumbers(law.columns().get(column), draws.column(column));
            for (int e = 0; e < ENDS.length; e++) {
                all.set(from + e, n, numbers.quantile(ENDS[e]));
            }
        }
    }

    private int[] numbersWithGaps() {
        return IntStream.range(0, rows.dim())
                .filter(i -> !law.columns().get(i).kind().levelled())
                .filter(i -> IntStream.of(open).anyMatch(n -> Double.isNaN(rows.get(i, n))))
                .toArray();
    }

    private List<Column> columns() {
        return Arrays.stream(written).map(KnownCells::column).toList();
    }

    private List<Column> withEnds(int[] numbers) {
        List<Column> columns = new ArrayList<>(columns());
        for (int i : numbers) {
            Column of = law.columns().get(i);
            for (String name : NAMES) {
                columns.add(named(of, of.name() + name));
            }
        }
        return columns;
    }

    /** A column of the same values that may be empty. */
    static Column named(Column of, String name) {
        return new Column(
                name,
                of.kind(),
                of.lower(),
                of.upper(),
                of.ends(),
                of.step(),
                of.levels(),
                of.atoms(),
                true,
                of.format(),
                of.observed());
    }

    /** Whether a cell stays as it was written, be it that the model does not know what stands there. */
    private boolean keeps(int column, int n) {
        return !Double.isNaN(rows.get(column, n));
    }

    /** All rows as often as wanted, their open cells drawn; a first column tells the copies apart. */
    Table drawn(int copies) {
        int size = rows.size();
        Points all = Points.zeros(rows.dim() + 1, Math.multiplyExact(copies, size));
        for (int copy = 0; copy < copies; copy++) {
            for (int n = 0; n < size; n++) {
                all.set(0, copy * size + n, copy + 1.0);
                for (int i = 0; i < rows.dim(); i++) {
                    all.set(i + 1, copy * size + n, rows.get(i, n));
                }
            }
        }
        int effective = Math.max(Conditioner.FEW, copies);
        List<String> remarks = answers.ask(rows, open, -1, also, copies, effective, (n, known, given, draws) -> {
            for (int copy = 0; copy < copies; copy++) {
                for (int i = 0; i < rows.dim(); i++) {
                    if (!keeps(i, n)) {
                        all.set(i + 1, copy * size + n, written[i].answer(draws.get(i, copy)));
                    }
                }
            }
        });
        List<Column> columns = new ArrayList<>();
        columns.add(Column.integer("draw", 1, copies).withFormat(new Column.Format("integer", "", "")));
        columns.addAll(columns());
        return new Table(columns, all, remarks);
    }
}
