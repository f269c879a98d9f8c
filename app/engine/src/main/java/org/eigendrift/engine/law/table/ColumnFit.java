package org.eigendrift.engine.law.table;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.eigendrift.api.CounterRandom;
import org.eigendrift.engine.kernel.Normal;

/**
 * Fits the conditional laws of one table's columns to some of its rows.
 */
final class ColumnFit {
    /** Gates of a column that have random numbers beside those of its regression; others share a place. */
    private static final int OWN = 4;
    /** Rows of a leaf, at least. */
    private static final int LEAST = 8;

    /** Nats that a split has to gain beyond chance: about the largest that some hundred splits gain by chance alone. */
    private static final double WORTH = 8;
    /** Rows of a cell where few are left. */
    private static final int NARROW = 4;
    /** Columns before one up to which all of them are looked at in every node. */
    private static final int FEW = 6;
    /** Part of the rows that gates see whose laws are averaged. */
    private static final double SHARE = 0.7;

    private static final int RESIDUAL_CELLS = 256;
    /** Bins of predictions of about equally many rows; with those at the ends they are numbers of a byte. */
    private static final int PREDICTION_BINS = 200;
    /** Rows from which trees are added to the linear part. */
    private static final int TREES = 60;
    /** Forests, each for what those before leave over. */
    private static final int STAGES = 3;
    /** Rows that cells of residuals share alike, so that none has no mass. */
    private static final double FLOOR = 0.5;
    /** Ends of cells beyond what was seen, in ranges of what was: closer where laws still have mass. */
    private static final double[] BEYOND = {0.05, 0.15, 0.5};

    private final Coded coded;
    private final int[][] cells;
    private final byte[][] bins;
    private final int rows;
    private final LinearPart linear;
    private final CounterRandom random;
    private final Relation[] relations;
    private final Averaged averaged;

    /**
     * Gates of a column whose laws are averaged.
     *
     * @param count how many
     * @param worth nats that a split of one of them has to gain beyond chance
     */
    record Averaged(int count, double worth) {
        /** Rows from which leaves of many gates are worth their time. */
        private static final int LEAST_ROWS = 2_000;

        /** Cells of a table up to which time is left for many. */
        private static final long MOST_CELLS = 250_000;

        /** Few gates, as cautious as one alone. */
        static final Averaged FEW = new Averaged(3, WORTH);

        /** What one gate's leaves take from noise another's do not: the mean of many may follow more. */
        static final Averaged MANY = new Averaged(12, 2);

        /** Those of a table. */
        static Averaged of(int rows, int columns) {
            return rows >= LEAST_ROWS && (long) rows * columns <= MOST_CELLS ? MANY : FEW;
        }
    }

    /**
     * Prepares fits.
     *
     * @param coded the columns, in the order of the chain
     * @param relations what columns before it fix of each, null if nothing; shared
     * @param cells of each column the cells of the rows; shared
     * @param random of everything that is random in the fit
     * @param averaged gates of a column beside the first
     */
    ColumnFit(Coded coded, Relation[] relations, int[][] cells, CounterRandom random, Averaged averaged) {
        this.averaged = averaged;
        this.relations = relations;
        this.coded = coded;
        this.cells = cells;
        this.rows = cells[0].length;
        this.random = random;
        this.bins = new byte[coded.dim()][rows];
        for (int j = 0; j < coded.dim(); j++) {
            for (int n = 0; n < rows; n++) {
                bins[j][n] = coded.bin(j, cells[j][n]);
            }
        }
        this.linear = numeric() ? new LinearPart(coded, cells) : null;
    }

    private boolean numeric() {
        return IntStream.range(0, coded.dim()).anyMatch(this::hasResiduals);
    }

    /** Residuals make sense of columns with an order and more than two values. */
    boolean hasResiduals(int j) {
        CellScale scale = coded.scales()[j];
        return !scale.nominal() && scale.size() - (scale.hasGap() ? 1 : 0) > 2;
    }

    /** What is grown for a column, before the shrinkage of leaves is chosen. */
    record Grown(int column, double[] base, Gate[] gates, int[][] leaves, Residuals residuals) {}

