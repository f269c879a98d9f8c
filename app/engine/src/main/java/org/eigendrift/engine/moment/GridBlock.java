package org.eigendrift.engine.moment;

import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import org.eigendrift.engine.basis.Cluster;
import org.eigendrift.engine.basis.ProductBasis;
import org.eigendrift.engine.kernel.MatrixKernel;

/**
 * How the sums of one block of A(t) are formed, of clusters u and v. With Q the factors P_t[phi_a phi_b] of shared
 * coordinates and exp(-lambda t) phi of others, and G those of the gradients, an entry is the sum over rows of
 *
 * <pre>
 * G_1 Q_2 + Q_1 G_2,   Q_2 = product over axes j &gt; 1 of Q_j,   G_2 = sum over shared i &gt; 1 of G_i Q_j ..., j != i,
 * </pre>
 *
 * with axis 1 the first shared coordinate. Only the combinations of factors that occur are formed, and either all
 * sums of a factor of axis 1 with a combination, as a matrix product, or where few are wanted those alone. Immutable.
 */
final class GridBlock {
    private static final int BLOCK = 128;
    private static final int PANEL = 256;

    private final AxisFactors first;
    private final int[] firstRows;
    private final AxisFactors[] others;
    private final boolean[] shared;
    /** For each combination and other axis its row among the factors. */
    private final int[] otherRows;

    private final Panel[] panels;
    private final boolean gradients;

    /** Combinations from one on, and the entries that hold them: place among the sums, number within the block. */
    private record Panel(int from, int width, int[] places, int[] entries, boolean whole) {}

    /**
     * Plans a block.
     *
     * @param basis the functions
     * @param factors of each coordinate in use
     * @param u number of the first cluster
     * @param v number of the second cluster, at least {@code u}, sharing a coordinate with it
     */
    GridBlock(ProductBasis basis, AxisFactors[] factors, int u, int v) {
        Cluster cu = basis.clusters().get(u);
        Cluster cv = basis.clusters().get(v);
        int[] axes = axes(cu, cv);
        this.first = factors[axes[0]];
        this.others = new AxisFactors[axes.length - 1];
        this.shared = new boolean[others.length];
        boolean any = false;
        for (int at = 0; at < others.length; at++) {
            others[at] = factors[axes[at + 1]];
            shared[at] = cu.axis(axes[at + 1]) >= 0 && cv.axis(axes[at + 1]) >= 0;
            any |= shared[at];
        }
        this.gradients = any;
        Combinations combinations = new Combinations(axes, factors, cu, cv, u == v);
        this.firstRows = combinations.firstRows();
        this.otherRows = combinations.otherRows();
        this.panels = combinations.panels();
    }

    /** The shared coordinates, ascending, then the others. */
    private static int[] axes(Cluster u, Cluster v) {
        int[] axes = new int[u.order() + v.order()];
        int count = 0;
        for (int axis = 0; axis < u.order(); axis++) {
            if (v.axis(u.coordinate(axis)) >= 0) {
                axes[count++] = u.coordinate(axis);
            }
        }
        for (Cluster cluster : new Cluster[] {u, v}) {
            for (int axis = 0; axis < cluster.order(); axis++) {
                int i = cluster.coordinate(axis);
                if ((cluster == u ? v : u).axis(i) < 0) {
                    axes[count++] = i;
                }
            }
        }
        return Arrays.copyOf(axes, count);
    }

    /** Which factors the entries of a block combine. */
    private static final class Combinations {
        private final int[] axes;
        private final AxisFactors[] factors;
        private final int[][] ofU;
        private final int[][] ofV;
        private final int[] row;
        private final int[] column;
        private final Map<Integer, Integer> rows = new HashMap<>();
        private final Map<Long, Integer> columns = new HashMap<>();
        private int[] otherRows = new int[16];

