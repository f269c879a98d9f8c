package org.eigendrift.engine.flow;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import org.eigendrift.api.Address;
import org.eigendrift.api.CounterRandom;
import org.eigendrift.api.InputException;
import org.eigendrift.api.Parallel;
import org.eigendrift.api.Points;
import org.eigendrift.api.State;
import org.eigendrift.api.data.Column;
import org.eigendrift.api.pass.Summary;
import org.eigendrift.engine.basis.ProductBasis;
import org.eigendrift.engine.judge.HeldoutShares;
import org.eigendrift.engine.moment.ExactSums;
import org.eigendrift.engine.moment.MomentLayout;
import org.eigendrift.engine.moment.MomentPass;
import org.eigendrift.engine.moment.MomentTable;
import org.eigendrift.engine.moment.SumLayout;
import org.eigendrift.engine.moment.SumPass;

/**
 * Moment tables of rows in frame coordinates, and whether they lie where the basis lives. Rows are summed in chunks of fixed size, each
 * fold by fold whether or not the folds have tables of their own, so that the sums do not depend on whether folds were asked for.
 *
 * @param basis where rows may lie
 * @param columns the frame coordinates
 * @param layout what is summed
 * @param tables how many there are: fold k has the k-th, those beyond share the last
 * @param squares whether squares are summed beside, all into one table; of a {@link MomentLayout}
 * @param outside what becomes of rows outside the domain
 */
