package org.eigendrift.api.linear;

import java.util.Arrays;
import org.eigendrift.api.Fused;

/**
 * A symmetric matrix of dense blocks, most of which are absent: clusters of coordinates give blocks, disjoint
 * clusters give none. Of each pair of blocks (i, j) and (j, i) the one with i &lt;= j is stored.
 */
public final class BlockSymmetric implements SymmetricMatrix {
    private final int[] blockStarts;
    private final int[] rowStarts;
    private final int[] columns;
    private final double[][] entries;

    /**
     * Creates a matrix.
     *
     * @param blockStarts first row of each block, ascending from 0, with n at the end; copied
     * @param rowStarts for each block row, where its blocks begin in {@code columns}; length blocks + 1; copied
     * @param columns block columns of the stored blocks, ascending within a row, the first being the diagonal block;
     *     copied
     * @param entries for each stored block its entries, row by row; shared, and not to be modified afterwards
     * @throws IllegalArgumentException if the parts do not fit together
     */
    public BlockSymmetric(int[] blockStarts, int[] rowStarts, int[] columns, double[][] entries) {
        int blocks = blockStarts.length - 1;
        this.blockStarts = checkedStarts(blockStarts[blocks], blockStarts);
        this.rowStarts = rowStarts.clone();
        this.columns = columns.clone();
        this.entries = entries.clone();
        if (rowStarts.length != blocks + 1 || columns.length != entries.length || rowStarts[blocks] != columns.length) {
            throw new IllegalArgumentException("block rows and columns do not fit together");
        }
        for (int i = 0; i < blocks; i++) {
            for (int k = rowStarts[i]; k < rowStarts[i + 1]; k++) {
                boolean ordered = k == rowStarts[i] ? columns[k] == i : columns[k] > columns[k - 1];
                int expected = width(i) * width(columns[k]);
                if (!ordered || entries[k].length != expected) {
                    throw new IllegalArgumentException("block (" + i + ", " + columns[k] + ")");
                }
            }
        }
    }

    static int[] checkedStarts(int size, int[] blockStarts) {
        int[] starts = blockStarts.clone();
        for (int i = 1; i < starts.length; i++) {
            if (starts[i] <= starts[i - 1]) {
                throw new IllegalArgumentException("block starts " + Arrays.toString(starts));
            }
        }
        if (starts[0] != 0 || starts[starts.length - 1] != size) {
            throw new IllegalArgumentException("block starts " + Arrays.toString(starts) + " for order " + size);
        }
        return starts;
    }

    private int width(int block) {
        return blockStarts[block + 1] - blockStarts[block];
    }

    @Override
    public int size() {
        return blockStarts[blockStarts.length - 1];
    }

    @Override
    public int blocks() {
        return blockStarts.length - 1;
    }

    @Override
    public int blockStart(int block) {
        return blockStarts[block];
    }

    /**
     * Where a block row's blocks begin.
     *
     * @param row 0 to {@code blocks()}
     * @return index of its diagonal block; the number of stored blocks for {@code blocks()}
     */
    public int rowStart(int row) {
        return rowStarts[row];
    }

    /**
     * The block column of a stored block.
     *
     * @param index 0 to {@code rowStart(blocks()) - 1}
     * @return its column, at least its row
     */
    public int column(int index) {
        return columns[index];
    }

    /**
     * The entries of a stored block, row by row.
     *
     * @param index 0 to {@code rowStart(blocks()) - 1}
     * @return the array itself; shared, not to be modified
     */
    public double[] entries(int index) {
        return entries[index];
    }

    @Override
    public double get(int row, int column) {
        int i = block(Math.min(row, column));
        int j = block(Math.max(row, column));
        int at = Arrays.binarySearch(columns, rowStarts[i], rowStarts[i + 1], j);
        if (at < 0) {
            return 0;
        }
        int r = Math.min(row, column) - blockStarts[i];
        int c = Math.max(row, column) - blockStarts[j];
        return entries[at][r * width(j) + c];
    }

    private int block(int row) {
        int at = Arrays.binarySearch(blockStarts, row);
        return at >= 0 ? at : -at - 2;
    }

    @Override
    public long nonzeros() {
        long count = 0;
        for (int i = 0; i < blocks(); i++) {
            for (int k = rowStarts[i]; k < rowStarts[i + 1]; k++) {
                count += (columns[k] == i ? 1L : 2L) * entries[k].length;
            }
        }
        return count;
    }

    @Override
    public DenseSymmetric toDense() {
        int n = size();
        double[] dense = new double[Math.multiplyExact(n, n)];
        for (int i = 0; i < blocks(); i++) {
            for (int k = rowStarts[i]; k < rowStarts[i + 1]; k++) {
                int width = width(columns[k]);
                for (int r = 0; r < width(i); r++) {
                    for (int c = 0; c < width; c++) {
                        int row = blockStarts[i] + r;
                        int column = blockStarts[columns[k]] + c;
                        dense[row * n + column] = entries[k][r * width + c];
                        dense[column * n + row] = entries[k][r * width + c];
                    }
                }
            }
        }
        return new DenseSymmetric(n, dense, blockStarts);
    }

    @Override
    public void apply(double[] x, double[] y) {
        Arrays.fill(y, 0, size(), 0);
        for (int i = 0; i < blocks(); i++) {
            for (int k = rowStarts[i]; k < rowStarts[i + 1]; k++) {
                multiply(entries[k], blockStarts[i], width(i), blockStarts[columns[k]], width(columns[k]), x, y);
            }
        }
    }

    /** Adds block times x to y, and the transposed block unless it is on the diagonal. */
    private static void multiply(double[] block, int row, int rows, int column, int width, double[] x, double[] y) {
        boolean transpose = row != column;
        for (int r = 0; r < rows; r++) {
            double sum = 0;
            double xr = x[row + r];
            int at = r * width;
            for (int c = 0; c < width; c++) {
                sum = Fused.multiplyAdd(block[at + c], x[column + c], sum);
            }
            if (transpose) {
                for (int c = 0; c < width; c++) {
                    y[column + c] = Fused.multiplyAdd(block[at + c], xr, y[column + c]);
                }
            }
            y[row + r] += sum;
        }
    }

    @Override
    public void diagonal(double[] out) {
        for (int i = 0; i < blocks(); i++) {
            double[] block = entries[rowStarts[i]];
            int width = width(i);
            for (int r = 0; r < width; r++) {
                out[blockStarts[i] + r] = block[r * width + r];
            }
        }
    }
}
