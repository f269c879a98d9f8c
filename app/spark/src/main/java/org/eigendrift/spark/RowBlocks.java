package org.eigendrift.spark;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.Iterator;
import java.util.List;
import java.util.function.LongToIntFunction;
import org.apache.spark.HashPartitioner;
import org.apache.spark.api.java.JavaPairRDD;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.broadcast.Broadcast;
import org.apache.spark.storage.StorageLevel;
import org.eigendrift.api.Points;
import org.eigendrift.api.pass.Distributed;
import org.eigendrift.api.pass.Summary;
import scala.Tuple2;

/**
 * Rows in blocks: the place of a row among all rows says in which, whatever the partitions.
 *
 * @param rdd all blocks
 * @param kept what is kept on the cluster, so that a reading need not make the blocks again
 * @param rows how many rows
 * @param dim columns
 * @param partition tells in which partition a block is
 */
record RowBlocks(JavaRDD<RowBlock> rdd, List<JavaRDD<RowBlock>> kept, long rows, int dim, LongToIntFunction partition) {

    /**
     * Cuts rows that are sorted over all partitions.
     *
     * @param sorted rows
     * @param counts how many are in each partition
     * @param dim columns
     */
    static RowBlocks of(JavaRDD<double[]> sorted, List<Long> counts, int dim) {
        long[] starts = starts(counts);
        long rows = starts[starts.length - 1];
        JavaRDD<RowBlock> parts =
                keep(sorted.mapPartitionsWithIndex((p, iterator) -> new Cut(iterator, starts[p], dim), true));
        int partitions = Math.max(1, sorted.getNumPartitions() / 4);
        JavaRDD<RowBlock> joined = keep(joined(parts.filter(part -> !whole(part, rows)), partitions));
        JavaRDD<RowBlock> all = parts.filter(part -> whole(part, rows)).union(joined);
        return new RowBlocks(all, List.of(parts, joined), rows, dim, number -> {
            long first = number * Summary.BLOCK;
            int p = partitionOf(starts, first);
            boolean whole = Math.min(rows, first + Summary.BLOCK) <= starts[p + 1];
            return whole ? p : starts.length - 1 + new HashPartitioner(partitions).getPartition(number);
        });
    }

    private static JavaRDD<RowBlock> keep(JavaRDD<RowBlock> blocks) {
        return blocks.persist(StorageLevel.MEMORY_AND_DISK());
    }

    /** Lets go of what is kept. */
    void release() {
        kept.forEach(blocks -> blocks.unpersist(false));
    }

    /** The place of each partition's first row, and the number of rows. */
    static long[] starts(List<Long> counts) {
        long[] starts = new long[counts.size() + 1];
        for (int p = 0; p < counts.size(); p++) {
            starts[p + 1] = starts[p] + counts.get(p);
        }
        return starts;
    }

    /** The partition that has a row: empty ones before it start there too. */
    private static int partitionOf(long[] starts, long row) {
        int at = Arrays.binarySearch(starts, row);
        int p = at >= 0 ? at : -at - 2;
        while (starts[p + 1] == starts[p]) {
            p++;
        }
        return p;
    }

    private static boolean whole(RowBlock part, long rows) {
        return part.from() == 0 && part.size() == Math.min(Summary.BLOCK, rows - part.number() * Summary.BLOCK);
    }

    private static JavaRDD<RowBlock> joined(JavaRDD<RowBlock> parts, int partitions) {
        JavaPairRDD<Long, RowBlock> byNumber = parts.mapToPair(part -> new Tuple2<>(part.number(), part));
        return byNumber.groupByKey(new HashPartitioner(partitions)).map(block -> join(block._2()));
    }

    private static RowBlock join(Iterable<RowBlock> parts) {
        List<RowBlock> inOrder = new ArrayList<>();
        parts.forEach(inOrder::add);
        inOrder.sort(Comparator.comparingInt(RowBlock::from));
        int size = inOrder.stream().mapToInt(RowBlock::size).sum();
        Points all = Points.zeros(inOrder.get(0).points().dim(), size);
        for (RowBlock part : inOrder) {
            all.paste(part.from(), part.points());
        }
        return new RowBlock(inOrder.get(0).number(), 0, size, all.values());
    }

