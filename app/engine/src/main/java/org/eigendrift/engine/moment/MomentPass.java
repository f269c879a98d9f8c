package org.eigendrift.engine.moment;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.eigendrift.api.Parallel;
import org.eigendrift.api.Points;
import org.eigendrift.engine.basis.ProductBasis;
import org.eigendrift.engine.kernel.MatrixKernel;

/**
 * Fills moment tables from rows in frame coordinates, a chunk at a time, as matrix products Phi_i (Phi_j o Phi_l)^T. Tensors that share
 * their columns, products of functions of several coordinates, are filled together, so that those are formed once for many rows; of
 * pairs of coordinates those that share the rows. A panel of rows and columns is one task, so each entry is computed in one thread and in one order.
 */
public final class MomentPass implements SumPass {
    private static final int BLOCK = 128;
    private static final int PANEL_COLUMNS = 1024;

    /** Where tensors are few, panels have few rows, so that a lone tensor still keeps several threads busy. */
    private static final int FEW_ROWS = 32;

    /** Where they are many, rows share products, which take a few per cent of the time of so many rows. */
    private static final int MANY_ROWS = 512;

    /** Panels that keep threads busy. */
    private static final int MANY_PANELS = 32;

    private final ProductBasis basis;
    private final List<Panel> panels = new ArrayList<>();
    private final int[] functions;
    private final boolean[] columnAxis;
    private final double[][] values;
    private final double[][] byPoint;

    /** Some functions of a tensor's row axis, from one on and up to another, with all columns. */
    private record Part(MomentTensor tensor, int from, int to) {
        int rows() {
            return to - from;
        }

        int columns() {
            return tensor.columns();
        }

        int coordinate() {
            return tensor.coordinates[tensor.rowAxis];
        }

        int function(int row) {
            return tensor.functions[tensor.rowAxis][from + row];
        }

        boolean consecutive() {
            return function(rows() - 1) - function(0) == rows() - 1;
        }
    }

    /** Parts with the same rows beside each other, or with the same columns below each other. */
    private record Panel(List<Part> parts, boolean beside) {
        int rows() {
            return ofRows().stream().mapToInt(Part::rows).sum();
        }

        int columns() {
            return ofColumns().stream().mapToInt(Part::columns).sum();
        }

        /** Parts that have all rows together, each once. */
        List<Part> ofRows() {
            return beside ? parts.subList(0, 1) : parts;
        }

