package org.eigendrift.bases.frame;

import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.apache.commons.numbers.gamma.Digamma;
import org.apache.commons.numbers.gamma.Trigamma;
import org.eigendrift.bases.numeric.SymmetricEigen;
import org.ejml.data.DMatrixRMaj;
import org.ejml.dense.row.CommonOps_DDRM;

/**
 * The normal law of many columns of few rows, in units u of its own: r components in the span of the rows, one variance in
 * every direction beside them. Of two kinds, what held-out rows say is taken:
 *
 * <ul>
 *   <li>covariances R shrunk to (1 - s) R + s t I, t the mean of the diagonal, with the share s that minimises the
 *       expected squared error (Ledoit and Wolf, J. Multivariate Anal. 88, 2004);
 *   <li>so many leading components as they are, the rest of the variance spread evenly beside them (Tipping and Bishop, J. R.
 *       Statist. Soc. B 61, 1999).
 * </ul>
 *
 * <p>Both fit what is as wide in every direction but a few. So the unit of a column is the deviation that the leading
 * components leave, by principal factors, a few times over; with none it is the column's own, or one for all. The variances of so many columns, each
 * from few rows, are shrunk too: log u^2 towards their mean by as much as their scatter exceeds what rows of normal columns
 * would have by chance, trigamma((n - 1) / 2) (Smyth, Stat. Appl. Genet. Mol. Biol. 3, 2004, section 6.2).
 *
 * <p>Components of more columns than rows come from the products of rows: nothing has as many entries as there are pairs of
 * columns.
 *
 * @param mean of each column
 * @param unit of each column
 * @param sigma deviations along the components, then of the directions beside them, in these units
 * @param directions of the components, unit vectors one after another
 */
record WideNormal(double[] mean, double[] unit, double[] sigma, double[] directions) {
    /** Numbers of leading components that may be left out of the units. */
    private static final int[] FACTORS = {1, 2, 3, 4, 5, 6, 8, 10, 14, 20, 30, 50};

    /** So many more components may gain nothing before the search ends, and twice as many are tried: a second factor may need a third. */
    private static final int LOOK_AHEAD = 4;

    /** Of units by principal factors; held-out nats change by less than one from the third to the eighth. */
    private static final int ROUNDS = 3;

    /** One row in so many is held out in a fold. */
    private static final int SHARE = 5;

    /** Multiply-adds of a fit; of larger tables one fold is compared. A fold of such a table takes a second. */
    private static final double MANY = 5e7;

    /**
     * The cube of the order of eigenproblems times how many numbers of factors are compared: all up to order 600, one beyond 1,150, where
     * each takes half a minute.
     */
    private static final double DEAREST = 3e9;

    /** A component below this share of the largest is the rounding of sums over the columns. */
    private static final double NOTHING = 1e-12;

    /** The least share of a column's variance that is its own; what components of few rows explain is mostly chance. */
    private static final double OWN = 0.01;

    /**
     * A kind.
     *
     * @param factors leading components that are left out of the units
     * @param spiked whether these are all there are; else covariances are shrunk
     */
    record Kind(int factors, boolean spiked) {
        /** Covariances in one unit for all columns are shrunk: of columns that measure alike. */
        static final Kind ALIKE = new Kind(-1, false);

        /** Correlations are shrunk. */
        static final Kind CORRELATED = new Kind(0, false);
    }

    /**
     * The law of the kind that held-out rows ask for.
     *
     * @param rows at least two; not modified
     */
    static WideNormal of(double[][] rows) {
        Kind best = Kind.CORRELATED;
        double most = Double.NEGATIVE_INFINITY;
        for (int factors : affordable(rows)) {
            if (factors > Math.max(0, best.factors) + LOOK_AHEAD && factors > 2 * LOOK_AHEAD) {
                break;
            }
            for (Scored scored : heldOut(rows, factors)) {
                if (scored.nats > most) {
                    most = scored.nats;
                    best = scored.kind;
                }
            }
        }
        return of(rows, best);
    }

    /** Numbers of factors in the order in which they are tried, as many as there is time for, below the number of rows and columns. */
    private static int[] affordable(double[][] rows) {
        int fewest = rows.length - (rows.length + SHARE - 1) / SHARE;
        double order = Math.min(rows.length, rows[0].length);
        return IntStream.concat(IntStream.of(Kind.CORRELATED.factors, Kind.ALIKE.factors), IntStream.of(FACTORS))
                .filter(factors -> factors < Math.min(fewest - 1, rows[0].length))
                .limit(Math.max(1, (long) (DEAREST / (order * order * order))))
                .toArray();
    }

    /** A kind and the log-likelihood of held-out rows. */
    private record Scored(Kind kind, double nats) {}

