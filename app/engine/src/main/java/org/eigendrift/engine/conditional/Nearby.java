package org.eigendrift.engine.conditional;

import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.eigendrift.api.CounterRandom;
import org.eigendrift.api.Points;
import org.eigendrift.api.data.Column;
import org.eigendrift.engine.kernel.LogSum;
import org.eigendrift.engine.kernel.LowerTriangle;

/**
 * Where rows that agree with evidence are first looked for: draws of the joint law near the evidence, carried to it along a local
 * regression (as rejection samples are in approximate Bayesian computation: Beaumont, Zhang, Balding, Genetics 162, 2002), each
 * widened by a normal kernel; and with a small weight one normal law around all of them. Immutable.
 */
final class Nearby implements Proposal {
    /** Effective number of draws that are near. */
    private static final double NEAR = 200;

    /** Near draws for each condition, so that the regression has something to go by. */
    private static final double FOR_EACH = 10;

    /** Weight of the law around all, and how much wider it is. */
    private static final double AROUND = 0.1;

    private static final double WIDER = 2;

    /** Nearest particles of each by which kernels are as wide as the law is where it is, not as far as its modes are apart. */
    private static final int NEIGHBOURS = 10;

    private static final double LEAST_WEIGHT = 1e-4;

    /** Of the regression's variances: keeps conditions that say the same from making it singular. */
    private static final double RIDGE = 1e-9;

    /** Deviations at which draws are looked for, however far the evidence is: squares stay finite. */
    private static final double FAR = 1e8;

    private final Points centres;
    /** Of the kernels, which have the rest of the weight of the law around all. */
    private final double[] logWeights;

    private final double[] cumulated;
    private final double[] factor;
    private final double[] inverse;
    private final double logDeterminant;
    private final double[] mean;
    private final double around;
    private final Points whiteCentres;
    private final double[] whiteMean;

    private Nearby(Points centres, double[] weights, double[] mean, double[] kernel, double around) {
        int m = centres.dim();
        this.centres = centres;
        this.logWeights = Arrays.stream(weights)
                .map(weight -> Math.log(weight) + Math.log1p(-AROUND))
                .toArray();
        this.cumulated = weights.clone();
        Arrays.parallelPrefix(cumulated, Double::sum);
        this.factor = kernel;
        LowerTriangle.factor(factor, m);
        this.inverse = LowerTriangle.inverse(factor, m);
        double log = 0;
        for (int i = 0; i < m; i++) {
            log += Math.log(factor[i * m + i]);
        }
        this.logDeterminant = log;
        this.mean = mean;
        this.around = around;
        this.whiteCentres = white(centres);
        this.whiteMean = white(Points.ofRows(mean)).row(0);
    }

    static Nearby of(Points pilots, Relations relations) {
        double[][] offsets = offsets(pilots, relations);
        double[] weights = weights(offsets, pilots.size());
        int[] near = near(weights);
        double[] kept = Arrays.stream(near).mapToDouble(n -> weights[n]).toArray();
        double total = Arrays.stream(kept).sum();
        Arrays.setAll(kept, j -> kept[j] / total);
        Points u = relations.free(pilots.select(near));
        double[][] shifts = new double[offsets.length][];
        for (int k = 0; k < shifts.length; k++) {
            double[] of = offsets[k];
            shifts[k] = Arrays.stream(near).mapToDouble(n -> of[n]).toArray();
        }
        double[][] slopes = slopes(u, shifts, kept);
        boolean[] exact = new boolean[shifts.length];
        boolean[] ranges = new boolean[shifts.length];
        for (int k = 0; k < shifts.length; k++) {
            exact[k] = relations.sums().get(k).exact();
            ranges[k] = !exact[k];
        }
        carry(u, shifts, slopes, exact);
        // What ranges leave open keeps its width: carried to a bound, all draws would lie on it.
        double[] covariance = covariance(u, kept, spread(relations.free(pilots)));
        carry(u, shifts, slopes, ranges);
        return around(u, kept, covariance);
    }

