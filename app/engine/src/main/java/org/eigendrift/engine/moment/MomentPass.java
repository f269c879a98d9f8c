package org.eigendrift.engine.moment;

import java.util.ArrayList;
import java.util.List;
import org.eigendrift.api.Points;
import org.eigendrift.api.basis.Eigenbasis;
import org.eigendrift.engine.basis.ProductBasis;
import org.eigendrift.engine.kernel.MatrixKernel;
import org.eigendrift.engine.kernel.Parallel;

/**
 * Fills moment tables from rows in frame coordinates, a chunk at a time. Tensors with the same row coordinate are
 * filled together, as matrix products Phi_i (Phi_j o Phi_l)^T over panels of columns; a panel is one task, so each
 * entry is computed in one thread and in one order.
 */
public final class MomentPass {
    /** Rows of a chunk, whose sums are formed in double before they enter the exact sums. */
    public static final int CHUNK = 2048;

    private static final int BLOCK = 128;
    private static final int PANEL_COLUMNS = 1024;
    private static final int PANEL_ROWS = 16;

    private final ProductBasis basis;
    private final List<Panel> panels = new ArrayList<>();
    private final int[] functions;
    private final boolean[] columnAxis;
    private final double[][] values;
    private final double[][] byPoint;

    /** Tensors that share the row coordinate, side by side, for a range of its functions. */
    private record Panel(
            int rowCoordinate, int firstFunction, int rowFrom, int rowTo, List<MomentTensor> tensors, int columns) {}

    /** What is summed. */
    public enum Sum {
        /** Products of eigenfunctions. */
        PRODUCTS,
        /** Their squares, for standard errors. */
        SQUARES
    }

    private final Sum summed;

    /**
     * Prepares a pass.
     *
     * @param layout which moments
     */
    public MomentPass(MomentLayout layout) {
        this(layout, Sum.PRODUCTS);
    }

    /**
     * Prepares a pass over products or their squares.
     *
     * @param layout which moments
     * @param summed what is summed
     */
    public MomentPass(MomentLayout layout, Sum summed) {
        this.summed = summed;
        this.basis = layout.basis();
        this.functions = new int[basis.dim()];
        this.columnAxis = new boolean[basis.dim()];
        for (int i = 0; i < basis.dim(); i++) {
            collectPanels(layout, i);
        }
        this.values = new double[basis.dim()][];
        this.byPoint = new double[basis.dim()][];
        for (int i = 0; i < basis.dim(); i++) {
            values[i] = new double[functions[i] * CHUNK];
            byPoint[i] = columnAxis[i] ? new double[functions[i] * CHUNK] : null;
        }
    }

    private void collectPanels(MomentLayout layout, int coordinate) {
        List<MomentTensor> panel = new ArrayList<>();
        int columns = 0;
        for (MomentTensor tensor : layout.tensors()) {
            int rowAxis = tensor.rowAxis();
            if (tensor.coordinates[rowAxis] != coordinate) {
                continue;
            }
            int tensorColumns = tensor.size / tensor.extents[rowAxis];
            boolean alike = panel.isEmpty() || panel.get(0).full[panel.get(0).rowAxis()] == tensor.full[rowAxis];
            if (!panel.isEmpty() && (columns + tensorColumns > PANEL_COLUMNS || !alike)) {
                addPanels(coordinate, panel, columns);
                panel = new ArrayList<>();
                columns = 0;
            }
            panel.add(tensor);
            columns += tensorColumns;
            for (int axis = 0; axis < tensor.coordinates.length; axis++) {
                int j = tensor.coordinates[axis];
                functions[j] = Math.max(functions[j], tensor.extents[axis] + tensor.firstFunction(axis));
                columnAxis[j] |= axis != rowAxis;
            }
        }
        if (!panel.isEmpty()) {
            addPanels(coordinate, panel, columns);
        }
    }

    /** A wide panel of many rows is split by rows, so that a lone tensor still keeps several threads busy. */
    private void addPanels(int coordinate, List<MomentTensor> tensors, int columns) {
        MomentTensor any = tensors.get(0);
        int rows = any.extents[any.rowAxis()];
        for (int from = 0; from < rows; from += PANEL_ROWS) {
            panels.add(new Panel(
                    coordinate,
                    any.firstFunction(any.rowAxis()),
                    from,
                    Math.min(rows, from + PANEL_ROWS),
                    tensors,
                    columns));
        }
    }

