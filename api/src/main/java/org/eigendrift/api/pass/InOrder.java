package org.eigendrift.api.pass;

import java.util.Arrays;
import java.util.Map;
import java.util.TreeMap;
import org.eigendrift.api.InputException;
import org.eigendrift.api.Points;
import org.eigendrift.api.State;

/**
 * A summary by numbers that are folded in the order of the data: rounding depends on how they are, and so the outcome has the same bits
 * however the blocks were spread. Neighbours are folded two by two: blocks, then pairs of blocks, then pairs of these, by their places
 * alone; a run of blocks is a few arrays of numbers, however long. Immutable, thread-safe.
 */
public interface InOrder extends Summary<InOrder.Folded> {
    /**
     * The numbers of no row.
     *
     * @return a new array
     */
    double[] none();

    /**
     * The numbers of a block.
     *
     * @param rows the block; not modified
     * @param first the number of its first row
     * @return a new array, as long as that of no row
     */
    double[] of(Points rows, long first);

    /**
     * Adds the numbers of rows to those of the rows before them.
     *
     * @param before modified
     * @param after of at least one block; not modified
     */
    void fold(double[] before, double[] after);

    /** Numbers of blocks, of as many neighbours as are there. */
    final class Folded {
        private final InOrder summary;
        /** By the first block of each run; a run has 2^level blocks, the first of them a multiple of that. */
        private final TreeMap<Long, Run> runs = new TreeMap<>();

        private Folded(InOrder summary) {
            this.summary = summary;
        }

        private record Run(int level, double[] numbers) {}

        /** Adds a run, and folds it with its neighbour of the same length while there is one. */
        private void add(long first, Run added) {
            long from = first;
            Run run = added;
            while (true) {
                long other = from ^ 1L << run.level;
                Run neighbour = runs.get(other);
                if (neighbour == null || neighbour.level != run.level) {
                    runs.put(from, run);
                    return;
                }
                runs.remove(other);
                Run left = from < other ? run : neighbour;
                summary.fold(left.numbers, (from < other ? neighbour : run).numbers);
                from = Math.min(from, other);
                run = new Run(run.level + 1, left.numbers);
            }
        }

        /**
         * The numbers of all rows.
         *
         * @return a new array
         * @throws IllegalStateException if a block is missing
         */
        public double[] numbers() {
            double[] all = summary.none();
            long next = 0;
            for (Map.Entry<Long, Run> run : runs.entrySet()) {
                if (run.getKey() != next) {
                    throw new IllegalStateException("block " + next + " is missing");
                }
                summary.fold(all, run.getValue().numbers);
                next += 1L << run.getValue().level;
            }
            return all;
        }
    }

    @Override
    default Folded zero() {
        return new Folded(this);
    }

    @Override
    default void add(Folded into, Points rows, long first) {
        into.add(first / BLOCK, new Folded.Run(0, of(rows, first)));
    }

    @Override
    default void merge(Folded into, Folded other) {
        other.runs.forEach(into::add);
    }

    @Override
    default State write(Folded gathered) {
        int size = none().length;
        double[] runs = new double[gathered.runs.size() * (size + 2)];
        int at = 0;
        for (Map.Entry<Long, Folded.Run> run : gathered.runs.entrySet()) {
            runs[at++] = run.getKey();
            runs[at++] = run.getValue().level;
            System.arraycopy(run.getValue().numbers, 0, runs, at, size);
            at += size;
        }
        return State.of(Map.of("runs", runs));
    }

    @Override
    default Folded read(State state) {
        int size = none().length;
        double[] runs = state.get("runs");
        if (runs.length % (size + 2) != 0) {
            throw new InputException("a summary is damaged: " + runs.length + " numbers for runs of " + size);
        }
        Folded folded = zero();
        for (int at = 0; at < runs.length; at += size + 2) {
            double[] numbers = Arrays.copyOfRange(runs, at + 2, at + 2 + size);
            folded.runs.put((long) runs[at], new Folded.Run((int) runs[at + 1], numbers));
        }
        return folded;
    }
}