    /** What is grown for the residuals of a column; gates see bins of the columns before it and, in its own place, of predictions. */
    record Residuals(
            LinearPart.Fit linear,
            Forest forest,
            double[] predictionCuts,
            double[] knots,
            double[] base,
            int[] cells,
            Gate gate,
            int[] leaves,
            byte[][] seen) {}

    /** Grows the first gate of a column and a regression. */
    Grown grow(int j) {
        Gate first = j == 0 ? Gate.trivial() : gate(j, 0, target(j), bins);
        return new Grown(
                j,
                base(j),
                new Gate[] {first},
                new int[][] {leaves(first, bins, j)},
                j > 0 && hasResiduals(j) ? ofValues(j) : null);
    }

    /** Whether the gates of a column can see what a regression predicts of every row. */
    boolean predicts(Grown grown) {
        return grown.residuals() != null && !coded.scales()[grown.column()].hasGap();
    }

    /**
     * Grows the other gates, too.
     *
     * @param grown the first gate and a regression
     * @param seeing whether these see what the regression predicts
     */
    Grown others(Grown grown, boolean seeing) {
        int j = grown.column();
        if (j == 0) {
            return grown;
        }
        Gate[] gates = Arrays.copyOf(grown.gates(), 1 + averaged.count());
        int[][] leaves = Arrays.copyOf(grown.leaves(), gates.length);
        byte[][] with = seeing ? grown.residuals().seen() : bins;
        for (int t = 1; t < gates.length; t++) {
            gates[t] = gate(j, t, target(j), with);
            leaves[t] = leaves(gates[t], with, seeing ? j + 1 : j);
        }
        return new Grown(j, grown.base(), gates, leaves, grown.residuals());
    }

    private GateGrowth.Target target(int j) {
        return new GateGrowth.Target(cells[j], coded.scales()[j].size(), scores(j), !coded.scales()[j].nominal());
    }

    /** Residuals of the rows that have a value, null if these are too few. */
    private Residuals ofValues(int j) {
        if (!coded.scales()[j].hasGap()) {
            return residuals(j);
        }
        int[] values = IntStream.range(0, rows).filter(n -> cells[j][n] > 0).toArray();
        return values.length < 2 * LEAST
                ? null
                : new ColumnFit(coded, relations, Coded.select(cells, values), random, averaged).residuals(j);
    }

    private double[] base(int j) {
        double[] edges = coded.scales()[j].edges();
        double[] base = new double[edges.length - 1];
        Arrays.setAll(base, c -> edges[c + 1] - edges[c]);
        return base;
    }

    private double[] scores(int j) {
        double[] scores = new double[rows];
        Arrays.setAll(scores, n -> coded.scores(j)[cells[j][n]]);
        return scores;
    }

    private Gate gate(int j, int t, GateGrowth.Target target, byte[][] with) {
        double share = t == 0 || j < FEW ? 1 : 0.5;
        GateGrowth.Options options = new GateGrowth.Options(LEAST, t == 0 ? WORTH : averaged.worth(), share, 30, true);
        // Beyond eight a column, numbers are those of the next.
        CounterRandom own = t < OWN
                ? random.derive(8L * j + t)
                : random.derive(8L * j + OWN).derive(t);
        return growth(j, with, options, own).grow(target, rows(t, own));
    }

    /** All rows, or part of them for gates that are averaged. */
    private int[] rows(int t, CounterRandom own) {
        return IntStream.range(0, rows)
                .filter(n -> t == 0 || own.uniform(-1, n) < SHARE)
                .toArray();
    }

    private GateGrowth growth(int j, byte[][] with, GateGrowth.Options options, CounterRandom own) {
        int size = with == bins ? j : j + 1;
        boolean[] nominal = new boolean[size];
        for (int p = 0; p < size; p++) {
            nominal[p] = p != j && coded.scales()[p].nominal();
        }
        return new GateGrowth(Arrays.copyOf(with, size), nominal, options, own);
    }

    private int[] leaves(Gate gate, byte[][] with, int columns) {
        int[] leaves = new int[rows];
        byte[] row = new byte[coded.dim()];
        for (int n = 0; n < rows; n++) {
            for (int p = 0; p < columns; p++) {
                row[p] = with[p][n];
            }
            leaves[n] = gate.leaf(row);
        }
        return leaves;
    }

