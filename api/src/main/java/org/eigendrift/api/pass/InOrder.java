package org.eigendrift.api.pass;

import java.util.Map;
import java.util.TreeMap;
import org.eigendrift.api.InputException;
import org.eigendrift.api.Points;
import org.eigendrift.api.State;

/**
 * A summary by numbers that are folded block by block in the order of the data: rounding depends on that order, and so the
 * outcome has the same bits however the blocks were spread. The numbers of blocks whose predecessors are not there yet wait. Immutable,
 * thread-safe.
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
     * Adds the numbers of a block to those of all rows before it.
     *
     * @param before modified
     * @param block not modified
     */
    void fold(double[] before, double[] block);

    /** Numbers of all blocks up to one, and of some after it. */
    final class Folded {
        private final TreeMap<Long, double[]> waiting = new TreeMap<>();
        private double[] numbers;
        private long next;

        private Folded(double[] numbers) {
            this.numbers = numbers;
        }

        /**
         * The numbers of all rows.
         *
         * @return the array itself
         * @throws IllegalStateException if a block is missing
         */
        public double[] numbers() {
            if (!waiting.isEmpty()) {
                throw new IllegalStateException("block " + next + " is missing");
            }
            return numbers;
        }
    }

    @Override
    default Folded zero() {
        return new Folded(none());
    }

    @Override
    default void add(Folded into, Points rows, long first) {
        into.waiting.put(first / BLOCK, of(rows, first));
        fold(into);
    }

    @Override
    default void merge(Folded into, Folded other) {
        into.waiting.putAll(other.waiting);
        if (other.next > 0) {
            // Only one of the two has the block from which on folding is possible.
            into.numbers = other.numbers;
            into.next = other.next;
        }
        fold(into);
    }

    private void fold(Folded into) {
        for (double[] block = into.waiting.remove(into.next); block != null; block = into.waiting.remove(into.next)) {
            fold(into.numbers, block);
            into.next++;
        }
    }

    @Override
    default State write(Folded gathered) {
        int size = gathered.numbers.length;
        double[] blocks = new double[gathered.waiting.size() * (size + 1)];
        int at = 0;
        for (Map.Entry<Long, double[]> block : gathered.waiting.entrySet()) {
            blocks[at++] = block.getKey();
            System.arraycopy(block.getValue(), 0, blocks, at, size);
            at += size;
        }
        return State.of(Map.of("numbers", gathered.numbers, "next", new double[] {gathered.next}, "blocks", blocks));
    }

    @Override
    default Folded read(State state) {
        int size = none().length;
        Folded folded = new Folded(state.get("numbers", size).clone());
        folded.next = (long) state.get("next", 1)[0];
        double[] blocks = state.get("blocks");
        if (blocks.length % (size + 1) != 0) {
            throw new InputException("a summary is damaged: " + blocks.length + " numbers for blocks of " + size);
        }
        for (int at = 0; at < blocks.length; at += size + 1) {
            double[] block = new double[size];
            System.arraycopy(blocks, at + 1, block, 0, size);
            folded.waiting.put((long) blocks[at], block);
        }
        return folded;
    }
}