    /**
     * Some of the rows, in their order.
     *
     * @param choice tells which
     */
    RowBlocks chosen(Broadcast<Parcel<Distributed.Choice>> choice) {
        JavaRDD<RowBlock> kept = rdd.map(block -> taken(block, choice.value().open()));
        long[] counts = new long[(int) ((rows + Summary.BLOCK - 1) / Summary.BLOCK)];
        Stage.named(
                        rdd.context(),
                        "counts rows of a chart",
                        () -> kept.map(block -> new long[] {block.number(), block.size()})
                                .collect())
                .forEach(count -> counts[(int) count[0]] = count[1]);
        long[] starts = starts(Arrays.stream(counts).boxed().toList());
        int partitions = rdd.getNumPartitions();
        JavaRDD<RowBlock> parts = kept.filter(block -> block.size() > 0)
                .flatMap(block -> shares(block, starts[(int) block.number()]).iterator());
        JavaRDD<RowBlock> joined = keep(joined(parts, partitions));
        return new RowBlocks(
                joined,
                List.of(joined),
                starts[counts.length],
                dim,
                number -> new HashPartitioner(partitions).getPartition(number));
    }

    private static RowBlock taken(RowBlock block, Distributed.Choice choice) {
        Points points = block.points();
        int[] places = choice.of(points);
        Points taken = points.select(places);
        return new RowBlock(block.number(), 0, places.length, taken.values());
    }

    /** Rows from some place on as parts of the blocks that they fall into. */
    private static List<RowBlock> shares(RowBlock rows, long start) {
        List<RowBlock> shares = new ArrayList<>();
        Points points = rows.points();
        for (int done = 0; done < rows.size(); ) {
            long place = start + done;
            int from = (int) (place % Summary.BLOCK);
            int size = Math.min(rows.size() - done, Summary.BLOCK - from);
            shares.add(new RowBlock(
                    place / Summary.BLOCK,
                    from,
                    size,
                    points.slice(done, done + size).values()));
            done += size;
        }
        return shares;
    }

    /**
     * Brings blocks here.
     *
     * @param from the first
     * @param to the first that is not wanted
     * @return in order
     */
    List<RowBlock> between(long from, long to) {
        int[] partitions = new int[(int) (to - from)];
        Arrays.setAll(partitions, b -> partition.applyAsInt(from + b));
        List<RowBlock> blocks = new ArrayList<>();
        int[] there = Arrays.stream(partitions).distinct().toArray();
        JavaRDD<RowBlock> wanted = rdd.filter(block -> block.number() >= from && block.number() < to);
        for (List<RowBlock> part :
                Stage.named(rdd.context(), "brings first rows here", () -> wanted.collectPartitions(there))) {
            blocks.addAll(part);
        }
        blocks.sort(Comparator.comparingLong(RowBlock::number));
        return blocks;
    }

    /** Rows of a partition as parts of blocks. */
    private static final class Cut implements Iterator<RowBlock> {
        private final Iterator<double[]> rows;
        private final int dim;
        private long place;

        Cut(Iterator<double[]> rows, long place, int dim) {
            this.rows = rows;
            this.place = place;
            this.dim = dim;
        }

        @Override
        public boolean hasNext() {
            return rows.hasNext();
        }

        @Override
        public RowBlock next() {
            int from = (int) (place % Summary.BLOCK);
            Points points = Points.zeros(dim, Summary.BLOCK - from);
            int size = 0;
            for (; size < points.size() && rows.hasNext(); size++) {
                double[] row = rows.next();
                for (int i = 0; i < dim; i++) {
                    points.set(i, size, row[i]);
                }
            }
            RowBlock part = new RowBlock(
                    place / Summary.BLOCK, from, size, points.slice(0, size).values());
            place += size;
            return part;
        }
    }
}
