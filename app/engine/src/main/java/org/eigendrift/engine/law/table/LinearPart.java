package org.eigendrift.engine.law.table;

import java.util.Arrays;
import org.eigendrift.engine.kernel.LowerTriangle;

/**
 * Ridge regression of columns' normal scores on those of other columns and on indicators of levels: what a cell contributes is
 * looked up. Gram matrices of all columns are computed once.
 */
final class LinearPart {
    /** Levels of a column without an order that have an indicator. */
    private static final int LEVELS = 16;

    private static final int LEAST = 5;
    private static final double[] RIDGES = {0.1, 1, 10, 100, 1000};
    /** Above so many rows a row's own influence on its prediction is left out of account. */
    private static final int MANY = 4_000;
    /** Times that scores are expected anew, at most. */
    private static final int EXPECTATIONS = 12;
    /** Mean square by which predictions change no more. */
    private static final double SETTLED = 1e-5;

    private final Coded coded;
    private final int[][] cells;
    private final int rows;
    private final int[] owner;
    private final double[][] tables;
    private final int[] until;
    private final double[] gram;
    private final int size;

    /**
     * Sums over rows.
     *
     * @param coded the columns, in the order of the chain
     * @param cells of each column the cells of all rows
     */
    LinearPart(Coded coded, int[][] cells) {
        this.coded = coded;
        this.cells = cells;
        this.rows = cells[0].length;
        int[] owners = new int[coded.dim() * LEVELS];
        double[][] looked = new double[owners.length][];
        this.until = new int[coded.dim()];
        int at = 0;
        for (int j = 0; j < coded.dim(); j++) {
            until[j] = at;
            for (double[] table : features(j)) {
                owners[at] = j;
                looked[at++] = table;
            }
        }
        this.size = at;
        this.owner = Arrays.copyOf(owners, at);
        this.tables = Arrays.copyOf(looked, at);
        this.gram = gram();
    }

    /** Centred look-up tables of a column's features. */
    private double[][] features(int j) {
        CellScale scale = coded.scales()[j];
        double[] counts = new double[scale.size()];
        for (int cell : cells[j]) {
            counts[cell]++;
        }
        if (!scale.nominal()) {
            double[] scores = centred(coded.scores(j).clone(), counts);
            if (!scale.hasGap() || counts[0] < LEAST || counts[0] > rows - LEAST) {
                return new double[][] {scores};
            }
            double[] gaps = new double[scale.size()];
            gaps[0] = 1;
            return new double[][] {scores, centred(gaps, counts)};
        }
        int usual = 0;
        for (int a = 0; a < counts.length; a++) {
            usual = counts[a] > counts[usual] ? a : usual;
        }
        double[][] out = new double[Math.min(LEVELS, counts.length)][];
        int size = 0;
        for (int a = 0; a < counts.length && size < out.length; a++) {
            if (a != usual && counts[a] >= LEAST) {
                double[] table = new double[counts.length];
                table[a] = 1;
                out[size++] = centred(table, counts);
            }
        }
        return Arrays.copyOf(out, size);
    }

    private double[] centred(double[] table, double[] counts) {
        double mean = 0;
        for (int c = 0; c < table.length; c++) {
            mean += counts[c] * table[c] / rows;
        }
        for (int c = 0; c < table.length; c++) {
            table[c] -= mean;
        }
        return table;
    }

    private double[] gram() {
        double[] out = new double[size * size];
        double[] x = new double[size];
        for (int n = 0; n < rows; n++) {
            values(n, size, x);
            for (int i = 0; i < size; i++) {
                for (int k = 0; k <= i; k++) {
                    out[i * size + k] += x[i] * x[k];
                }
            }
        }
        return out;
    }

    private void values(int n, int count, double[] x) {
        for (int i = 0; i < count; i++) {
            x[i] = tables[i][cells[owner[i]][n]];
        }
    }

    /**
     * A fitted regression.
     *
     * @param columns that each term looks at; shared
     * @param terms of each term what a cell contributes; shared
     * @param constant what is added
     */
    record Fit(int[] columns, double[][] terms, double constant) {
        double value(int[] row) {
            double sum = constant;
            for (int i = 0; i < terms.length; i++) {
                sum += terms[i][row[columns[i]]];
            }
            return sum;
        }

        /** So many times what this says. */
        Fit times(double factor) {
            double[][] scaled = new double[terms.length][];
            Arrays.setAll(
                    scaled,
                    i -> Arrays.stream(terms[i]).map(term -> factor * term).toArray());
            return new Fit(columns, scaled, factor * constant);
        }
    }

