package org.eigendrift.engine.moment;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.function.Consumer;
import org.eigendrift.api.Parallel;
import org.eigendrift.api.Points;
import org.eigendrift.engine.basis.Cluster;
import org.eigendrift.engine.basis.ProductBasis;

/** Fills tables of A(t) at given times, time by time and panel by panel of each block. */
public final class GridPass implements SumPass {
    /** What a multiply-add costs in a sum by itself, in units of one in a matrix product. */
    public static final int ALONE = 3;

    /** Factors held at a time, 64 MB, for as few rows as this if need be. */
    private static final long HELD = 1 << 23;

    private static final int FEWEST = 64;

    /** As many tasks for the threads to share. */
    private static final int BATCHES = 64;

    private final ProductBasis basis;
    private final GridLayout layout;
    private final double[] times;
    private final AxisFactors[] factors;
    private final List<Batch> batches = new ArrayList<>();

    /** Rows whose factors are held at a time; sums of a chunk's pieces enter the exact sums one by one. */
    private final int piece;

    /** One panel of the block of cluster u and its k-th neighbour. */
    private record Task(GridBlock block, int panel, int u, int k) {}

    /** Tasks that are run one after the other, in the same work space. */
    private record Batch(List<Task> tasks, GridBlock.Work work) {}

    /**
     * Prepares a pass.
     *
     * @param layout which times and entries
     */
    public GridPass(GridLayout layout) {
        this.basis = layout.basis();
        this.layout = layout;
        this.times = layout.onlyTimes().orElseThrow();
        this.factors = new AxisFactors[basis.dim()];
        int[][] used = used(basis);
        for (int i = 0; i < factors.length; i++) {
            factors[i] = used[i].length == 0 ? null : new AxisFactors(basis.coordinate(i), i, used[i], times);
        }
        long width = Arrays.stream(factors)
                .filter(Objects::nonNull)
                .mapToLong(AxisFactors::width)
                .sum();
        this.piece = (int) Math.max(FEWEST, Math.min(CHUNK, HELD / Math.max(1, width)));
        collectBatches();
    }

    private void collectBatches() {
        long most = GridLayout.entries(basis) / BATCHES;
        Batch batch = null;
        long entries = 0;
        for (int u = 0; u < basis.clusters().size(); u++) {
            for (int k = 0; k <= basis.neighbours(u).length; k++) {
                GridBlock block = new GridBlock(basis, factors, u, k == 0 ? u : basis.neighbours(u)[k - 1]);
                for (int p = 0; p < block.panels(); p++) {
                    if (batch == null || entries > most) {
                        batch = new Batch(new ArrayList<>(), new GridBlock.Work());
                        batches.add(batch);
                        entries = 0;
                    }
                    batch.tasks.add(new Task(block, p, u, k));
                    entries += block.entries(p);
                }
            }
        }
    }

    /** For each coordinate the functions that clusters hold. */
    private static int[][] used(ProductBasis basis) {
        int[][] used = new int[basis.dim()][0];
        for (Cluster cluster : basis.clusters()) {
            int[][] own = Ascending.used(cluster);
            for (int axis = 0; axis < own.length; axis++) {
                int i = cluster.coordinate(axis);
                used[i] = Ascending.union(used[i], own[axis]);
            }
        }
        return used;
    }

    @Override
    public void add(Points z, MomentTable table, Parallel parallel) {
        for (int from = 0; from < z.size(); from += piece) {
            int to = Math.min(z.size(), from + piece);
            addPiece(to - from == z.size() ? z : z.slice(from, to), table, parallel);
        }
    }

    private void addPiece(Points z, MomentTable table, Parallel parallel) {
        int count = z.size();
        ExactSums sums = table.sums();
        forEachAxis(parallel, axis -> axis.load(z));
        parallel.forEach(basis.clusters().size(), c -> addFunctions(c, count, sums));
        for (int j = 0; j < times.length; j++) {
            int time = j;
            forEachAxis(parallel, axis -> axis.at(times[time]));
            parallel.forEach(batches.size(), k -> {
                Batch batch = batches.get(k);
                for (Task task : batch.tasks) {
                    task.block.add(task.panel, count, batch.work, sums, layout.start(time, task.u, task.k));
                }
            });
        }
        table.addRows(count);
    }

    private void forEachAxis(Parallel parallel, Consumer<AxisFactors> work) {
        parallel.forEach(factors.length, i -> {
            if (factors[i] != null) {
                work.accept(factors[i]);
            }
        });
    }

    /** Adds the sums of a cluster's functions themselves. */
    private void addFunctions(int c, int count, ExactSums sums) {
        Cluster cluster = basis.clusters().get(c);
        for (int index = 0; index < cluster.size(); index++) {
            double sum = 0;
            for (int n = 0; n < count; n++) {
                double product = 1;
                for (int axis = 0; axis < cluster.order(); axis++) {
                    int k = cluster.functionAt(cluster.position(index), axis);
                    product *= factors[cluster.coordinate(axis)].values()[k * count + n];
                }
                sum += product;
            }
            sums.add(basis.start(c) + index, sum);
        }
    }
}