    /**
     * Adds rows to a table.
     *
     * @param z rows in frame coordinates, inside the domains, at most {@link #CHUNK}; not modified
     * @param table receives the sums; modified
     * @param parallel runs the tasks
     */
    public void add(Points z, MomentTable table, Parallel parallel) {
        int count = z.size();
        parallel.forEach(basis.dim(), i -> evaluate(i, z));
        ExactSums sums = table.sums();
        parallel.forEach(panels.size(), p -> fill(panels.get(p), count, sums));
        table.addRows(count);
    }

    private void evaluate(int i, Points z) {
        if (functions[i] == 0) {
            return;
        }
        Eigenbasis eigenbasis = basis.coordinate(i).basis();
        eigenbasis.values(functions[i], z.values(), z.offset(i), z.size(), values[i]);
        if (summed == Sum.SQUARES) {
            for (int n = 0; n < functions[i] * z.size(); n++) {
                values[i][n] *= values[i][n];
            }
        }
        if (columnAxis[i]) {
            MatrixKernel.transpose(functions[i], z.size(), values[i], 0, byPoint[i], 0, functions[i]);
        }
    }

    private void fill(Panel panel, int count, ExactSums sums) {
        int rows = panel.rowTo - panel.rowFrom;
        int columns = panel.columns;
        double[] sum = new double[rows * columns];
        double[] products = new double[BLOCK * columns];
        double[] phi = values[panel.rowCoordinate];
        for (int from = 0; from < count; from += BLOCK) {
            int block = Math.min(BLOCK, count - from);
            int column = 0;
            for (MomentTensor tensor : panel.tensors) {
                column += columnProducts(tensor, from, block, products, column, columns);
            }
            MatrixKernel.multiplyAdd(
                    rows,
                    block,
                    columns,
                    phi,
                    (panel.firstFunction + panel.rowFrom) * count + from,
                    count,
                    products,
                    0,
                    columns,
                    sum,
                    0,
                    columns);
        }
        scatter(panel, sum, sums);
    }

    /** Writes, for each point of the block, the products of the tensor's column axes; returns their number. */
    private int columnProducts(MomentTensor tensor, int from, int block, double[] out, int column, int outRow) {
        int rowAxis = tensor.rowAxis();
        int width = 1;
        for (int n = 0; n < block; n++) {
            out[n * outRow + column] = 1;
        }
        for (int axis = 0; axis < tensor.coordinates.length; axis++) {
            if (axis != rowAxis) {
                int j = tensor.coordinates[axis];
                int extent = tensor.extents[axis];
                double[] phi = byPoint[j];
                for (int n = 0; n < block; n++) {
                    int at = (from + n) * functions[j] + tensor.firstFunction(axis);
                    expand(out, n * outRow + column, width, phi, at, extent);
                }
                width *= extent;
            }
        }
        return width;
    }

    /** Replaces the width numbers at {@code at} by their outer product with phi, in place, from the end backwards. */
    private static void expand(double[] out, int at, int width, double[] phi, int phiAt, int extent) {
        for (int w = width - 1; w >= 0; w--) {
            double factor = out[at + w];
            int to = at + w * extent;
            for (int c = 0; c < extent; c++) {
                out[to + c] = factor * phi[phiAt + c];
            }
        }
    }

    private static void scatter(Panel panel, double[] sum, ExactSums sums) {
        int column = 0;
        for (MomentTensor tensor : panel.tensors) {
            int rowAxis = tensor.rowAxis();
            int width = tensor.size / tensor.extents[rowAxis];
            int inner = tensor.strides[rowAxis];
            for (int r = panel.rowFrom; r < panel.rowTo; r++) {
                int sumAt = (r - panel.rowFrom) * panel.columns + column;
                for (int w = 0; w < width; w++) {
                    int index = w / inner * inner * tensor.extents[rowAxis] + r * inner + w % inner;
                    sums.add(tensor.start + index, sum[sumAt + w]);
                }
            }
            column += width;
        }
    }
}