    private Residuals residuals(int j) {
        double[] predictions = new double[rows];
        Latent latent = new Latent(coded.ends(j), coded.scores(j), cells[j]);
        LinearPart.Fit fit = linear.fit(j, latent, predictions);
        double[] seen = seen(j, fit, predictions);
        double[] scores = latent.scores();
        Forest forest = Forest.none();
        double share = 1;
        for (int stage = 0; stage < STAGES && rows >= TREES && share > 0.1; stage++) {
            double[] left = new double[rows];
            Arrays.setAll(left, n -> scores[n] - predictions[n]);
            double[] unseen = new double[rows];
            Forest more = forest(j, stage, left, unseen);
            share = share(left, unseen);
            if (share > 0.1) {
                forest = forest.plus(more, share);
                double part = share;
                Arrays.setAll(predictions, n -> predictions[n] + part * unseen[n]);
                latent.expect(predictions);
            }
        }
        Arrays.setAll(seen, n -> seen[n] + predictions[n]);
        return residuals(new Predicted(j, fit, forest, seen), latent, predictions);
    }

    /**
     * What all rows together predict of a row, less what those without it do. Gates may look at the first alone: where predictors have
     * few levels the second tells which level the row itself has.
     */
    private double[] seen(int j, LinearPart.Fit fit, double[] leftOut) {
        int[] row = new int[coded.dim()];
        double[] out = new double[rows];
        for (int n = 0; n < rows; n++) {
            for (int p = 0; p < j; p++) {
                row[p] = cells[p][n];
            }
            out[n] = fit.value(row) - leftOut[n];
        }
        return out;
    }

    /** A regression, and what gates may see of its predictions. */
    private record Predicted(int column, LinearPart.Fit fit, Forest forest, double[] seen) {}

    private Forest forest(int j, int stage, double[] left, double[] unseen) {
        boolean[] nominal = new boolean[j];
        for (int p = 0; p < j; p++) {
            nominal[p] = coded.scales()[p].nominal();
        }
        return Forest.grow(
                Arrays.copyOf(bins, j), nominal, left, random.derive(8L * j + 7).derive(stage), unseen);
    }

    /** Least squares of what is left on what trees that did not see it say. */
    private static double share(double[] left, double[] unseen) {
        double cross = 0;
        double square = 1e-12;
        for (int n = 0; n < left.length; n++) {
            cross += left[n] * unseen[n];
            square += unseen[n] * unseen[n];
        }
        return Math.max(0, Math.min(1, cross / square));
    }

    private Residuals residuals(Predicted predicted, Latent latent, double[] predictions) {
        int j = predicted.column();
        double[] left = new double[rows];
        CounterRandom within = random.derive(8L * j + 7);
        for (int n = 0; n < rows; n++) {
            left[n] = latent.draw(n, predictions[n], within.uniform(n, 1L << 32)) - predictions[n];
        }
        double[] knots = knots(left);
        int[] residualCells = new int[rows];
        for (int n = 0; n < rows; n++) {
            int at = Arrays.binarySearch(knots, left[n]);
            residualCells[n] = Math.max(0, Math.min(knots.length - 2, at >= 0 ? at : -at - 2));
        }
        double[] base = smooth(knots, left);
        double[] cuts = cuts(predicted.seen());
        byte[][] with = Arrays.copyOf(bins, j + 1);
        byte[] own = new byte[rows];
        for (int n = 0; n < rows; n++) {
            own[n] = ResidualLaw.bin(cuts, predicted.seen()[n]);
        }
        with[j] = own;
        GateGrowth.Target target = new GateGrowth.Target(residualCells, base.length, left, true);
        Gate gate = gate(j, 0, target, with);
        return new Residuals(
                predicted.fit(),
                predicted.forest(),
                cuts,
                knots,
                base,
                residualCells,
                gate,
                leaves(gate, with, j + 1),
                with);
    }

    /** Where rows are few their residuals are taken for normal. */
    private static double[] smooth(double[] knots, double[] left) {
        double mean = Arrays.stream(left).average().orElseThrow();
        double squares = 0;
        for (double r : left) {
            squares += (r - mean) * (r - mean) / left.length;
        }
        double deviation = Math.sqrt(squares) + 1e-9;
        double[] base = new double[knots.length - 1];
        for (int c = 0; c < base.length; c++) {
            double low = (knots[c] - mean) / deviation;
            double high = (knots[c + 1] - mean) / deviation;
            base[c] = low > 0 ? Normal.below(-low) - Normal.below(-high) : Normal.below(high) - Normal.below(low);
            base[c] += FLOOR / left.length / base.length;
        }
        double total = Arrays.stream(base).sum();
        Arrays.setAll(base, c -> base[c] / total);
        return base;
    }

