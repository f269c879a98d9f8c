package org.eigendrift.engine.moment;

import java.util.ArrayList;
import java.util.List;
import org.eigendrift.api.Points;
import org.eigendrift.engine.basis.Cluster;
import org.eigendrift.engine.basis.ProductBasis;
import org.eigendrift.engine.kernel.Parallel;

/** Fills tables of A(t) at given times, time by time and panel by panel of each block. */
public final class GridPass implements SumPass {
    private final ProductBasis basis;
    private final GridLayout layout;
    private final double[] times;
    private final AxisFactors[] factors;
    private final List<Task> tasks = new ArrayList<>();

    /** One panel of the block of cluster u and its k-th neighbour. */
    private record Task(GridBlock block, int panel, int u, int k) {}

    /**
     * Prepares a pass.
     *
     * @param layout which times and entries
     */
    public GridPass(GridLayout layout) {
        this.basis = layout.basis();
        this.layout = layout;
        this.times = layout.times();
        this.factors = new AxisFactors[basis.dim()];
        int[][] used = used(basis);
        for (int i = 0; i < factors.length; i++) {
            factors[i] = used[i].length == 0 ? null : new AxisFactors(basis.coordinate(i), i, used[i], times);
        }
        for (int u = 0; u < basis.clusters().size(); u++) {
            for (int k = 0; k <= basis.neighbours(u).length; k++) {
                GridBlock block = new GridBlock(basis, factors, u, k == 0 ? u : basis.neighbours(u)[k - 1]);
                for (int p = 0; p < block.panels(); p++) {
                    tasks.add(new Task(block, p, u, k));
                }
            }
        }
    }

    /** For each coordinate the functions that clusters hold. */
    static int[][] used(ProductBasis basis) {
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
        int count = z.size();
        ExactSums sums = table.sums();
        forEachAxis(parallel, axis -> axis.load(z));
        parallel.forEach(basis.clusters().size(), c -> addFunctions(c, count, sums));
        for (int j = 0; j < times.length; j++) {
            int time = j;
            forEachAxis(parallel, axis -> axis.at(times[time]));
            parallel.forEach(tasks.size(), k -> {
                Task task = tasks.get(k);
                task.block.add(task.panel, count, sums, layout.start(time, task.u, task.k));
            });
        }
        table.addRows(count);
    }

    private void forEachAxis(Parallel parallel, java.util.function.Consumer<AxisFactors> work) {
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