    /** Both kinds of so many factors, whose components they share. */
    private static List<Scored> heldOut(double[][] rows, int factors) {
        int folds = (double) rows.length * rows.length * rows[0].length > MANY ? 1 : SHARE;
        double shrunk = 0;
        double spiked = factors > 0 ? 0 : Double.NEGATIVE_INFINITY;
        for (int fold = 0; fold < folds; fold++) {
            double[][] train = new double[rows.length][];
            int count = 0;
            for (int n = 0; n < rows.length; n++) {
                if (n % SHARE != fold) {
                    train[count++] = rows[n];
                }
            }
            Components components = components(Arrays.copyOf(train, count), factors);
            shrunk += components.shrunk().logDensity(rows, fold);
            spiked += factors > 0 ? components.spiked(factors).logDensity(rows, fold) : 0;
        }
        return List.of(new Scored(new Kind(factors, true), spiked), new Scored(new Kind(factors, false), shrunk));
    }

    /**
     * The law of a kind.
     *
     * @param rows at least two; not modified
     * @param kind of fewer factors than there are rows
     */
    static WideNormal of(double[][] rows, Kind kind) {
        Components components = components(rows, kind.factors);
        return kind.spiked ? components.spiked(kind.factors) : components.shrunk();
    }

    /** Components in the units of so many factors. */
    private static Components components(double[][] rows, int factors) {
        double[] mean = means(rows);
        double[] deviation = deviations(rows, mean);
        double[] unit = shrunk(deviation, rows.length);
        if (factors == Kind.ALIKE.factors) {
            Arrays.fill(unit, Arrays.stream(unit).average().orElseThrow());
        }
        for (int round = 0; factors > 0 && round < ROUNDS; round++) {
            unit = shrunk(Components.of(rows, mean, unit).left(factors, deviation), rows.length);
        }
        return Components.of(rows, mean, unit);
    }

    /** How many components there are. */
    int within() {
        return directions.length / mean.length;
    }

    private static double[] means(double[][] rows) {
        double[] mean = new double[rows[0].length];
        for (double[] row : rows) {
            for (int i = 0; i < mean.length; i++) {
                mean[i] += row[i] / rows.length;
            }
        }
        return mean;
    }

    private static double[] deviations(double[][] rows, double[] mean) {
        double[] deviations = new double[mean.length];
        for (double[] row : rows) {
            for (int i = 0; i < mean.length; i++) {
                deviations[i] += (row[i] - mean[i]) * (row[i] - mean[i]) / rows.length;
            }
        }
        for (int i = 0; i < mean.length; i++) {
            // A column may have one value in a fold.
            deviations[i] = Math.max(Double.MIN_NORMAL, Math.sqrt(deviations[i]));
        }
        return deviations;
    }

    private static double[] shrunk(double[] deviations, int rows) {
        int size = deviations.length;
        double half = 0.5 * (rows - 1);
        // The mean of log s^2 of normal columns beside log sigma^2.
        double bias = Digamma.value(half) - StrictMath.log(0.5 * rows);
        double[] logs = new double[size];
        double mean = 0;
        for (int i = 0; i < size; i++) {
            logs[i] = 2 * StrictMath.log(deviations[i]) - bias;
            mean += logs[i] / size;
        }
        double scatter = 0;
        for (double log : logs) {
            scatter += (log - mean) * (log - mean) / Math.max(1, size - 1);
        }
        double own = scatter > 0 ? Math.max(0, 1 - Trigamma.value(half) / scatter) : 0;
        double[] units = new double[size];
        for (int i = 0; i < size; i++) {
            units[i] = StrictMath.exp(0.5 * (mean + own * (logs[i] - mean)));
        }
        return units;
    }

