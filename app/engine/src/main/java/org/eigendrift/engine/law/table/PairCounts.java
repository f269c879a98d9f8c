package org.eigendrift.engine.law.table;

/**
 * Weighted counts of all pairs of levels of a discrete table. Only levels other than each column's most frequent one are
 * counted; the rest follows by subtraction, so sparse tables cost little.
 */
final class PairCounts {
    private final int[] levels;
    private final int[] usual;
    private final int[] offsets;
    private final int width;
    private final int[][] rare;
    private final int rows;

    /**
     * Finds the usual levels.
     *
     * @param rows the table; not modified
     */
    PairCounts(Codes rows) {
        this.levels = rows.levels();
        this.rows = rows.rows();
        this.usual = new int[levels.length];
        this.offsets = new int[levels.length];
        int at = 0;
        for (int j = 0; j < levels.length; j++) {
            offsets[j] = at;
            at += levels[j];
            usual[j] = mostFrequent(rows.columns()[j], levels[j]);
        }
        this.width = at;
        this.rare = new int[this.rows][];
        int[] buffer = new int[levels.length];
        for (int n = 0; n < this.rows; n++) {
            int count = 0;
            for (int j = 0; j < levels.length; j++) {
                if (rows.columns()[j][n] != usual[j]) {
                    buffer[count++] = offsets[j] + rows.columns()[j][n];
                }
            }
            rare[n] = java.util.Arrays.copyOf(buffer, count);
        }
    }

    private static int mostFrequent(int[] column, int levels) {
        int[] counts = new int[levels];
        int best = 0;
        for (int value : column) {
            counts[value]++;
        }
        for (int a = 1; a < levels; a++) {
            best = counts[a] > counts[best] ? a : best;
        }
        return best;
    }

    int dim() {
        return levels.length;
    }

    int rows() {
        return rows;
    }

    int[] levels() {
        return levels;
    }

    /**
     * Counts pairs.
     *
     * @param weights of each row, at least 0; rows below {@code least} are left out
     * @param least smallest weight that counts
     * @return the counts
     */
    Weighted count(double[] weights, double least) {
        double[] pairs = new double[width * width];
        double total = 0;
        for (int n = 0; n < rows; n++) {
            double weight = weights[n];
            if (weight < least) {
                continue;
            }
            total += weight;
            int[] here = rare[n];
            for (int i = 0; i < here.length; i++) {
                int base = here[i] * width;
                for (int k = 0; k <= i; k++) {
                    pairs[base + here[k]] += weight;
                }
            }
        }
        return new Weighted(total, pairs);
    }

    /** Counts of one weighting. Columns of pairs are asked for with the larger number first. */
    final class Weighted {
        private final double total;
        private final double[] pairs;

        private Weighted(double total, double[] pairs) {
            this.total = total;
            this.pairs = pairs;
        }

        double total() {
            return total;
        }

        /** Weights of the levels of a column. */
        double[] single(int j) {
            double[] out = new double[levels[j]];
            double rest = total;
            for (int a = 0; a < levels[j]; a++) {
                int at = offsets[j] + a;
                out[a] = pairs[at * width + at];
                rest -= out[a];
            }
            out[usual[j]] = Math.max(0, rest);
            return out;
        }

        /** Weights of pairs of levels, at {@code a * levels[j] + b} for level a of i and b of j. */
        double[] pair(int i, int j, double[] of, double[] with) {
            double[] out = new double[levels[i] * levels[j]];
            for (int a = 0; a < levels[i]; a++) {
                for (int b = 0; b < levels[j]; b++) {
                    if (a != usual[i] && b != usual[j]) {
                        int high = offsets[Math.max(i, j)] + (i > j ? a : b);
                        int low = offsets[Math.min(i, j)] + (i > j ? b : a);
                        out[a * levels[j] + b] = pairs[high * width + low];
                    }
                }
            }
            complete(out, i, j, of, with);
            return out;
        }

        private void complete(double[] out, int i, int j, double[] of, double[] with) {
            double corner = with[usual[j]];
            for (int a = 0; a < levels[i]; a++) {
                if (a != usual[i]) {
                    double rest = of[a];
                    for (int b = 0; b < levels[j]; b++) {
                        rest -= b == usual[j] ? 0 : out[a * levels[j] + b];
                    }
                    out[a * levels[j] + usual[j]] = Math.max(0, rest);
                    corner -= Math.max(0, rest);
                }
            }
            for (int b = 0; b < levels[j]; b++) {
                if (b != usual[j]) {
                    double rest = with[b];
                    for (int a = 0; a < levels[i]; a++) {
                        rest -= a == usual[i] ? 0 : out[a * levels[j] + b];
                    }
                    out[usual[i] * levels[j] + b] = Math.max(0, rest);
                }
            }
            out[usual[i] * levels[j] + usual[j]] = Math.max(0, corner);
        }
    }
}