    /** Ends of cells of about equally many residuals, with room beyond for what was not seen. */
    private double[] knots(double[] left) {
        double[] sorted = left.clone();
        Arrays.sort(sorted);
        int[] ranks = ranks(rows, RESIDUAL_CELLS);
        int beyond = BEYOND.length;
        double[] knots = new double[ranks.length + 2 * beyond];
        for (int i = 0; i < ranks.length; i++) {
            knots[i + beyond] = sorted[ranks[i]];
        }
        double range = sorted[rows - 1] - sorted[0] + 2e-3;
        for (int i = 0; i < beyond; i++) {
            knots[beyond - 1 - i] = sorted[0] - BEYOND[i] * range;
            knots[knots.length - beyond + i] = sorted[rows - 1] + BEYOND[i] * range;
        }
        for (int i = 1; i < knots.length; i++) {
            knots[i] = Math.max(knots[i], knots[i - 1] + 1e-9);
        }
        return knots;
    }

    /** Places in order from the first to the last, closer where few rows are left. */
    private static int[] ranks(int rows, int cells) {
        int step = Math.max(6, rows / cells);
        List<Integer> ranks = new ArrayList<>();
        int at = 0;
        while (at < rows - 1) {
            ranks.add(at);
            at += Math.max(Math.min(step, NARROW), Math.min(step, Math.min(at, rows - 1 - at) / 4));
        }
        ranks.add(rows - 1);
        return ranks.stream().mapToInt(Integer::intValue).toArray();
    }

    /** Ends of bins of predictions, closer at the largest and smallest: there errors are others. */
    private static double[] cuts(double[] predictions) {
        double[] sorted = predictions.clone();
        Arrays.sort(sorted);
        return Arrays.stream(ranks(sorted.length, PREDICTION_BINS))
                .mapToDouble(rank -> sorted[rank])
                .distinct()
                .limit(Coded.BINS - 1L)
                .toArray();
    }

    private static int gates(double[] weights, int most) {
        return weights[ColumnLaw.OTHERS] > 0 ? most : weights[ColumnLaw.FIRST] > 0 ? 1 : 0;
    }

    /** Laws of some of a column's gates. */
    GatedLaw[] gated(Grown grown, int from, int to, Sharing sharing) {
        int j = grown.column();
        boolean ordered = !coded.scales()[j].nominal();
        return IntStream.range(from, to)
                .mapToObj(t ->
                        new GatedLaw(grown.gates()[t], cells[j], grown.leaves()[t], grown.base(), sharing, ordered))
                .toArray(GatedLaw[]::new);
    }

    /** The law of a column, with given weights. */
    ColumnLaw law(Grown grown, Sharing sharing, Sharing residualSharing, double[] weights) {
        return law(grown, sharing, residualSharing, weights, null);
    }

    /** The law of a column, with given weights, moved by a shift unless that is null. */
    ColumnLaw law(Grown grown, Sharing sharing, Sharing residualSharing, double[] weights, Shift shift) {
        int j = grown.column();
        // Of a column with gaps the first gate tells the residuals where values are.
        boolean gaps = coded.scales()[j].hasGap() && weights[ColumnLaw.RESIDUAL] > 0;
        GatedLaw[] gated = gated(grown, 0, Math.max(gates(weights, grown.gates().length), gaps ? 1 : 0), sharing);
        Residuals r = grown.residuals();
        ResidualLaw residual = null;
        boolean asked = Arrays.stream(gated).anyMatch(law -> law.asks(j));
        if (r != null && (asked || weights[ColumnLaw.RESIDUAL] > 0)) {
            GatedLaw law = new GatedLaw(r.gate(), r.cells(), r.leaves(), r.base(), residualSharing, true);
            residual = new ResidualLaw(r.linear(), r.forest(), r.predictionCuts(), r.knots(), law, coded.ends(j));
        }
        return new ColumnLaw(
                j, weights, grown.base(), gated, residual, relations[j], coded.scales()[j].hasGap(), shift);
    }
}
