package org.eigendrift.engine.law.table;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.eigendrift.api.CounterRandom;
import org.eigendrift.api.Parallel;
import org.eigendrift.api.RunContext;

/**
 * Fits a chain of conditional laws: how far leaves shrink and how the laws of a column are weighted is decided for each column
 * by held-out rows.
 */
final class ChainFit {
    private static final List<Sharing> SHARINGS = List.of(
            new Sharing(0.3, 1),
            new Sharing(1, 1),
            new Sharing(3, 1),
            new Sharing(0.5, 1.4),
            new Sharing(2, 1.4),
            new Sharing(1, 2),
            new Sharing(3, 3));

    /** Never all weight on laws that were fitted to the same rows. */
    private static final double LEAST = 1e-3;
    /** Weights below are not worth their law. */
    private static final double SMALL = 0.02;

    private final Coded coded;
    private final RunContext run;
    private final CounterRandom random;

    private final Relation[] relations;

    ChainFit(Coded coded, Relation[] relations, RunContext run, CounterRandom random) {
        this.coded = coded;
        this.relations = relations;
        this.run = run;
        this.random = random;
    }

    /**
     * A fit.
     *
     * @param laws one a column
     * @param heldout log-probabilities of all held-out rows, fold by fold
     */
    record Fitted(ColumnLaw[] laws, double[] heldout) {}

    /**
     * Fits.
     *
     * @param cells of each column the cells of all rows, in the order of the chain
     * @param folds rows that are held out together; disjoint, at least one fold
     */
    Fitted fit(int[][] cells, List<int[]> folds) {
        int rows = cells[0].length;
        List<Fold> parts = new ArrayList<>();
        for (int[] fold : folds) {
            parts.add(new Fold(cells, fold, rows));
        }
        ShiftFit shifts = new ShiftFit(coded, joined(parts));
        ColumnFit whole = new ColumnFit(coded, relations, cells, random, averaged(cells));
        int heldout = folds.stream().mapToInt(f -> f.length).sum();
        ColumnLaw[] laws = new ColumnLaw[coded.dim()];
        double[][] logs = new double[coded.dim()][];
        Parallel parallel = run.parallel();
        // The last columns cost most: they come first.
        parallel.forEach(coded.dim(), i -> {
            int j = coded.dim() - 1 - i;
            run.checkCancelled();
            Choice choice = choose(j, parts, shifts, heldout);
            ColumnFit.Grown grown = whole.grow(j);
            grown = whole.others(grown, choice.seeing() && whole.predicts(grown));
            laws[j] = whole.law(grown, choice.sharing(), choice.residual(), choice.weights(), choice.shift());
            logs[j] = choice.logs();
        });
        double[] sums = new double[heldout];
        for (double[] column : logs) {
            Arrays.setAll(sums, n -> sums[n] + column[n]);
        }
        return new Fitted(laws, sums);
    }

    private static ColumnFit.Averaged averaged(int[][] cells) {
        return ColumnFit.Averaged.of(cells[0].length, cells.length);
    }

    private int[][] joined(List<Fold> folds) {
        int[][] out = new int[coded.dim()][];
        Arrays.setAll(
                out,
                j -> folds.stream()
                        .flatMapToInt(fold -> Arrays.stream(fold.heldout[j]))
                        .toArray());
        return out;
    }

    /** One split of the rows. */
    private final class Fold {
        private final ColumnFit fit;
        private final int[][] heldout;

        Fold(int[][] cells, int[] fold, int rows) {
            boolean[] out = new boolean[rows];
            for (int n : fold) {
                out[n] = true;
            }
            int[] rest = IntStream.range(0, rows).filter(n -> !out[n]).toArray();
            this.fit = new ColumnFit(coded, relations, Coded.select(cells, rest), random.derive(1), averaged(cells));
            this.heldout = Coded.select(cells, fold);
        }
    }

    private record Choice(
            boolean seeing, Sharing sharing, Sharing residual, double[] weights, Shift shift, double[] logs) {}

    /** What is grown in each fold, and whether other gates see predictions. */
    private record Evaluated(boolean seeing, ColumnFit.Grown[] grown) {}

