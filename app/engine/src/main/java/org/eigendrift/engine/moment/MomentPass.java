package org.eigendrift.engine.moment;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.eigendrift.api.Parallel;
import org.eigendrift.api.Points;
import org.eigendrift.api.basis.Eigenbasis;
import org.eigendrift.engine.basis.ProductBasis;
import org.eigendrift.engine.kernel.MatrixKernel;

/**
 * Fills moment tables from rows in frame coordinates, a chunk at a time. Tensors with the same row coordinate are
 * filled together, as matrix products Phi_i (Phi_j o Phi_l)^T over panels of columns; a panel is one task, so each
 * entry is computed in one thread and in one order.
 */
public final class MomentPass implements SumPass {
    private static final int BLOCK = 128;
    private static final int PANEL_COLUMNS = 1024;

    /** Products of columns are formed anew for each panel of rows, so rows are split only where they are many. */
    private static final int PANEL_ROWS = 32;

    private final ProductBasis basis;
    private final List<Panel> panels = new ArrayList<>();
    private final int[] functions;
    private final boolean[] columnAxis;
    private final double[][] values;
    private final double[][] byPoint;

    /** Tensors that share the row coordinate and its functions, side by side, for a range of those functions. */
    private record Panel(int rowCoordinate, int[] rows, int rowFrom, List<MomentTensor> tensors, int columns) {}

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
        collectPanels(layout);
        this.values = new double[basis.dim()][];
        this.byPoint = new double[basis.dim()][];
        for (int i = 0; i < basis.dim(); i++) {
            values[i] = new double[functions[i] * CHUNK];
            byPoint[i] = columnAxis[i] ? new double[functions[i] * CHUNK] : null;
        }
    }

    private void collectPanels(MomentLayout layout) {
        Map<List<Integer>, List<MomentTensor>> alike = new LinkedHashMap<>();
        for (MomentTensor tensor : layout.tensors()) {
            int rowAxis = tensor.rowAxis();
            List<Integer> key = new ArrayList<>(List.of(tensor.coordinates[rowAxis]));
            Arrays.stream(tensor.functions[rowAxis]).forEach(key::add);
            alike.computeIfAbsent(key, k -> new ArrayList<>()).add(tensor);
            for (int axis = 0; axis < tensor.coordinates.length; axis++) {
                int j = tensor.coordinates[axis];
                int[] list = tensor.functions[axis];
                functions[j] = Math.max(functions[j], list[list.length - 1] + 1);
                columnAxis[j] |= axis != rowAxis;
            }
        }
        for (List<MomentTensor> tensors : alike.values()) {
            int from = 0;
            int columns = 0;
            for (int k = 0; k < tensors.size(); k++) {
                int more = columns(tensors.get(k));
                if (k > from && columns + more > PANEL_COLUMNS) {
                    addPanels(tensors.subList(from, k), columns);
                    from = k;
                    columns = 0;
                }
                columns += more;
            }
            addPanels(tensors.subList(from, tensors.size()), columns);
        }
    }

    private static int columns(MomentTensor tensor) {
        return (int) (tensor.size / tensor.functions[tensor.rowAxis()].length);
    }

    /** A wide panel of many rows is split by rows, so that a lone tensor still keeps several threads busy. */
    private void addPanels(List<MomentTensor> tensors, int columns) {
        MomentTensor any = tensors.get(0);
        int[] rows = any.functions[any.rowAxis()];
        int parts = (rows.length + PANEL_ROWS - 1) / PANEL_ROWS;
        for (int part = 0; part < parts; part++) {
            int from = part * rows.length / parts;
            int to = (part + 1) * rows.length / parts;
            panels.add(new Panel(
                    any.coordinates[any.rowAxis()],
                    Arrays.copyOfRange(rows, from, to),
                    from,
                    List.copyOf(tensors),
                    columns));
        }
    }

    @Override
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
        int rows = panel.rows.length;
        int columns = panel.columns;
        double[] sum = new double[rows * columns];
        double[] products = new double[BLOCK * columns];
        double[] phi = values[panel.rowCoordinate];
        int phiAt = panel.rows[0] * count;
        if (panel.rows[rows - 1] - panel.rows[0] != rows - 1) {
            phi = gathered(panel, count);
            phiAt = 0;
        }
        for (int from = 0; from < count; from += BLOCK) {
            int block = Math.min(BLOCK, count - from);
            int column = 0;
            for (MomentTensor tensor : panel.tensors) {
                column += columnProducts(tensor, from, block, products, column, columns);
            }
            MatrixKernel.multiplyAdd(
                    rows, block, columns, phi, phiAt + from, count, products, 0, columns, sum, 0, columns);
        }
        scatter(panel, sum, sums);
    }

    /** The row coordinate's functions of a panel, one after the other. */
    private double[] gathered(Panel panel, int count) {
        double[] rows = new double[panel.rows.length * count];
        for (int r = 0; r < panel.rows.length; r++) {
            System.arraycopy(values[panel.rowCoordinate], panel.rows[r] * count, rows, r * count, count);
        }
        return rows;
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
                int[] list = tensor.functions[axis];
                int length = list.length;
                boolean consecutive = list[length - 1] - list[0] == length - 1;
                for (int n = 0; n < block; n++) {
                    int at = n * outRow + column;
                    int phiAt = (from + n) * functions[j];
                    if (consecutive) {
                        expand(out, at, width, byPoint[j], phiAt + list[0], length);
                    } else {
                        expand(out, at, width, byPoint[j], phiAt, list);
                    }
                }
                width *= length;
            }
        }
        return width;
    }

    /** Replaces the width numbers at {@code at} by their outer product with phi, in place, from the end backwards. */
    private static void expand(double[] out, int at, int width, double[] phi, int phiAt, int length) {
        for (int w = width - 1; w >= 0; w--) {
            double factor = out[at + w];
            int to = at + w * length;
            for (int c = 0; c < length; c++) {
                out[to + c] = factor * phi[phiAt + c];
            }
        }
    }

    /** The same for some functions of phi. */
    private static void expand(double[] out, int at, int width, double[] phi, int phiAt, int[] list) {
        for (int w = width - 1; w >= 0; w--) {
            double factor = out[at + w];
            int to = at + w * list.length;
            for (int c = 0; c < list.length; c++) {
                out[to + c] = factor * phi[phiAt + list[c]];
            }
        }
    }

    private static void scatter(Panel panel, double[] sum, ExactSums sums) {
        int column = 0;
        for (MomentTensor tensor : panel.tensors) {
            int rowAxis = tensor.rowAxis();
            int width = columns(tensor);
            int inner = tensor.strides[rowAxis];
            int outer = inner * tensor.functions[rowAxis].length;
            for (int r = 0; r < panel.rows.length; r++) {
                int sumAt = r * panel.columns + column;
                for (int w = 0; w < width; w++) {
                    int index = w / inner * outer + (panel.rowFrom + r) * inner + w % inner;
                    sums.add(tensor.start + index, sum[sumAt + w]);
                }
            }
            column += width;
        }
    }
}
