package org.eigendrift.engine.law.table;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/** A table's law as two sequences of numbers, and back. What leaves hold is written as the cells of rows and filled again. */
final class TableText {
    private static final int MOST = Integer.MAX_VALUE;

    /** Of a sum of thousands of weights that were divided by it. */
    private static final double ROUNDING = 1e-9;

    private final TableTape tape;

    TableText(TableTape tape) {
        this.tape = tape;
    }

    void write(TableParts parts) {
        tape.put(parts.order());
        for (CellScale scale : parts.coded().scales()) {
            write(scale);
        }
        for (ColumnLaw law : parts.chain()) {
            write(law);
        }
        tape.put(parts.shares());
        if (parts.kernels() != null) {
            write(parts.kernels());
        }
        tape.put(parts.mixture().logWeights());
        for (TreeLaw tree : parts.mixture().trees()) {
            tape.put(tree.order());
            tape.put(tree.parents());
            for (double[] table : tree.tables()) {
                tape.put(table);
            }
        }
    }

    /**
     * Reads them back.
     *
     * @param dim how many columns there are
     * @param kernelWeights logarithms of the kernels' weights, which are no part of the sequences; empty if they are alike
     */
    TableParts read(int dim, Optional<double[]> kernelWeights) {
        int[] order = tape.nextInts(0, dim - 1);
        if (order.length != dim || Arrays.stream(order).distinct().count() != dim) {
            throw TableTape.damaged("does not name each of " + dim + " columns once");
        }
        CellScale[] scales = new CellScale[dim];
        for (int k = 0; k < dim; k++) {
            scales[k] = scale();
        }
        Coded coded = new Coded(scales);
        ColumnLaw[] chain = new ColumnLaw[dim];
        for (int k = 0; k < dim; k++) {
            chain[k] = law(coded, k);
        }
        double[] shares = tape.nextDoubles();
        if (shares.length != TableParts.PARTS) {
            throw TableTape.damaged("has " + shares.length + " shares instead of " + TableParts.PARTS);
        }
        Relation[] relations = new Relation[dim];
        Arrays.setAll(relations, k -> chain[k].relation());
        Groups groups = Groups.of(coded, relations);
        Kernels kernels = shares[TableParts.KERNELS] > 0 ? kernels(coded, relations, kernelWeights) : null;
        return new TableParts(order, coded, chain, groups, mixture(groups.levels()), kernels, shares);
    }

    /** Writes how conditional laws are moved, which is not among the sequences of laws that are not. */
    void writeShifts(ColumnLaw[] chain) {
        tape.put(Arrays.stream(chain)
                .filter(law -> law.shift() != null)
                .mapToInt(ColumnLaw::column)
                .toArray());
        for (ColumnLaw law : chain) {
            if (law.shift() != null) {
                write(law.shift().linear());
                tape.put(law.shift().slope());
            }
        }
    }

    /** Reads that back, into the laws. */
    void readShifts(TableParts parts) {
        for (int k : tape.nextInts(1, parts.chain().length - 1)) {
            Shift shift = new Shift(linear(parts.coded(), k), tape.next());
            if (parts.coded().scales()[k].nominal() || !(shift.slope() > 0)) {
                throw TableTape.damaged("moves column " + (k + 1)
                        + " of the chain, which has no order, or multiplies its log-odds by " + shift.slope());
            }
            parts.chain()[k] = parts.chain()[k].shifted(shift);
        }
    }

    private void write(Kernels kernels) {
        tape.put(kernels.numbers());
        tape.put(kernels.lower());
        tape.put(kernels.widths());
        for (double[] centre : kernels.centres()) {
            tape.put(centre);
        }
        for (int[] column : kernels.levels()) {
            tape.put(column == null ? new int[0] : column);
        }
        tape.put(kernels.blur());
    }

    private Kernels kernels(Coded coded, Relation[] relations, Optional<double[]> kernelWeights) {
        int dim = coded.dim();
        int[] numbers = tape.nextInts(0, dim - 1);
        double[] lower = tape.nextDoubles();
        double[] widths = tape.nextDoubles();
        double[] logWeights = kernelWeights.orElseGet(() -> alike(widths.length));
        if (lower.length != numbers.length * numbers.length
                || widths.length == 0
                || logWeights.length != widths.length
                || !(Math.abs(Arrays.stream(logWeights).map(Math::exp).sum() - 1) < ROUNDING)) {
            throw TableTape.damaged("has " + widths.length + " kernels of " + numbers.length + " numbers with "
                    + lower.length + " entries of a covariance");
        }
        double[][] centres = new double[widths.length][];
        for (int i = 0; i < centres.length; i++) {
            centres[i] = tape.nextDoubles();
            if (centres[i].length != numbers.length) {
                throw TableTape.damaged(
                        "has a kernel of " + centres[i].length + " numbers instead of " + numbers.length);
            }
        }
        int[][] levels = new int[dim][];
        for (int j = 0; j < dim; j++) {
            int[] column = tape.nextInts(0, coded.scales()[j].size() - 1);
            if (column.length != 0 && column.length != widths.length) {
                throw TableTape.damaged("has " + column.length + " levels for " + widths.length + " kernels");
            }
            levels[j] = column.length == 0 ? null : column;
        }
        return new Kernels(coded, relations, numbers, lower, centres, widths, logWeights, levels, tape.next());
    }