    /** For each condition and draw how far it is to where the condition holds, in deviations of all draws. */
    private static double[][] offsets(Points pilots, Relations relations) {
        List<Relations.Sum> sums = relations.sums();
        double[][] offsets = new double[sums.size()][pilots.size()];
        for (int k = 0; k < offsets.length; k++) {
            Relations.Sum sum = sums.get(k);
            double period = period(relations.columns(), sum);
            double[] values = new double[pilots.size()];
            for (int n = 0; n < values.length; n++) {
                values[n] = sum.of(pilots, n);
                double offset = Math.max(sum.lower(), Math.min(sum.upper(), values[n])) - values[n];
                offsets[k][n] = period > 0 ? offset - period * Math.rint(offset / period) : offset;
            }
            double scale = deviation(values);
            for (int n = 0; n < values.length; n++) {
                offsets[k][n] = Math.max(-FAR, Math.min(FAR, offsets[k][n] / scale));
            }
        }
        return offsets;
    }

    /** The period of the only angle in a sum; 0 if there is none. */
    private static double period(List<Column> columns, Relations.Sum sum) {
        int angle = -1;
        for (int i = 0; i < columns.size(); i++) {
            if (sum.weights()[i] != 0) {
                if (angle >= 0 || columns.get(i).kind() != Column.Kind.ANGLE) {
                    return 0;
                }
                angle = i;
            }
        }
        return angle < 0
                ? 0
                : (columns.get(angle).upper() - columns.get(angle).lower()) * Math.abs(sum.weights()[angle]);
    }

    /** Half the distance between the quantiles of 16 and 84 %, which heavy tails do not widen; 1 if that is nothing. */
    private static double deviation(double[] values) {
        double[] sorted = values.clone();
        Arrays.sort(sorted);
        double middle = (sorted[(int) (0.84 * sorted.length)] - sorted[(int) (0.16 * sorted.length)]) / 2;
        double whole = (sorted[sorted.length - 1] - sorted[0]) / 2;
        return middle > 0 ? middle : whole > 0 ? whole : 1;
    }

    /** Normal weights of distances, as wide as makes so many draws count as wanted. */
    private static double[] weights(double[][] offsets, int count) {
        double[] squares = new double[count];
        for (double[] of : offsets) {
            for (int n = 0; n < count; n++) {
                squares[n] += of[n] * of[n];
            }
        }
        double least = Arrays.stream(squares).min().orElse(0);
        double wanted = Math.min(count / 2.0, Math.max(NEAR, FOR_EACH * offsets.length));
        double low = -40;
        double high = 40;
        while (high - low > 0.05) {
            double middle = (low + high) / 2;
            if (effective(weights(squares, least, middle)) < wanted) {
                low = middle;
            } else {
                high = middle;
            }
        }
        return weights(squares, least, high);
    }

    private static double[] weights(double[] squares, double least, double logWidth) {
        double rate = Math.exp(-2 * logWidth) / 2;
        return Arrays.stream(squares).map(s -> Math.exp(-rate * (s - least))).toArray();
    }

    private static double effective(double[] weights) {
        double sum = 0;
        double squares = 0;
        for (double weight : weights) {
            sum += weight;
            squares += weight * weight;
        }
        return sum * sum / squares;
    }

    private static int[] near(double[] weights) {
        return IntStream.range(0, weights.length)
                .filter(n -> weights[n] > LEAST_WEIGHT)
                .toArray();
    }

    /** A weighted regression on the offsets: for each column a slope for each condition. */
    private static double[][] slopes(Points u, double[][] shifts, double[] weights) {
        int k = shifts.length;
        double[][] slopes = new double[u.dim()][k];
        double[] middles =
                Arrays.stream(shifts).mapToDouble(s -> mean(s, weights)).toArray();
        double[] system = new double[k * k];
        for (int a = 0; a < k; a++) {
            for (int b = 0; b <= a; b++) {
                double sum = 0;
                for (int n = 0; n < weights.length; n++) {
                    sum += weights[n] * (shifts[a][n] - middles[a]) * (shifts[b][n] - middles[b]);
                }
                system[a * k + b] = a == b ? sum * (1 + RIDGE) + RIDGE : sum;
            }
        }
        LowerTriangle.factor(system, k);
        for (int j = 0; j < u.dim(); j++) {
            double[] column = u.column(j);
            double middle = mean(column, weights);
            for (int a = 0; a < k; a++) {
                for (int n = 0; n < weights.length; n++) {
                    slopes[j][a] += weights[n] * (shifts[a][n] - middles[a]) * (column[n] - middle);
                }
            }
            LowerTriangle.solve(system, k, slopes[j]);
        }
        return slopes;
    }