record RowSums(ProductBasis basis, List<Column> columns, SumLayout layout, int tables, boolean squares, Outside outside)
        implements Summary<RowSums.Gathered> {
    private static final CounterRandom FOLD_KEY = new CounterRandom(HeldoutShares.FOLDS);

    private static final Parallel ALONE = new Parallel(1);

    /** A state holds doubles, in which both halves of a limb are exact. */
    private static final int HALF = 32;

    /** What to do with a row outside the domain. */
    enum Outside {
        REFUSE,
        SKIP
    }

    /** All rows in one table; one outside the domain is refused. */
    static RowSums of(ProductBasis basis, List<Column> columns, SumLayout layout) {
        return new RowSums(basis, columns, layout, 1, false, Outside.REFUSE);
    }

    /** Tables so far. Not thread-safe. */
    static final class Gathered {
        private final List<MomentTable> tables;
        private final Optional<MomentTable> squares;
        private SumPass pass;
        private SumPass passOfSquares;
        private long skipped;

        private Gathered(List<MomentTable> tables, Optional<MomentTable> squares) {
            this.tables = tables;
            this.squares = squares;
        }

        private void add(Points part, MomentTable table, Parallel parallel) {
            if (pass == null) {
                // Work space, which tables that are only merged do without.
                pass = table.layout().pass();
                passOfSquares = squares.isPresent()
                        ? new MomentPass((MomentLayout) table.layout(), MomentPass.Sum.SQUARES)
                        : null;
            }
            pass.add(part, table, parallel);
            if (passOfSquares != null) {
                passOfSquares.add(part, squares(), parallel);
            }
        }

        /** The tables, in the order of the folds. */
        List<MomentTable> tables() {
            return tables;
        }

        /** The table of all rows, where there is one alone. */
        MomentTable table() {
            return tables.get(0);
        }

        /** The squares of all rows. */
        MomentTable squares() {
            return squares.orElseThrow();
        }

        /** Rows that lay outside. */
        long skipped() {
            return skipped;
        }
    }

    @Override
    public String label() {
        return "moments";
    }

    @Override
    public Gathered zero() {
        List<MomentTable> empty = IntStream.range(0, tables)
                .mapToObj(k -> new MomentTable(layout))
                .toList();
        return new Gathered(empty, squares ? Optional.of(new MomentTable(layout)) : Optional.empty());
    }

    @Override
    public void add(Gathered into, Points rows, long first) {
        add(into, rows, first, ALONE);
    }

    /** The same on several threads. */
    void add(Gathered into, Points rows, long first, Parallel parallel) {
        for (int from = 0; from < rows.size(); from += SumPass.CHUNK) {
            Points chunk = rows.slice(from, Math.min(rows.size(), from + SumPass.CHUNK));
            Points inside = inside(chunk, first + from);
            into.skipped += chunk.size() - inside.size();
            for (int fold = 0; fold < HeldoutShares.FOLDS; fold++) {
                int[] ofFold = foldRows(fold, inside.size());
                if (ofFold.length > 0) {
                    into.add(inside.select(ofFold), into.tables.get(Math.min(fold, tables - 1)), parallel);
                }
            }
        }
    }

    /** The rows of a fold depend on their place within the chunk alone, so chunks may be fitted apart and merged. */
    private static int[] foldRows(int fold, int size) {
        return IntStream.range(0, size)
                .filter(n -> Math.floorMod(FOLD_KEY.bits(0, n), HeldoutShares.FOLDS) == fold)
                .toArray();
    }

    private Points inside(Points chunk, long firstRow) {
        int[] keep = new int[chunk.size()];
        int kept = 0;
        for (int n = 0; n < chunk.size(); n++) {
            int i = firstOutside(chunk, n);
            if (i < 0) {
                keep[kept++] = n;
            } else if (outside == Outside.REFUSE) {
                throw refusal(chunk.get(i, n), i, firstRow + n);
            }
        }
        return kept == chunk.size() ? chunk : chunk.select(Arrays.copyOf(keep, kept));
    }

    private int firstOutside(Points chunk, int n) {
        for (int i = 0; i < chunk.dim(); i++) {
            if (!basis.coordinate(i).basis().domain().contains(chunk.get(i, n))) {
                return i;
            }
        }
        return -1;
    }

    private InputException refusal(double value, int i, long row) {
        var domain = basis.coordinate(i).basis().domain();
        return InputException.at(
                Address.ofRow(row + 1).in(columns.get(i).name()),
                String.format(
                        Locale.ROOT,
                        "%s (after frames) lies outside [%s, %s], where the basis of this coordinate" + " lives",
                        value,
                        domain.lower(),
                        domain.upper()));
    }

    @Override
    public void merge(Gathered into, Gathered other) {
        for (int k = 0; k < tables; k++) {
            into.tables.get(k).add(other.tables.get(k));
        }
        into.squares.ifPresent(table -> table.add(other.squares()));
        into.skipped += other.skipped;
    }

    @Override
    public State write(Gathered gathered) {
        Map<String, double[]> arrays = new HashMap<>();
        for (int k = 0; k < tables; k++) {
            write(gathered.tables.get(k), "table" + k, arrays);
        }
        gathered.squares.ifPresent(table -> write(table, "squares", arrays));
        arrays.put("skipped", new double[] {gathered.skipped});
        return State.of(arrays);
    }

    private static void write(MomentTable table, String name, Map<String, double[]> arrays) {
        long[] limbs = table.limbs();
        double[] halves = new double[2 * limbs.length + 1];
        for (int i = 0; i < limbs.length; i++) {
            halves[2 * i] = limbs[i] >> HALF;
            halves[2 * i + 1] = limbs[i] & (1L << HALF) - 1;
        }
        halves[2 * limbs.length] = table.rows();
        arrays.put(name, halves);
    }

    @Override
    public Gathered read(State state) {
        List<MomentTable> read = new ArrayList<>();
        for (int k = 0; k < tables; k++) {
            read.add(table(state, "table" + k));
        }
        Gathered gathered = new Gathered(read, squares ? Optional.of(table(state, "squares")) : Optional.empty());
        gathered.skipped = (long) state.get("skipped", 1)[0];
        return gathered;
    }

    private MomentTable table(State state, String name) {
        double[] halves = state.get(name, 4 * layout.size() + 1);
        long[] limbs = new long[2 * layout.size()];
        for (int i = 0; i < limbs.length; i++) {
            limbs[i] = ((long) halves[2 * i] << HALF) + (long) halves[2 * i + 1];
        }
        return new MomentTable(layout, ExactSums.ofLimbs(limbs), (long) halves[2 * limbs.length]);
    }
}
