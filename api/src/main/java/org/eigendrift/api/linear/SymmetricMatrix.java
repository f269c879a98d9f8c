package org.eigendrift.api.linear;

/**
 * A symmetric matrix whose entries are known, partitioned into blocks: one block a cluster of coordinates. Immutable
 * once handed over.
 */
public sealed interface SymmetricMatrix extends SymmetricOperator permits DenseSymmetric, BlockSymmetric {

    /**
     * One entry.
     *
     * @param row 0 to n - 1
     * @param column 0 to n - 1
     * @return the entry
     */
    double get(int row, int column);

    /**
     * The number of stored entries, counted in both triangles.
     *
     * @return entries that may differ from 0
     */
    long nonzeros();

    /**
     * The number of diagonal blocks.
     *
     * @return at least 1 unless n is 0
     */
    int blocks();

    /**
     * Where a diagonal block begins.
     *
     * @param block 0 to {@code blocks()}
     * @return its first row; n for {@code blocks()}
     */
    int blockStart(int block);

    /**
     * The matrix as one array.
     *
     * @return a dense matrix of the same entries; itself if it is dense
     */
    DenseSymmetric toDense();
}