    /** Moves each draw along the regression, until some conditions hold: their offsets become 0. */
    private static void carry(Points u, double[][] shifts, double[][] slopes, boolean[] some) {
        for (int j = 0; j < u.dim(); j++) {
            for (int a = 0; a < some.length; a++) {
                for (int n = 0; n < u.size() && some[a]; n++) {
                    u.set(j, n, u.get(j, n) - slopes[j][a] * shifts[a][n]);
                }
            }
        }
    }

    private static double mean(double[] values, double[] weights) {
        double mean = 0;
        for (int n = 0; n < values.length; n++) {
            mean += weights[n] * values[n];
        }
        return mean;
    }

    private static double[] spread(Points u) {
        double[] spread = new double[u.dim()];
        Arrays.setAll(spread, j -> deviation(u.column(j)));
        return spread;
    }

    private static double[] covariance(Points u, double[] weights, double[] spread) {
        int m = u.dim();
        double[] covariance = new double[m * m];
        for (int i = 0; i < m; i++) {
            double meanI = mean(u.column(i), weights);
            for (int j = 0; j <= i; j++) {
                double meanJ = mean(u.column(j), weights);
                for (int n = 0; n < weights.length; n++) {
                    covariance[i * m + j] += weights[n] * (u.get(i, n) - meanI) * (u.get(j, n) - meanJ);
                }
            }
            covariance[i * m + i] += 1e-8 * spread[i] * spread[i];
        }
        return covariance;
    }

    /** Kernels of Silverman's width. */
    private static Nearby around(Points u, double[] weights, double[] covariance) {
        int m = u.dim();
        double[] mean = new double[m];
        Arrays.setAll(mean, i -> mean(u.column(i), weights));
        double width = Math.pow(4 / ((m + 2) * effective(weights)), 1.0 / (m + 4));
        double[] kernel = Arrays.stream(covariance).map(c -> c * width * width).toArray();
        return new Nearby(u, weights, mean, kernel, WIDER / width);
    }

    /**
     * Around particles that stand for a law: kernels as wide as nearest particles lie apart, so that steps lead from mode to mode where
     * there are several.
     */
    static Nearby of(Points particles) {
        int size = (int) Math.min(NEAR, particles.size());
        int[] places = new int[size];
        Arrays.setAll(places, k -> (int) ((long) k * particles.size() / size));
        Points u = particles.select(places);
        double[] equal = new double[size];
        Arrays.fill(equal, 1.0 / size);
        double[] all = covariance(u, equal, spread(u));
        double[] mean = new double[u.dim()];
        Arrays.setAll(mean, i -> mean(u.column(i), equal));
        double[] kernel = new Nearby(u, equal, mean, all.clone(), WIDER).apart();
        double wider = 1;
        for (int i = 0; i < u.dim(); i++) {
            int diagonal = i * u.dim() + i;
            wider = Math.max(wider, Math.sqrt(all[diagonal] / kernel[diagonal]));
        }
        return new Nearby(u, equal, mean, kernel, WIDER * wider);
    }

