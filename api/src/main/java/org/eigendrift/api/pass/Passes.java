package org.eigendrift.api.pass;

import java.util.ArrayList;
import java.util.List;
import java.util.function.IntConsumer;
import org.eigendrift.api.Points;
import org.eigendrift.api.RunContext;
import org.eigendrift.api.data.Dataset;

/** Reads rows for {@link Plan plans}: here, or wherever the rows are. */
public interface Passes {

    /**
     * Reads all rows once.
     *
     * @param summaries what to gather, at least one
     * @return what each of them gathered, in their order
     */
    List<Object> read(List<Summary<?>> summaries);

    /**
     * Runs independent tasks.
     *
     * @param tasks how many there are
     * @param task is given numbers from 0 on; may be called from several threads
     */
    default void each(int tasks, IntConsumer task) {
        for (int t = 0; t < tasks; t++) {
            task.accept(t);
        }
    }

    /**
     * Reads a data set in the calling thread, or where its rows are.
     *
     * @param data the rows
     * @param run stops a reading between blocks when cancelled
     * @return passes over them
     */
    static Passes over(Dataset data, RunContext run) {
        if (data instanceof Distributed elsewhere) {
            return elsewhere;
        }
        return summaries -> {
            List<Gathering<?>> gatherings = Gathering.of(summaries);
            blocks(data, run, (rows, first) -> gatherings.forEach(gathering -> gathering.add(rows, first)));
            return Gathering.results(gatherings);
        };
    }

    /** Takes the blocks of a reading. */
    @FunctionalInterface
    interface Blocks {

        /**
         * Takes a block.
         *
         * @param rows its rows, at least one; overwritten after the call
         * @param first the number of the first of them, counted from 0
         */
        void accept(Points rows, long first);
    }

    /**
     * Reads all rows once, in order.
     *
     * @param data the rows
     * @param run stops the reading between blocks when cancelled
     * @param blocks takes them, of {@link Summary#BLOCK} rows but for the last
     */
    static void blocks(Dataset data, RunContext run, Blocks blocks) {
        Points buffer = Points.zeros(data.dim(), Summary.BLOCK);
        long first = 0;
        try (Dataset.Reader reader = data.open()) {
            for (int count = fill(reader, buffer); count > 0; count = fill(reader, buffer)) {
                run.checkCancelled();
                blocks.accept(count == buffer.size() ? buffer : buffer.slice(0, count), first);
                first += count;
            }
        }
    }

    private static int fill(Dataset.Reader reader, Points buffer) {
        int filled = reader.read(buffer);
        while (filled > 0 && filled < buffer.size()) {
            // The end of the data, unless a source gives less than it was asked for: blocks would not stand where they
            // belong.
            Points rest = Points.zeros(buffer.dim(), buffer.size() - filled);
            int more = reader.read(rest);
            if (more == 0) {
                break;
            }
            buffer.paste(filled, rest.slice(0, more));
            filled += more;
        }
        return filled;
    }

    /**
     * A summary with what it has gathered. Not thread-safe.
     *
     * @param <S> what is gathered
     */
    final class Gathering<S> {
        private final Summary<S> summary;
        private final S gathered;

        private Gathering(Summary<S> summary) {
            this.summary = summary;
            this.gathered = summary.zero();
        }

        /**
         * Begins.
         *
         * @param summaries what to gather
         * @return one for each
         */
        public static List<Gathering<?>> of(List<Summary<?>> summaries) {
            List<Gathering<?>> gatherings = new ArrayList<>();
            summaries.forEach(summary -> gatherings.add(new Gathering<>(summary)));
            return gatherings;
        }

        /**
         * Ends.
         *
         * @param gatherings all of a reading
         * @return what each has gathered
         */
        public static List<Object> results(List<Gathering<?>> gatherings) {
            List<Object> results = new ArrayList<>();
            gatherings.forEach(gathering -> results.add(gathering.gathered));
            return results;
        }

        /**
         * Adds a block.
         *
         * @param rows its rows; not modified
         * @param first the number of the first of them
         */
        public void add(Points rows, long first) {
            summary.add(gathered, rows, first);
        }
    }
}