    private Choice choose(int j, List<Fold> folds, ShiftFit shifts, int heldout) {
        double[][][] tried = new double[ColumnLaw.LAWS][SHARINGS.size()][heldout];
        Evaluated evaluated = evaluate(j, folds, tried);
        int[] best = new int[ColumnLaw.LAWS];
        double[][] experts = new double[ColumnLaw.LAWS][];
        for (int e = 0; e < experts.length; e++) {
            best[e] = best(tried[e]);
            experts[e] = tried[e][best[e]];
        }
        // The gated laws of a column are filled alike.
        experts[ColumnLaw.FIRST] = tried[ColumnLaw.FIRST][best[ColumnLaw.OTHERS]];
        double[] weights = SparseStacking.weights(experts, SMALL);
        weights[ColumnLaw.OWN] = Math.max(LEAST, weights[ColumnLaw.OWN]);
        double total = Arrays.stream(weights).sum();
        Arrays.setAll(weights, e -> weights[e] / total);
        double[] logs = new double[heldout];
        Arrays.setAll(logs, n -> SparseStacking.mean(weights, experts, n));
        Sharing sharing = SHARINGS.get(best[ColumnLaw.OTHERS]);
        Sharing residual = SHARINGS.get(best[ColumnLaw.RESIDUAL]);
        Shift shift = null;
        if (j > 0 && !coded.scales()[j].nominal() && weights[ColumnLaw.OWN] < 1) {
            ColumnLaw[] laws = new ColumnLaw[folds.size()];
            Arrays.setAll(laws, f -> folds.get(f).fit.law(evaluated.grown()[f], sharing, residual, weights));
            shift = shift(laws, folds, shifts, logs);
        }
        related(j, folds, logs);
        Arrays.setAll(logs, n -> Math.log(logs[n]));
        return new Choice(evaluated.seeing(), sharing, residual, weights, shift, logs);
    }

    /** Moves the law of a column, if held-out rows gain by it; their probabilities are changed. */
    private Shift shift(ColumnLaw[] laws, List<Fold> folds, ShiftFit shifts, double[] probabilities) {
        int j = laws[0].column();
        double[][] ranks = ranks(laws, folds);
        int[] seen =
                IntStream.range(0, ranks.length).filter(n -> ranks[n] != null).toArray();
        double own = laws[0].weights()[ColumnLaw.OWN];
        ShiftFit.Ranks values = new ShiftFit.Ranks(
                seen,
                Arrays.stream(seen).mapToDouble(n -> ranks[n][0]).toArray(),
                Arrays.stream(seen).mapToDouble(n -> ranks[n][1]).toArray(),
                Arrays.stream(seen)
                        .mapToDouble(n -> own * ranks[n][2] / probabilities[n])
                        .toArray());
        Optional<ShiftFit.Fitted> fitted = shifts.fit(j, values);
        fitted.ifPresent(fit -> {
            for (int i = 0; i < seen.length; i++) {
                probabilities[seen[i]] *= fit.factors()[i];
            }
        });
        return fitted.map(ShiftFit.Fitted::shift).orElse(null);
    }

    /** Ranks of all held-out rows, each by the law of the rows without it. */
    private double[][] ranks(ColumnLaw[] laws, List<Fold> folds) {
        int j = laws[0].column();
        List<double[]> ranks = new ArrayList<>();
        int[] cells = new int[coded.dim()];
        byte[] bins = new byte[coded.dim()];
        for (int f = 0; f < laws.length; f++) {
            int[][] rows = folds.get(f).heldout;
            for (int n = 0; n < rows[0].length; n++) {
                fill(rows, n, j, cells, bins);
                ranks.add(laws[f].ranks(rows[j][n], cells, bins));
            }
        }
        return ranks.toArray(double[][]::new);
    }

    /**
     * Evaluates all laws. Where a gate is better than a regression, other gates see what it predicts: it knows of many columns that tell a
     * little each. Where the regression is better, its own residuals keep that, and gates that are like it would have part of its weight.
     *
     * @return what was grown, and whether other gates see it
     */
    private Evaluated evaluate(int j, List<Fold> folds, double[][][] tried) {
        ColumnFit.Grown[] grown = new ColumnFit.Grown[folds.size()];
        double[][] predictions = new double[grown.length][0];
        int at = 0;
        for (int f = 0; f < grown.length; f++) {
            Fold fold = folds.get(f);
            grown[f] = fold.fit.grow(j);
            boolean residuals = grown[f].residuals() != null;
            if (residuals) {
                predictions[f] = predictions(grown[f].residuals(), j, fold.heldout);
            }
            for (int s = 0; s < SHARINGS.size(); s++) {
                double[] weights = {0, 1, 0, residuals ? 1 : 0};
                ColumnLaw law = fold.fit.law(grown[f], SHARINGS.get(s), SHARINGS.get(s), weights);
                evaluate(law, fold.heldout, predictions[f], at, s, tried);
            }
            at += fold.heldout[0].length;
        }
        boolean seeing = most(tried[ColumnLaw.FIRST]) > most(tried[ColumnLaw.RESIDUAL]);
        at = 0;
        for (int f = 0; f < grown.length && j > 0; f++) {
            Fold fold = folds.get(f);
            boolean sees = seeing && fold.fit.predicts(grown[f]);
            grown[f] = fold.fit.others(grown[f], sees);
            others(fold, grown[f], sees, predictions[f], at, tried[ColumnLaw.OTHERS]);
            at += fold.heldout[0].length;
        }
        return new Evaluated(seeing, grown);
    }