    /**
     * Regresses a column on those before it.
     *
     * @param j the column, of ordered cells
     * @param latent the column's scores, expected anew where cells are wide; modified
     * @param leftOut receives for each row the prediction of a fit without that row; modified
     * @return the fit of all rows, with the ridge whose predictions are best
     */
    Fit fit(int j, Latent latent, double[] leftOut) {
        int p = until[j];
        double[] factor = best(p, latent.scores(), leftOut);
        latent.expect(leftOut);
        double[] last = leftOut.clone();
        for (int step = 0; latent.wide() && step < EXPECTATIONS; step++) {
            predict(p, factor, solve(factor, p, latent.scores()), latent.scores(), leftOut);
            latent.expect(leftOut);
            double change = 0;
            for (int n = 0; n < rows; n++) {
                change += (leftOut[n] - last[n]) * (leftOut[n] - last[n]) / rows;
                last[n] = leftOut[n];
            }
            if (change < SETTLED) {
                break;
            }
        }
        double[] solution = solve(factor, p, latent.scores());
        double[][] terms = new double[p][];
        for (int i = 0; i < p; i++) {
            terms[i] = tables[i].clone();
            for (int c = 0; c < terms[i].length; c++) {
                terms[i][c] *= solution[i];
            }
        }
        return new Fit(Arrays.copyOf(owner, p), terms, mean(latent.scores()));
    }

    /** The factor of the ridge whose predictions are best, which are kept. */
    private double[] best(int p, double[] scores, double[] leftOut) {
        double least = Double.POSITIVE_INFINITY;
        double[] best = new double[0];
        double[] predictions = new double[rows];
        for (double ridge : rows > MANY ? new double[] {1} : RIDGES) {
            double[] factor = factor(p, ridge);
            double squares = predict(p, factor, solve(factor, p, scores), scores, predictions);
            if (squares < least) {
                least = squares;
                best = factor;
                System.arraycopy(predictions, 0, leftOut, 0, rows);
            }
        }
        return best;
    }

    private double mean(double[] scores) {
        return Arrays.stream(scores).sum() / rows;
    }

    private double[] factor(int p, double ridge) {
        double[] a = new double[p * p];
        for (int i = 0; i < p; i++) {
            System.arraycopy(gram, i * size, a, i * p, i + 1);
            a[i * p + i] += ridge;
        }
        LowerTriangle.factor(a, p);
        return a;
    }

    private double[] solve(double[] factor, int p, double[] scores) {
        double[] sums = new double[p];
        double[] x = new double[p];
        for (int n = 0; n < rows; n++) {
            values(n, p, x);
            for (int i = 0; i < p; i++) {
                sums[i] += x[i] * scores[n];
            }
        }
        for (int i = 0; i < p; i++) {
            double sum = sums[i];
            for (int k = 0; k < i; k++) {
                sum -= factor[i * p + k] * x[k];
            }
            x[i] = sum / factor[i * p + i];
        }
        for (int i = p - 1; i >= 0; i--) {
            double sum = x[i];
            for (int k = i + 1; k < p; k++) {
                sum -= factor[k * p + i] * x[k];
            }
            x[i] = sum / factor[i * p + i];
        }
        return x;
    }

    private double predict(int p, double[] factor, double[] beta, double[] scores, double[] predictions) {
        double[] x = new double[p];
        double mean = mean(scores);
        double squares = 0;
        for (int n = 0; n < rows; n++) {
            values(n, p, x);
            double value = mean;
            for (int i = 0; i < p; i++) {
                value += beta[i] * x[i];
            }
            double own = rows > MANY ? (p + 1.0) / rows : influence(factor, p, x) + 1.0 / rows;
            double error = (scores[n] - value) / Math.max(1 - own, 0.05);
            predictions[n] = scores[n] - error;
            squares += error * error;
        }
        return squares;
    }

    /** x' (L L')^{-1} x = |L^{-1} x|^2. */
    private static double influence(double[] factor, int p, double[] x) {
        double sum = 0;
        for (int i = 0; i < p; i++) {
            double value = x[i];
            for (int k = 0; k < i; k++) {
                value -= factor[i * p + k] * x[k];
            }
            x[i] = value / factor[i * p + i];
            sum += x[i] * x[i];
        }
        return sum;
    }
}
