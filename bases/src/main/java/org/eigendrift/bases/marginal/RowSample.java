package org.eigendrift.bases.marginal;

import java.util.Arrays;
import java.util.Map;
import org.eigendrift.api.CounterRandom;
import org.eigendrift.api.Points;
import org.eigendrift.api.State;
import org.eigendrift.api.pass.Plan;
import org.eigendrift.api.pass.Summary;

/**
 * Rows drawn without replacement in one reading, every row with equal probability (reservoir sampling, Vitter 1985,
 * algorithm R); all rows where there are few. The draw depends on the number of rows alone, not on the run's seed: a place
 * holds the last of the rows that were drawn for it, so that samples of parts of the rows merge into that of all.
 */
public final class RowSample {
    /** Most rows kept: as many as tell apart steps of a millionth. */
    private static final int LARGEST = 1 << 20;

    /** Rows for which there is room from the beginning. */
    private static final int FIRST = 1 << 12;

    /** Most numbers kept, 64 MB. */
    private static final int MEMORY = 1 << 23;

    private final double[][] columns;

    private RowSample(double[][] columns) {
        this.columns = columns;
    }

    /**
     * Draws rows.
     *
     * @param dim number of columns
     * @return a plan of one reading
     */
    public static Plan<RowSample> of(int dim) {
        return Plan.read(new Draw(dim)).map(Kept::sample);
    }

    /**
     * How many rows are kept.
     *
     * @param dim number of columns
     * @return the largest number of rows that are all in the sample
     */
    public static int most(int dim) {
        return Math.max(256, Math.min(LARGEST, MEMORY / dim));
    }

    /**
     * The sampled values of a column.
     *
     * @param column its index
     * @return in the order of the rows, the same for all columns; the array itself
     */
    public double[] column(int column) {
        return columns[column];
    }

    /**
     * The sampled values of a column in their own order.
     *
     * @param column its index
     * @return ascending; a copy
     */
    public double[] sorted(int column) {
        double[] sorted = columns[column].clone();
        Arrays.sort(sorted);
        return sorted;
    }

    /** Of each place the number of the row that it holds, counted from 1, and the row. */
    private static final class Kept {
        private final double[][] columns;
        private long[] rows = {};

        Kept(int dim) {
            this.columns = new double[dim][];
            grow(0);
        }

        void grow(int length) {
            rows = Arrays.copyOf(rows, length);
            for (int i = 0; i < columns.length; i++) {
                columns[i] = columns[i] == null ? new double[length] : Arrays.copyOf(columns[i], length);
            }
        }

        /** All places up to the last that holds a row do, once all rows are there. */
        RowSample sample() {
            int size = rows.length;
            while (size > 0 && rows[size - 1] == 0) {
                size--;
            }
            double[][] kept = new double[columns.length][];
            for (int i = 0; i < kept.length; i++) {
                kept[i] = Arrays.copyOf(columns[i], size);
            }
            return new RowSample(kept);
        }
    }

    private static final class Draw implements Summary<Kept> {
        private static final CounterRandom RANDOM = new CounterRandom(0);

        private final int dim;
        private final int size;

        Draw(int dim) {
            this.dim = dim;
            this.size = most(dim);
        }

        @Override
        public String label() {
            return "a sample of each column";
        }

        @Override
        public Kept zero() {
            return new Kept(dim);
        }

        @Override
        public void add(Kept into, Points points, long first) {
            for (int n = 0; n < points.size(); n++) {
                long row = first + n;
                long place = row < size ? row : (long) (RANDOM.uniform(0, row) * (row + 1));
                if (place < size && room(into, (int) place) < row + 1) {
                    into.rows[(int) place] = row + 1;
                    for (int i = 0; i < dim; i++) {
                        into.columns[i][(int) place] = points.get(i, n);
                    }
                }
            }
        }

        /** Makes room for a place, and tells which row it holds. */
        private long room(Kept kept, int place) {
            if (place >= kept.rows.length) {
                kept.grow((int) Math.min(size, Math.max(FIRST, 2L * place)));
            }
            return kept.rows[place];
        }

        @Override
        public void merge(Kept into, Kept other) {
            for (int place = 0; place < other.rows.length; place++) {
                if (other.rows[place] > room(into, place)) {
                    into.rows[place] = other.rows[place];
                    for (int i = 0; i < dim; i++) {
                        into.columns[i][place] = other.columns[i][place];
                    }
                }
            }
        }

        @Override
        public State write(Kept gathered) {
            int length = gathered.rows.length;
            double[] values = new double[dim * length];
            for (int i = 0; i < dim; i++) {
                System.arraycopy(gathered.columns[i], 0, values, i * length, length);
            }
            double[] rows = Arrays.stream(gathered.rows).asDoubleStream().toArray();
            return State.of(Map.of("rows", rows, "values", values));
        }

        @Override
        public Kept read(State state) {
            double[] rows = state.get("rows");
            double[] values = state.get("values", dim * rows.length);
            Kept kept = zero();
            kept.grow(rows.length);
            for (int place = 0; place < rows.length; place++) {
                kept.rows[place] = (long) rows[place];
                for (int i = 0; i < dim; i++) {
                    kept.columns[i][place] = values[i * rows.length + place];
                }
            }
            return kept;
        }
    }
}