    /** Evaluates gates but the first, whose laws are averaged. */
    private void others(
            Fold fold, ColumnFit.Grown grown, boolean seeing, double[] predictions, int at, double[][] tried) {
        int j = grown.column();
        int[] cells = new int[coded.dim()];
        byte[] bins = new byte[coded.dim()];
        GatedLaw[][] laws = SHARINGS.stream()
                .map(sharing -> fold.fit.gated(grown, 1, grown.gates().length, sharing))
                .toArray(GatedLaw[][]::new);
        for (int n = 0; n < fold.heldout[0].length; n++) {
            fill(fold.heldout, n, j, cells, bins);
            bins[j] = seeing ? ResidualLaw.bin(grown.residuals().predictionCuts(), predictions[n]) : 0;
            int cell = fold.heldout[j][n];
            boolean value = relations[j] != null && relations[j].cell(cells) == Relation.VALUE && cell > 0;
            for (int s = 0; s < tried.length; s++) {
                for (GatedLaw law : laws[s]) {
                    float[] edges = law.edges(bins);
                    double all = value ? 1 - edges[1] : 1;
                    tried[s][at + n] += (edges[cell + 1] - edges[cell]) / all / laws[s].length;
                }
            }
        }
    }

    /** What is predicted of held-out rows, whatever the law of residuals. */
    private double[] predictions(ColumnFit.Residuals residuals, int j, int[][] heldout) {
        double[] out = new double[heldout[0].length];
        int[] cells = new int[coded.dim()];
        byte[] bins = new byte[coded.dim()];
        for (int n = 0; n < out.length; n++) {
            fill(heldout, n, j, cells, bins);
            out[n] = residuals.linear().value(cells) + residuals.forest().value(bins);
        }
        return out;
    }

    private void fill(int[][] rows, int n, int columns, int[] cells, byte[] bins) {
        for (int p = 0; p < columns; p++) {
            cells[p] = rows[p][n];
            bins[p] = coded.bin(p, cells[p]);
        }
    }

    /** Probabilities of a column that another one fixes. */
    private void related(int j, List<Fold> folds, double[] probabilities) {
        if (relations[j] == null) {
            return;
        }
        int at = 0;
        for (Fold fold : folds) {
            for (int n = 0; n < fold.heldout[j].length; n++, at++) {
                int fixed = relations[j].cells()[fold.heldout[relations[j].column()][n]];
                // Where there must be a value, probabilities are given that there is one.
                double own = probabilities[at];
                probabilities[at] = relations[j].probability(fixed, fold.heldout[j][n], own, own);
            }
        }
    }

    private void evaluate(ColumnLaw law, int[][] heldout, double[] predictions, int at, int s, double[][][] tried) {
        int j = law.column();
        int[] cells = new int[coded.dim()];
        byte[] bins = new byte[coded.dim()];
        for (int n = 0; n < heldout[0].length; n++) {
            fill(heldout, n, j, cells, bins);
            int cell = heldout[j][n];
            double prediction = law.residual() == null ? 0 : predictions[n];
            law.see(prediction, bins);
            if (relations[j] != null && relations[j].cell(cells) == Relation.VALUE && cell > 0) {
                valued(law, cell, prediction, bins, at + n, s, tried);
                continue;
            }
            tried[ColumnLaw.OWN][s][at + n] = law.base()[cell];
            tried[ColumnLaw.FIRST][s][at + n] = law.gatedProbability(0, cell, bins);
            if (law.residual() != null) {
                tried[ColumnLaw.RESIDUAL][s][at + n] = law.residualProbability(cell, prediction, bins);
            }
        }
    }

    /** Probabilities given that there is a value. */
    private static void valued(
            ColumnLaw law, int cell, double prediction, byte[] bins, int at, int s, double[][][] tried) {
        tried[ColumnLaw.OWN][s][at] = law.ownValue(cell);
        tried[ColumnLaw.FIRST][s][at] = law.gatedValue(0, cell, bins);
        if (law.residual() != null) {
            tried[ColumnLaw.RESIDUAL][s][at] = law.residualValue(cell, prediction, bins);
        }
    }

    private static int best(double[][] probabilities) {
        int best = 0;
        double most = Double.NEGATIVE_INFINITY;
        for (int s = 0; s < probabilities.length; s++) {
            double sum = logs(probabilities[s]);
            if (sum > most) {
                most = sum;
                best = s;
            }
        }
        return best;
    }

    private static double most(double[][] probabilities) {
        return logs(probabilities[best(probabilities)]);
    }

    private static double logs(double[] probabilities) {
        return Arrays.stream(probabilities).map(p -> Math.log(p + 1e-9)).sum();
    }
}
