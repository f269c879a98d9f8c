package org.eigendrift.samplers.operator;

import java.util.Arrays;
import java.util.List;
import org.eigendrift.api.Fused;
import org.eigendrift.api.Points;
import org.eigendrift.api.guidance.Operator;

/** A matrix of which each row holds few entries. Immutable. */
final class RowsOperator implements Operator {
    private final int inputs;
    private final int[][] columns;
    private final double[][] entries;

    /**
     * Creates it.
     *
     * @param inputs columns of the matrix
     * @param columns for each row the columns of its entries
     * @param entries the entries
     */
    RowsOperator(int inputs, int[][] columns, double[][] entries) {
        this.inputs = inputs;
        this.columns = columns;
        this.entries = entries;
    }

    /** Of dense rows. */
    static RowsOperator of(int inputs, List<double[]> rows) {
        int[][] columns = new int[rows.size()][];
        double[][] entries = new double[rows.size()][];
        for (int j = 0; j < columns.length; j++) {
            double[] row = rows.get(j);
            int kept = 0;
            columns[j] = new int[row.length];
            entries[j] = new double[row.length];
            for (int i = 0; i < row.length; i++) {
                if (row[i] != 0) {
                    columns[j][kept] = i;
                    entries[j][kept++] = row[i];
                }
            }
            columns[j] = Arrays.copyOf(columns[j], kept);
            entries[j] = Arrays.copyOf(entries[j], kept);
        }
        return new RowsOperator(inputs, columns, entries);
    }

    @Override
    public int inputs() {
        return inputs;
    }

    @Override
    public int outputs() {
        return columns.length;
    }

    @Override
    public boolean affine() {
        return true;
    }

    @Override
    public void apply(Points x, Points out) {
        Arrays.fill(out.values(), 0);
        along(x, 0, 1, out, 0, 1);
    }

    @Override
    public void tangent(Points x, Points v, Points out) {
        apply(v, out);
    }

    @Override
    public void adjoint(Points x, Points w, Points out) {
        Arrays.fill(out.values(), 0);
        back(w, 0, 1, out, 0, 1);
    }

    /** Adds the product with some coordinates, from one on in strides, to others. */
    void along(Points x, int from, int step, Points out, int first, int stride) {
        for (int j = 0; j < columns.length; j++) {
            for (int e = 0; e < columns[j].length; e++) {
                add(entries[j][e], x, from + step * columns[j][e], out, first + stride * j);
            }
        }
    }

    /** Adds the product of the transpose. */
    void back(Points w, int from, int step, Points out, int first, int stride) {
        for (int j = 0; j < columns.length; j++) {
            for (int e = 0; e < columns[j].length; e++) {
                add(entries[j][e], w, from + step * j, out, first + stride * columns[j][e]);
            }
        }
    }

    static void add(double factor, Points from, int source, Points to, int goal) {
        int at = from.offset(source);
        int into = to.offset(goal);
        for (int n = 0; n < from.size(); n++) {
            to.values()[into + n] = Fused.multiplyAdd(factor, from.values()[at + n], to.values()[into + n]);
        }
    }
}