        Combinations(int[] axes, AxisFactors[] factors, Cluster u, Cluster v, boolean diagonal) {
            this.axes = axes;
            this.factors = factors;
            this.ofU = functions(axes, u);
            this.ofV = functions(axes, v);
            int count = diagonal ? u.size() * (u.size() + 1) / 2 : Math.multiplyExact(u.size(), v.size());
            this.row = new int[count];
            this.column = new int[count];
            int entry = 0;
            for (int k = 0; k < u.size(); k++) {
                for (int l = diagonal ? k : 0; l < v.size(); l++) {
                    int pair = factors[axes[0]].pair(ofU[0][k], ofV[0][l]);
                    Integer known = rows.putIfAbsent(pair, rows.size());
                    row[entry] = known == null ? rows.size() - 1 : known;
                    column[entry++] = columnOf(k, l);
                }
            }
        }

        /** For each axis the functions of a cluster there, or null. */
        private static int[][] functions(int[] axes, Cluster cluster) {
            int[][] functions = new int[axes.length][];
            for (int at = 0; at < axes.length; at++) {
                int axis = cluster.axis(axes[at]);
                if (axis >= 0) {
                    functions[at] = new int[cluster.size()];
                    for (int index = 0; index < cluster.size(); index++) {
                        functions[at][index] = cluster.functionAt(cluster.position(index), axis);
                    }
                }
            }
            return functions;
        }

        private int columnOf(int k, int l) {
            long key = 0;
            int at = columns.size() * (axes.length - 1);
            if (at + axes.length > otherRows.length) {
                otherRows = Arrays.copyOf(otherRows, 2 * (at + axes.length));
            }
            for (int axis = 1; axis < axes.length; axis++) {
                AxisFactors here = factors[axes[axis]];
                if (ofU[axis] != null && ofV[axis] != null) {
                    int pair = here.pair(ofU[axis][k], ofV[axis][l]);
                    otherRows[at + axis - 1] = pair;
                    key = key * here.pairs() + pair;
                } else {
                    int function = ofU[axis] == null ? ofV[axis][l] : ofU[axis][k];
                    otherRows[at + axis - 1] = here.singleRow(function);
                    key = key * here.singles() + here.place(function);
                }
            }
            Integer known = columns.putIfAbsent(key, columns.size());
            return known == null ? columns.size() - 1 : known;
        }

        int[] firstRows() {
            int[] pairs = new int[rows.size()];
            rows.forEach((pair, at) -> pairs[at] = pair);
            return pairs;
        }

        int[] otherRows() {
            return Arrays.copyOf(otherRows, columns.size() * (axes.length - 1));
        }

        Panel[] panels() {
            Panel[] panels = new Panel[(columns.size() + PANEL - 1) / PANEL];
            int[] counts = new int[panels.length];
            for (int c : column) {
                counts[c / PANEL]++;
            }
            for (int p = 0; p < panels.length; p++) {
                int width = Math.min(PANEL, columns.size() - p * PANEL);
                boolean whole = (long) GridPass.ALONE * counts[p] >= (long) rows.size() * width;
                panels[p] = new Panel(p * PANEL, width, new int[counts[p]], new int[counts[p]], whole);
                counts[p] = 0;
            }
            for (int entry = 0; entry < column.length; entry++) {
                int p = column[entry] / PANEL;
                panels[p].places[counts[p]] = row[entry] * panels[p].width + column[entry] % PANEL;
                panels[p].entries[counts[p]++] = entry;
            }
            return panels;
        }
    }

    /** The number of panels, each of which can be added by itself. */
    int panels() {
        return panels.length;
    }

    /** The number of entries of a panel. */
    int entries(int p) {
        return panels[p].entries.length;
    }

    /** Work space for any block, grown as needed; for one thread at a time. */
    static final class Work {
        private double[] sum = {};
        private double[] product1 = {};
        private double[] gradient1 = {};
        private double[] product2 = {};
        private double[] gradient2 = {};
        private double[] byPoint = {};