    private static double[] alike(int count) {
        double[] logWeights = new double[count];
        Arrays.fill(logWeights, -Math.log(count));
        return logWeights;
    }

    private void write(CellScale scale) {
        CellScale.Spec spec = scale.spec();
        tape.put(spec.nominal() ? 1 : 0);
        tape.put(spec.levels());
        tape.put(spec.step());
        tape.put(spec.lower());
        tape.put(spec.upper());
        tape.put(spec.measured() ? 1 : 0);
        tape.put(spec.atoms().stream().mapToDouble(Double::doubleValue).toArray());
        tape.put(scale.size());
        for (CellScale.Cell cell : scale.cells()) {
            tape.put(cell.kind().ordinal());
            tape.put(cell.low());
            tape.put(cell.high());
            tape.put(cell.mass());
        }
    }

    private CellScale scale() {
        boolean nominal = tape.next(0, 1) == 1;
        CellScale.Spec spec = new CellScale.Spec(
                nominal,
                tape.next(0, MOST),
                tape.next(),
                tape.next(),
                tape.next(),
                tape.next(0, 1) == 1,
                Arrays.stream(tape.nextDoubles()).boxed().toList());
        int size = tape.next(1, MOST);
        List<CellScale.Cell> cells = new ArrayList<>();
        CellScale.Kind[] kinds = CellScale.Kind.values();
        for (int c = 0; c < size; c++) {
            int kind = tape.next(0, kinds.length - 1);
            cells.add(new CellScale.Cell(kinds[kind], tape.next(), tape.next(), tape.next()));
        }
        return new CellScale(spec, cells);
    }

    private void write(ColumnLaw law) {
        tape.put(law.weights());
        tape.put(law.gated().length);
        for (GatedLaw gated : law.gated()) {
            write(gated);
        }
        tape.put(law.residual() == null ? 0 : 1);
        if (law.residual() != null) {
            write(law.residual());
        }
        tape.put(law.relation() == null ? 0 : 1);
        if (law.relation() != null) {
            tape.put(law.relation().column());
            tape.put(law.relation().cells());
            tape.put(law.relation().doubt());
        }
    }

    private ColumnLaw law(Coded coded, int k) {
        double[] weights = tape.nextDoubles();
        if (weights.length != ColumnLaw.LAWS) {
            throw TableTape.damaged("has " + weights.length + " weights of a column instead of " + ColumnLaw.LAWS);
        }
        double[] edges = coded.scales()[k].edges();
        double[] base = new double[edges.length - 1];
        Arrays.setAll(base, c -> edges[c + 1] - edges[c]);
        boolean ordered = !coded.scales()[k].nominal();
        GatedLaw[] gated = new GatedLaw[tape.next(0, MOST)];
        for (int t = 0; t < gated.length; t++) {
            gated[t] = gated(base, ordered, k);
        }
        ResidualLaw residual = tape.next(0, 1) == 1 ? residual(coded, k) : null;
        Relation relation = null;
        if (tape.next(0, 1) == 1) {
            int column = tape.next(0, k - 1);
            int[] cells = tape.nextInts(Relation.VALUE, base.length - 1);
            relation = new Relation(column, cells, tape.next());
            if (cells.length != coded.scales()[column].size()) {
                throw TableTape.damaged("has a relation of " + cells.length + " cells of a column that has others");
            }
        }
        boolean gaps = coded.scales()[k].hasGap();
        if (gaps && residual != null && gated.length == 0) {
            throw TableTape.damaged("has residuals of a column with gaps without a gate");
        }
        if (residual == null && Arrays.stream(gated).anyMatch(law -> law.asks(k))) {
            throw TableTape.damaged("has a gate that asks for a prediction of a column without any");
        }
        return new ColumnLaw(k, weights, base, gated, residual, relation, gaps, null);
    }

    private void write(Gate gate) {
        tape.put(gate.column());
        tape.put(gate.cuts());
        tape.put(gate.sets());
        tape.put(gate.children());
    }