    /**
     * The components of rows in given units.
     *
     * @param values variances, the largest first, those above nothing
     * @param directions unit vectors one after another
     * @param trace the sum of all variances
     * @param fourth the mean of the fourth powers of the lengths of rows
     */
    private record Components(
            double[] mean, double[] unit, int rows, double[] values, double[] directions, double trace, double fourth) {
        static Components of(double[][] rows, double[] mean, double[] unit) {
            int size = mean.length;
            double[][] scaled = new double[rows.length][size];
            double trace = 0;
            double fourth = 0;
            for (int n = 0; n < rows.length; n++) {
                double squares = 0;
                for (int i = 0; i < size; i++) {
                    scaled[n][i] = (rows[n][i] - mean[i]) / unit[i];
                    squares += scaled[n][i] * scaled[n][i];
                }
                trace += squares / rows.length;
                fourth += squares * squares / rows.length;
            }
            boolean wide = rows.length <= size;
            SymmetricEigen eigen = SymmetricEigen.of(wide ? products(scaled) : covariance(scaled));
            int last = eigen.values().length - 1;
            int most = Math.min(rows.length - 1, size);
            int within = 0;
            while (within < most && eigen.values()[last - within] > NOTHING * eigen.values()[last]) {
                within++;
            }
            double[] values = new double[within];
            double[] directions = new double[within * size];
            for (int k = 0; k < within; k++) {
                values[k] = eigen.values()[last - k];
                double[] vector = eigen.vectors()[last - k];
                direction(wide ? combined(scaled, vector) : vector, directions, k * size);
            }
            return new Components(mean, unit, rows.length, values, directions, trace, fourth);
        }

        /** Deviations of the columns that so many components, less what every direction has, leave. */
        double[] left(int factors, double[] deviation) {
            int size = mean.length;
            double every = beside(factors);
            double[] left = new double[size];
            for (int i = 0; i < size; i++) {
                double own = deviation[i] * deviation[i] / (unit[i] * unit[i]);
                double whole = own;
                for (int k = 0; k < Math.min(factors, values.length); k++) {
                    double loading = directions[k * size + i];
                    own -= Math.max(0, values[k] - every) * loading * loading;
                }
                left[i] = unit[i] * Math.sqrt(Math.max(OWN * whole, own));
            }
            return left;
        }

        /** The mean variance of the directions beside so many components. */
        private double beside(int factors) {
            double rest = trace;
            for (int k = 0; k < Math.min(factors, values.length); k++) {
                rest -= values[k];
            }
            return rest / Math.max(1, mean.length - Math.min(factors, values.length));
        }

        WideNormal spiked(int factors) {
            int within = Math.min(factors, values.length);
            double[] sigma = new double[mean.length];
            Arrays.fill(sigma, Math.sqrt(beside(within)));
            for (int k = 0; k < within; k++) {
                sigma[k] = Math.sqrt(values[k]);
            }
            return new WideNormal(mean, unit, sigma, Arrays.copyOf(directions, within * mean.length));
        }

        WideNormal shrunk() {
            double diagonal = trace / mean.length;
            double share = share(diagonal);
            double[] sigma = new double[mean.length];
            Arrays.fill(sigma, Math.sqrt(share * diagonal));
            for (int k = 0; k < values.length; k++) {
                sigma[k] = Math.sqrt((1 - share) * values[k] + share * diagonal);
            }
            return new WideNormal(mean, unit, sigma, directions);
        }

        /** min(1, beta / |R - t I|^2), beta = (sum_n |z_n|^4 / n - |R|^2) / n; never 0: directions beside the rows have a variance. */
        private double share(double diagonal) {
            double norm = 0;
            for (double value : values) {
                norm += value * value;
            }
            double signal = norm - mean.length * diagonal * diagonal;
            double share = signal > 0 ? (fourth - norm) / rows / signal : 1;
            return Math.min(1, Math.max(1.0 / rows, share));
        }
    }

    /** Products of rows over their number: its eigenvalues but for zeros are those of the covariances. */
    private static DMatrixRMaj products(double[][] rows) {
        int count = rows.length;
        DMatrixRMaj gram = new DMatrixRMaj(count, count);
        for (int n = 0; n < count; n++) {
            for (int m = 0; m <= n; m++) {
                double product = WhitenFrame.dot(rows[n], rows[m]) / count;
                gram.set(n, m, product);
                gram.set(m, n, product);
            }
        }
        return gram;
    }

    private static DMatrixRMaj covariance(double[][] rows) {
        int size = rows[0].length;
        DMatrixRMaj covariance = new DMatrixRMaj(size, size);
        DMatrixRMaj matrix = new DMatrixRMaj(rows);
        CommonOps_DDRM.multTransA(1.0 / rows.length, matrix, matrix, covariance);
        return covariance;
    }

    private static double[] combined(double[][] rows, double[] weights) {
        double[] sum = new double[rows[0].length];
        for (int n = 0; n < rows.length; n++) {
            for (int i = 0; i < sum.length; i++) {
                sum[i] += weights[n] * rows[n][i];
            }
        }
        return sum;
    }

    /** Of length 1, its largest entry positive. */
    private static void direction(double[] vector, double[] directions, int at) {
        double squares = 0;
        int largest = 0;
        for (int i = 0; i < vector.length; i++) {
            squares += vector[i] * vector[i];
            largest = Math.abs(vector[i]) > Math.abs(vector[largest]) ? i : largest;
        }
        double factor = Math.signum(vector[largest]) / Math.sqrt(squares);
        for (int i = 0; i < vector.length; i++) {
            directions[at + i] = factor * vector[i];
        }
    }

    /** The sum of the log-densities of the rows that a fold holds out. */
    private double logDensity(double[][] rows, int fold) {
        double sum = 0;
        for (int n = fold; n < rows.length; n += SHARE) {
            sum += logDensity(rows[n]);
        }
        return sum;
    }

    /** log density of a row. */
    double logDensity(double[] row) {
        int size = mean.length;
        double[] y = new double[size];
        double squares = 0;
        double log = -0.5 * size * Math.log(2 * Math.PI);
        for (int i = 0; i < size; i++) {
            y[i] = (row[i] - mean[i]) / unit[i];
            squares += y[i] * y[i];
            log -= Math.log(unit[i]) + Math.log(sigma[i]);
        }
        double beside = sigma[size - 1] * sigma[size - 1];
        double distance = squares / beside;
        for (int k = 0; k < within(); k++) {
            double along = 0;
            for (int i = 0; i < size; i++) {
                along += directions[k * size + i] * y[i];
            }
            distance += along * along * (1 / (sigma[k] * sigma[k]) - 1 / beside);
        }
        return log - 0.5 * distance;
    }
}
