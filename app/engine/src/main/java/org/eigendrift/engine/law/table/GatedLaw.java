package org.eigendrift.engine.law.table;

import java.util.Arrays;

/**
 * A conditional law of cells: a gate, and in each leaf a distribution. Immutable.
 */
final class GatedLaw {
    private final Gate gate;
    private final float[][] edges;
    private final int[] cells;
    private final int[] nodes;
    private final double[] base;
    private final Sharing sharing;
    private final boolean ordered;
    /** The last column that the gate asks, -1 if it asks none. */
    private final int last;

    /**
     * Fills the leaves of a gate.
     *
     * @param gate the gate
     * @param cells a cell of each row; shared
     * @param nodes the leaf of each row; shared
     * @param base the law above the root's, all positive; shared
     * @param sharing how leaves shrink
     * @param ordered whether cells have an order
     */
    GatedLaw(Gate gate, int[] cells, int[] nodes, double[] base, Sharing sharing, boolean ordered) {
        this.gate = gate;
        this.cells = cells;
        this.nodes = nodes;
        this.base = base;
        this.sharing = sharing;
        this.ordered = ordered;
        this.last = Arrays.stream(gate.column()).max().orElse(-1);
        this.edges = fill();
    }

    private float[][] fill() {
        int size = gate.size();
        int[][] byNode = byNode();
        float[][] out = new float[size][];
        double[][] laws = new double[size][];
        int[] parents = gate.parents();
        // Children have larger numbers than their parents, so counts flow up in descending order and laws down in
        // ascending.
        for (int at = size - 1; at > 0; at--) {
            byNode[parents[at]] = merge(byNode[parents[at]], byNode[at]);
        }
        int[] counts = new int[base.length];
        for (int at = 0; at < size; at++) {
            Arrays.fill(counts, 0);
            for (int cell : byNode[at]) {
                counts[cell]++;
            }
            laws[at] = new double[base.length];
            sharing.blend(at == 0 ? base : laws[parents[at]], counts, ordered, laws[at]);
            byNode[at] = null;
            if (gate.column()[at] < 0) {
                out[at] = cumulate(laws[at]);
                laws[at] = at == 0 ? laws[at] : null;
            }
        }
        return out;
    }

    private static float[] cumulate(double[] law) {
        float[] out = new float[law.length + 1];
        double sum = 0;
        for (int c = 0; c < law.length; c++) {
            sum += law[c];
            out[c + 1] = (float) sum;
        }
        // Rounded to 2^-24: small cells must not vanish, so mass is taken from differences of at least one step.
        out[law.length] = 1;
        for (int c = law.length - 1; c >= 0; c--) {
            out[c] = out[c] < out[c + 1] ? out[c] : Math.nextDown(out[c + 1]);
        }
        out[0] = 0;
        return out;
    }

    private int[][] byNode() {
        int[] sizes = new int[gate.size()];
        for (int node : nodes) {
            sizes[node]++;
        }
        int[][] out = new int[gate.size()][];
        Arrays.setAll(out, at -> new int[sizes[at]]);
        int[] filled = new int[gate.size()];
        for (int n = 0; n < nodes.length; n++) {
            out[nodes[n]][filled[nodes[n]]++] = cells[n];
        }
        return out;
    }

    private static int[] merge(int[] a, int[] b) {
        int[] out = Arrays.copyOf(a, a.length + b.length);
        System.arraycopy(b, 0, out, a.length, b.length);
        return out;
    }

    /** Whether the gate of a column asks for a prediction, which stands in the place of the column itself. */
    boolean asks(int column) {
        return last == column;
    }

    Gate gate() {
        return gate;
    }

    int[] cells() {
        return cells;
    }

    int[] nodes() {
        return nodes;
    }

    double[] base() {
        return base;
    }

    Sharing sharing() {
        return sharing;
    }

    /** The share below each cell in the leaf of a row, and 1 at the end; shared. */
    float[] edges(byte[] row) {
        return edges[gate.leaf(row)];
    }
}
