package org.eigendrift.api.linear;

import org.eigendrift.api.Fused;

/** A symmetric matrix stored whole, row by row. */
public final class DenseSymmetric implements SymmetricMatrix {
    private final int size;
    private final double[] values;
    private final int[] blockStarts;

    /**
     * Creates a matrix of one block.
     *
     * @param size the order n
     * @param values n * n entries, row by row, both triangles; shared, and not to be modified afterwards
     */
    public DenseSymmetric(int size, double[] values) {
        this(size, values, new int[] {0, size});
    }

    /**
     * Creates a partitioned matrix.
     *
     * @param size the order n
     * @param values n * n entries, row by row, both triangles; shared, and not to be modified afterwards
     * @param blockStarts ascending, from 0 to n; copied
     */
    public DenseSymmetric(int size, double[] values, int[] blockStarts) {
        if (values.length != (long) size * size) {
            throw new IllegalArgumentException(values.length + " values for order " + size);
        }
        this.size = size;
        this.values = values;
        this.blockStarts = BlockSymmetric.checkedStarts(size, blockStarts);
    }

    @Override
    public int size() {
        return size;
    }

    /**
     * The entries, row by row.
     *
     * @return the array itself; shared, not to be modified
     */
    public double[] values() {
        return values;
    }

    @Override
    public double get(int row, int column) {
        return values[row * size + column];
    }

    @Override
    public long nonzeros() {
        return (long) size * size;
    }

    @Override
    public int blocks() {
        return blockStarts.length - 1;
    }

    @Override
    public int blockStart(int block) {
        return blockStarts[block];
    }

    @Override
    public DenseSymmetric toDense() {
        return this;
    }

    @Override
    public void apply(double[] x, double[] y) {
        for (int i = 0; i < size; i++) {
            y[i] = row(i * size, x);
        }
    }

    /** Four partial sums: the order of additions is fixed, and independent of the machine. */
    private double row(int start, double[] x) {
        double s0 = 0;
        double s1 = 0;
        double s2 = 0;
        double s3 = 0;
        int j = 0;
        for (; j + 3 < size; j += 4) {
            s0 = Fused.multiplyAdd(values[start + j], x[j], s0);
            s1 = Fused.multiplyAdd(values[start + j + 1], x[j + 1], s1);
            s2 = Fused.multiplyAdd(values[start + j + 2], x[j + 2], s2);
            s3 = Fused.multiplyAdd(values[start + j + 3], x[j + 3], s3);
        }
        for (; j < size; j++) {
            s0 = Fused.multiplyAdd(values[start + j], x[j], s0);
        }
        return s0 + s1 + (s2 + s3);
    }

    @Override
    public void diagonal(double[] out) {
        for (int i = 0; i < size; i++) {
            out[i] = values[i * size + i];
        }
    }
}
