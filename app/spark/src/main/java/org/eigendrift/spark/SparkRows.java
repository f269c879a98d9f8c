package org.eigendrift.spark;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.OptionalLong;
import java.util.stream.Collectors;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.broadcast.Broadcast;
import org.eigendrift.api.Points;
import org.eigendrift.api.data.Column;
import org.eigendrift.api.pass.Distributed;
import org.eigendrift.api.pass.Summary;

/**
 * Rows on a cluster, in blocks that are kept there, in memory as far as it goes. A reading is one job: each partition gathers from its
 * blocks, and what they gathered is merged in a tree.
 */
final class SparkRows implements Distributed, AutoCloseable {
    /** RowBlocks that are fetched at once where rows are read in order. */
    private static final int FETCHED = 16;

    private static final int DEPTH = 2;

    private final JavaSparkContext context;
    private final List<Column> columns;
    private final RowBlocks blocks;
    private final List<SparkRows> views = new ArrayList<>();

    /**
     * Keeps blocks.
     *
     * @param context where they are
     * @param columns one for each coordinate
     * @param blocks the rows; let go when this is closed
     */
    SparkRows(JavaSparkContext context, List<Column> columns, RowBlocks blocks) {
        this.context = context;
        this.columns = List.copyOf(columns);
        this.blocks = blocks;
    }

    @Override
    public List<Column> columns() {
        return columns;
    }

    @Override
    public OptionalLong rows() {
        return OptionalLong.of(blocks.rows());
    }

    @Override
    public List<Object> read(List<Summary<?>> summaries) {
        Broadcast<Parcel<List<Summary<?>>>> sent = context.broadcast(Parcel.of(new ArrayList<>(summaries)));
        try {
            JavaRDD<Gatherings> parts = blocks.rdd().mapPartitions(iterator -> {
                if (!iterator.hasNext()) {
                    return Arrays.<Gatherings>asList().iterator();
                }
                Gatherings gatherings = new Gatherings(sent);
                iterator.forEachRemaining(gatherings::add);
                return List.of(gatherings).iterator();
            });
            Gatherings all = blocks.rows() == 0
                    ? new Gatherings(sent)
                    : Stage.named(
                            context.sc(),
                            "reads rows for " + told(summaries),
                            () -> parts.treeReduce(Gatherings::merge, DEPTH));
            return all.results();
        } finally {
            sent.destroy();
        }
    }

    private static String told(List<Summary<?>> summaries) {
        return summaries.stream().map(Summary::label).distinct().collect(Collectors.joining(", "));
    }

    @Override
    public SparkRows chosen(Choice choice) {
        Broadcast<Parcel<Choice>> sent = context.broadcast(Parcel.of(choice));
        SparkRows view = new SparkRows(context, columns, blocks.chosen(sent));
        synchronized (views) {
            views.add(view);
        }
        return view;
    }

    @Override
    public Reader open() {
        return new InOrderReader();
    }

    /** Lets go of the blocks, also of those of views. */
    @Override
    public void close() {
        synchronized (views) {
            views.forEach(SparkRows::close);
        }
        blocks.release();
    }

    private final class InOrderReader implements Reader {
        private final long count = (blocks.rows() + Summary.BLOCK - 1) / Summary.BLOCK;
        private List<RowBlock> fetched = List.of();
        private long nextBlock;
        private int block;
        private int row;

        @Override
        public int read(Points buffer) {
            int filled = 0;
            while (filled < buffer.size()) {
                if (block == fetched.size() && !fetch()) {
                    break;
                }
                RowBlock here = fetched.get(block);
                int taken = Math.min(buffer.size() - filled, here.size() - row);
                for (int i = 0; i < buffer.dim(); i++) {
                    System.arraycopy(
                            here.values(), i * here.size() + row, buffer.values(), buffer.offset(i) + filled, taken);
                }
                filled += taken;
                row += taken;
                if (row == here.size()) {
                    block++;
                    row = 0;
                }
            }
            return filled;
        }

        private boolean fetch() {
            if (nextBlock == count) {
                return false;
            }
            long to = Math.min(count, nextBlock + FETCHED);
            fetched = blocks.between(nextBlock, to);
            if (fetched.size() != to - nextBlock) {
                throw new NoSuchElementException("blocks " + nextBlock + " to " + to + " of " + count);
            }
            nextBlock = to;
            block = 0;
            return true;
        }

        @Override
        public void close() {
            nextBlock = count;
            fetched = List.of();
            block = 0;
        }
    }
}