    private Gate gate(int last) {
        int[] column = tape.nextInts(-1, last);
        int[] cuts = tape.nextInts(-1, Coded.BINS);
        long[] sets = tape.nextLongs();
        int[] children = tape.nextInts(0, MOST);
        int size = column.length;
        if (size == 0 || cuts.length != size || sets.length != size || children.length != size) {
            throw TableTape.damaged("has a gate whose arrays differ in length");
        }
        for (int at = 0; at < size; at++) {
            if (column[at] >= 0 && (children[at] <= at || children[at] > size - 2)) {
                throw TableTape.damaged(
                        "has a gate whose node " + (at + 1) + " leads to node " + (children[at] + 1) + " of " + size);
            }
        }
        return new Gate(column, cuts, sets, children);
    }

    private void write(GatedLaw law) {
        write(law.gate());
        tape.put(law.cells());
        tape.put(law.nodes());
        tape.put(law.sharing().rows());
        tape.put(law.sharing().growth());
    }

    private GatedLaw gated(double[] base, boolean ordered, int last) {
        Gate gate = gate(last);
        int[] cells = tape.nextInts(0, base.length - 1);
        int[] nodes = tape.nextInts(0, gate.size() - 1);
        if (cells.length != nodes.length) {
            throw TableTape.damaged("has " + cells.length + " cells in " + nodes.length + " leaves");
        }
        return new GatedLaw(gate, cells, nodes, base, new Sharing(tape.next(), tape.next()), ordered);
    }

    private void write(ResidualLaw law) {
        write(law.linear());
        tape.put(law.forest().gates().length);
        for (int t = 0; t < law.forest().gates().length; t++) {
            write(law.forest().gates()[t]);
            tape.put(law.forest().values()[t]);
        }
        tape.put(law.predictionCuts());
        tape.put(law.knots());
        tape.put(law.gated().base());
        write(law.gated());
    }

    private void write(LinearPart.Fit linear) {
        tape.put(linear.columns());
        for (double[] term : linear.terms()) {
            tape.put(term);
        }
        tape.put(linear.constant());
    }

    private LinearPart.Fit linear(Coded coded, int k) {
        int[] columns = tape.nextInts(0, k - 1);
        double[][] terms = new double[columns.length][];
        for (int i = 0; i < terms.length; i++) {
            terms[i] = tape.nextDoubles();
            if (terms[i].length != coded.scales()[columns[i]].size()) {
                throw TableTape.damaged("has a term of " + terms[i].length + " cells of a column that has others");
            }
        }
        return new LinearPart.Fit(columns, terms, tape.next());
    }

    private ResidualLaw residual(Coded coded, int k) {
        LinearPart.Fit linear = linear(coded, k);
        Gate[] gates = new Gate[tape.next(0, MOST)];
        double[][] values = new double[gates.length][];
        for (int t = 0; t < gates.length; t++) {
            gates[t] = gate(k - 1);
            values[t] = tape.nextDoubles();
            if (values[t].length != gates[t].size()) {
                throw TableTape.damaged(
                        "has a tree of " + gates[t].size() + " nodes with " + values[t].length + " values");
            }
        }
        double[] cuts = tape.nextDoubles();
        double[] knots = tape.nextDoubles();
        double[] base = tape.nextDoubles();
        if (knots.length != base.length + 1 || base.length == 0) {
            throw TableTape.damaged("has " + base.length + " cells of residuals with " + knots.length + " ends");
        }
        GatedLaw gated = gated(base, true, k);
        return new ResidualLaw(linear, new Forest(gates, values), cuts, knots, gated, coded.ends(k));
    }

    private TreeMixture mixture(int[] levels) {
        double[] weights = tape.nextDoubles();
        List<TreeLaw> trees = new ArrayList<>();
        int dim = levels.length;
        for (int t = 0; t < weights.length; t++) {
            int[] order = tape.nextInts(0, dim - 1);
            int[] parents = tape.nextInts(-1, dim - 1);
            if (order.length != dim || parents.length != dim) {
                throw TableTape.damaged("has a tree of " + order.length + " columns instead of " + dim);
            }
            double[][] tables = new double[dim][];
            for (int j = 0; j < dim; j++) {
                tables[j] = tape.nextDoubles();
                int cells = levels[j] * (parents[j] < 0 ? 1 : levels[parents[j]]);
                if (tables[j].length != cells) {
                    throw TableTape.damaged("has a table of " + tables[j].length + " numbers instead of " + cells);
                }
            }
            trees.add(new TreeLaw(order, parents, tables, levels));
        }
        if (trees.isEmpty()) {
            throw TableTape.damaged("has a mixture of nothing");
        }
        return new TreeMixture(weights, trees);
    }
}