    /** Mean products of differences between centres and those nearest to each, in this law's deviations. */
    private double[] apart() {
        int m = centres.dim();
        int size = centres.size();
        Points white = white(centres);
        double[] products = new double[m * m];
        for (int a = 0; a < size; a++) {
            double[] distances = new double[size];
            for (int b = 0; b < size; b++) {
                for (int i = 0; i < m; i++) {
                    double step = white.get(i, a) - white.get(i, b);
                    distances[b] += step * step;
                }
            }
            double[] sorted = distances.clone();
            Arrays.sort(sorted);
            double near = sorted[Math.min(NEIGHBOURS, size - 1)];
            for (int b = 0; b < size; b++) {
                for (int i = 0; i < m && distances[b] <= near; i++) {
                    for (int j = 0; j < m; j++) {
                        products[i * m + j] += (centres.get(i, a) - centres.get(i, b))
                                * (centres.get(j, a) - centres.get(j, b))
                                / ((double) size * NEIGHBOURS);
                    }
                }
            }
        }
        double[] spread = spread(centres);
        for (int i = 0; i < m; i++) {
            products[i * m + i] += RIDGE * spread[i] * spread[i];
        }
        return products;
    }

    /** Draws points of the free columns, each by its number. */
    @Override
    public Points draw(CounterRandom random, long first, int count) {
        int m = centres.dim();
        Points u = Points.zeros(m, count);
        double[] normal = new double[m];
        for (int n = 0; n < count; n++) {
            boolean wide = random.uniform(first + n, 0) < AROUND;
            int at = Arrays.binarySearch(cumulated, random.uniform(first + n, 1) * cumulated[cumulated.length - 1]);
            int centre = Math.min(cumulated.length - 1, at < 0 ? -at - 1 : at);
            for (int i = 0; i < m; i++) {
                normal[i] = random.normal(first + n, 2L + i);
            }
            for (int i = 0; i < m; i++) {
                double step = 0;
                for (int j = 0; j <= i; j++) {
                    step += factor[i * m + j] * normal[j];
                }
                u.set(i, n, wide ? mean[i] + around * step : centres.get(i, centre) + step);
            }
        }
        return u;
    }

    /** Log-densities of points of the free columns. */
    @Override
    public double[] logDensity(Points u) {
        int m = centres.dim();
        double constant = -0.5 * m * Math.log(2 * Math.PI) - logDeterminant;
        Points white = white(u);
        double[] out = new double[u.size()];
        double[] logs = new double[logWeights.length + 1];
        double[] point = new double[m];
        for (int n = 0; n < out.length; n++) {
            for (int i = 0; i < m; i++) {
                point[i] = white.get(i, n);
            }
            double wide = 0;
            for (int i = 0; i < m; i++) {
                wide += (point[i] - whiteMean[i]) * (point[i] - whiteMean[i]);
            }
            Arrays.fill(logs, 0);
            for (int i = 0; i < m; i++) {
                int offset = whiteCentres.offset(i);
                for (int c = 0; c < logWeights.length; c++) {
                    double step = point[i] - whiteCentres.values()[offset + c];
                    logs[c] += step * step;
                }
            }
            for (int c = 0; c < logWeights.length; c++) {
                logs[c] = logWeights[c] - 0.5 * logs[c];
            }
            logs[logWeights.length] = Math.log(AROUND) - m * Math.log(around) - 0.5 * wide / (around * around);
            out[n] = constant + LogSum.of(logs);
        }
        return out;
    }

    private Points white(Points u) {
        int m = u.dim();
        Points white = Points.zeros(m, u.size());
        for (int n = 0; n < u.size(); n++) {
            for (int i = 0; i < m; i++) {
                double sum = 0;
                for (int j = 0; j <= i; j++) {
                    sum += inverse[i * m + j] * u.get(j, n);
                }
                white.set(i, n, sum);
            }
        }
        return white;
    }

    /** Where the middle of an only free column is likely to be: quantiles of the draws that were carried there, ascending. */
    double[] quantiles(int count) {
        double[] sorted = centres.column(0);
        Arrays.sort(sorted);
        double[] out = new double[count];
        Arrays.setAll(out, k -> sorted[(int) ((k + 0.5) / count * sorted.length)]);
        return out;
    }

    /** The standard deviations of the law around all, of each free column. */
    @Override
    public double[] deviations() {
        int m = centres.dim();
        double[] out = new double[m];
        for (int i = 0; i < m; i++) {
            double sum = 0;
            for (int j = 0; j <= i; j++) {
                sum += factor[i * m + j] * factor[i * m + j];
            }
            out[i] = Math.sqrt(sum) * around / WIDER;
        }
        return out;
    }
}