        /** Parts that have all columns together, each once. */
        List<Part> ofColumns() {
            return beside ? parts : parts.subList(0, 1);
        }
    }

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
        Map<List<List<Integer>>, List<MomentTensor>> alike = new LinkedHashMap<>();
        for (MomentTensor tensor : layout.tensors()) {
            alike.computeIfAbsent(shared(tensor), key -> new ArrayList<>()).add(tensor);
            for (int axis = 0; axis < tensor.coordinates.length; axis++) {
                int j = tensor.coordinates[axis];
                int[] list = tensor.functions[axis];
                functions[j] = Math.max(functions[j], list[list.length - 1] + 1);
                columnAxis[j] |= axis != tensor.rowAxis;
            }
        }
        int height = alike.size() < MANY_PANELS ? FEW_ROWS : MANY_ROWS;
        alike.values().forEach(tensors -> {
            if (ofProducts(tensors.get(0))) {
                below(tensors, height);
            } else {
                beside(tensors);
            }
        });
    }

    /** Whether its columns are products of several coordinates' functions. */
    private static boolean ofProducts(MomentTensor tensor) {
        return tensor.coordinates.length > 2;
    }

    /** What tensors have in common that are filled together: coordinates and functions of their columns, or of their rows. */
    private static List<List<Integer>> shared(MomentTensor tensor) {
        List<List<Integer>> key = new ArrayList<>();
        for (int axis = 0; axis < tensor.coordinates.length; axis++) {
            if (ofProducts(tensor) == (axis != tensor.rowAxis)) {
                List<Integer> one = new ArrayList<>(List.of(tensor.coordinates[axis]));
                Arrays.stream(tensor.functions[axis]).forEach(one::add);
                key.add(one);
            }
        }
        return key;
    }

    /** Panels of about the same number of rows, at most {@code height}. */
    private void below(List<MomentTensor> tensors, int height) {
        int all = tensors.stream().mapToInt(MomentTensor::rows).sum();
        int count = (all + height - 1) / height;
        int first = panels.size();
        List<Part> parts = new ArrayList<>();
        int above = 0;
        for (MomentTensor tensor : tensors) {
            for (int from = 0; from < tensor.rows(); ) {
                int end = (int) ((panels.size() - first + 1L) * all / count);
                int to = Math.min(tensor.rows(), from + end - above);
                parts.add(new Part(tensor, from, to));
                above += to - from;
                from = to;
                if (above == end) {
                    panels.add(new Panel(List.copyOf(parts), false));
                    parts.clear();
                }
            }
        }
    }

    private void beside(List<MomentTensor> tensors) {
        int from = 0;
        int columns = 0;
        for (int k = 0; k < tensors.size(); k++) {
            int more = tensors.get(k).columns();
            if (k > from && columns + more > PANEL_COLUMNS) {
                split(tensors.subList(from, k));
                from = k;
                columns = 0;
            }
            columns += more;
        }
        split(tensors.subList(from, tensors.size()));
    }

    private void split(List<MomentTensor> tensors) {
        int rows = tensors.get(0).rows();
        int count = (rows + FEW_ROWS - 1) / FEW_ROWS;
        for (int number = 0; number < count; number++) {
            int from = number * rows / count;
            int to = (number + 1) * rows / count;
            panels.add(new Panel(
                    tensors.stream().map(tensor -> new Part(tensor, from, to)).toList(), true));
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
        basis.coordinate(i).values(functions[i], z.values(), z.offset(i), z.size(), values[i]);
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
        int rows = panel.rows();
        int columns = panel.columns();
        double[] sum = new double[rows * columns];
        Part first = panel.parts.get(0);
        boolean plainRows = panel.ofRows().size() == 1 && first.consecutive();
        double[] phi = plainRows ? values[first.coordinate()] : new double[rows * BLOCK];
        double[] products = new double[BLOCK * columns];
        for (int from = 0; from < count; from += BLOCK) {
            int block = Math.min(BLOCK, count - from);
            int phiAt = plainRows ? first.function(0) * count + from : gather(panel.ofRows(), count, from, block, phi);
            columnProducts(panel.ofColumns(), from, block, products, columns);
            MatrixKernel.multiplyAdd(
                    rows, block, columns, phi, phiAt, plainRows ? count : BLOCK, products, 0, columns, sum, 0, columns);
        }
        int at = 0;
        for (Part part : panel.parts) {
            scatter(part, sum, at, columns, sums);
            at += panel.beside ? part.columns() : part.rows() * columns;
        }
    }

    /** Copies the functions of a block of points, those of one part after those of the other; returns where they begin. */
    private int gather(List<Part> parts, int count, int from, int block, double[] out) {
        int at = 0;
        for (Part part : parts) {
            double[] phi = values[part.coordinate()];
            for (int r = 0; r < part.rows(); r++) {
                System.arraycopy(phi, part.function(r) * count + from, out, at, block);
                at += BLOCK;
            }
        }
        return 0;
    }

    /** Writes, for each point of a block, the products of the parts' column axes side by side. */
    private void columnProducts(List<Part> parts, int from, int block, double[] out, int outRow) {
        int column = 0;
        for (Part part : parts) {
            columnProducts(part.tensor, from, block, out, column, outRow);
            column += part.columns();
        }
    }

    private void columnProducts(MomentTensor tensor, int from, int block, double[] out, int column, int outRow) {
        for (int n = 0; n < block; n++) {
            out[n * outRow + column] = 1;
        }
        int width = 1;
        for (int axis = 0; axis < tensor.coordinates.length; axis++) {
            if (axis != tensor.rowAxis) {
                int j = tensor.coordinates[axis];
                int[] list = tensor.functions[axis];
                for (int n = 0; n < block; n++) {
                    int at = n * outRow + column;
                    int phiAt = (from + n) * functions[j];
                    if (tensor.consecutive(axis)) {
                        expand(out, at, width, byPoint[j], phiAt + list[0], list.length);
                    } else {
                        expand(out, at, width, byPoint[j], phiAt, list);
                    }
                }
                width *= list.length;
            }
        }
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

    private static void scatter(Part part, double[] sum, int at, int sumRow, ExactSums sums) {
        MomentTensor tensor = part.tensor;
        int inner = tensor.strides[tensor.rowAxis];
        int outer = inner * tensor.rows();
        for (int r = 0; r < part.rows(); r++) {
            int to = tensor.start + (part.from + r) * inner;
            int from = at + r * sumRow;
            for (int w = 0; w < part.columns(); w += inner) {
                for (int i = 0; i < inner; i++) {
                    sums.add(to + i, sum[from + w + i]);
                }
                to += outer;
            }
        }
    }
}