        private void reserve(int sums, int rows, int width) {
            sum = sum.length < sums ? new double[sums] : sum;
            Arrays.fill(sum, 0, sums, 0);
            if (product1.length < rows * BLOCK) {
                product1 = new double[rows * BLOCK];
                gradient1 = new double[rows * BLOCK];
            }
            if (product2.length < width * BLOCK) {
                product2 = new double[width * BLOCK];
                gradient2 = new double[width * BLOCK];
                byPoint = new double[width * BLOCK];
            }
        }
    }

    /**
     * Adds a chunk's part of some entries, from the factors as they are.
     *
     * @param p number of the panel
     * @param count points
     * @param work work space; modified
     * @param sums receives the entries; modified
     * @param start index of the block's first entry
     */
    void add(int p, int count, Work work, ExactSums sums, int start) {
        Panel panel = panels[p];
        work.reserve(
                panel.whole ? firstRows.length * panel.width : panel.entries.length, firstRows.length, panel.width);
        for (int from = 0; from < count; from += BLOCK) {
            add(panel, from, Math.min(BLOCK, count - from), count, work);
        }
        for (int e = 0; e < panel.entries.length; e++) {
            sums.add(start + panel.entries[e], work.sum[panel.whole ? panel.places[e] : e]);
        }
    }

    private void add(Panel panel, int from, int block, int count, Work work) {
        gather(first.gradientRow(0), from, block, count, work.gradient1);
        if (gradients) {
            gather(0, from, block, count, work.product1);
        }
        for (int c = 0; c < panel.width; c++) {
            combine(panel.from + c, c * block, from, block, count, work);
        }
        if (panel.whole) {
            multiply(panel, work.gradient1, work.product2, block, work);
            if (gradients) {
                multiply(panel, work.product1, work.gradient2, block, work);
            }
        } else {
            addAlone(panel, block, work);
        }
    }

    /** The factors of the first axis, one after the other; {@code row} is that of the first pair's. */
    private void gather(int row, int from, int block, int count, double[] out) {
        double[] factors = first.factors();
        for (int r = 0; r < firstRows.length; r++) {
            System.arraycopy(factors, (row + firstRows[r]) * count + from, out, r * block, block);
        }
    }

    private void multiply(Panel panel, double[] ofFirst, double[] ofOthers, int block, Work work) {
        int width = panel.width;
        MatrixKernel.transpose(width, block, ofOthers, 0, work.byPoint, 0, width);
        MatrixKernel.multiplyAdd(
                firstRows.length, block, width, ofFirst, 0, block, work.byPoint, 0, width, work.sum, 0, width);
    }

    private void addAlone(Panel panel, int block, Work work) {
        for (int e = 0; e < panel.entries.length; e++) {
            int x = panel.places[e] / panel.width * block;
            int y = panel.places[e] % panel.width * block;
            double sum = MatrixKernel.dot(block, work.gradient1, x, work.product2, y);
            sum += gradients ? MatrixKernel.dot(block, work.product1, x, work.gradient2, y) : 0;
            work.sum[e] += sum;
        }
    }

    /** Q_2 and G_2 of one combination. */
    private void combine(int combination, int to, int from, int block, int count, Work work) {
        double[] product = work.product2;
        double[] gradient = work.gradient2;
        Arrays.fill(product, to, to + block, 1);
        if (gradients) {
            Arrays.fill(gradient, to, to + block, 0);
        }
        for (int axis = 0; axis < others.length; axis++) {
            double[] factors = others[axis].factors();
            int row = otherRows[combination * others.length + axis];
            int q = row * count + from;
            if (shared[axis]) {
                int g = others[axis].gradientRow(row) * count + from;
                for (int n = 0; n < block; n++) {
                    gradient[to + n] = gradient[to + n] * factors[q + n] + product[to + n] * factors[g + n];
                }
            } else if (gradients) {
                for (int n = 0; n < block; n++) {
                    gradient[to + n] *= factors[q + n];
                }
            }
            for (int n = 0; n < block; n++) {
                product[to + n] *= factors[q + n];
            }
        }
    }
}
