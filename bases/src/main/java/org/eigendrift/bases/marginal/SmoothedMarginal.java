package org.eigendrift.bases.marginal;

import org.apache.commons.numbers.gamma.Erfc;
import org.apache.commons.numbers.gamma.Erfcx;
import org.eigendrift.api.InputException;
import org.eigendrift.api.RunContext;
import org.eigendrift.api.data.Dataset;

/**
 * A smooth, strictly positive density fitted to one column in two passes, in memory that does not grow with the rows.
 *
 * <p>The first pass finds range, mean and deviation; the second fills a fine histogram, whose values are smoothed with a
 * normal kernel of bandwidth 0.9 n^(-1/5) times the spread (Silverman, "Density Estimation", equation 3.31): the
 * smallest of the deviation, the interquartile range and the shortest interval with a quarter of the rows, each scaled
 * to the deviation of a normal law, so that separated modes are not blurred into one. Near a finite bound of the column kernels are reflected. The logarithm is made a cubic spline with one
 * knot a bandwidth.
 *
 * <p>Kernel estimates have no sane tails: beyond the last row they fall off a cliff of the bandwidth's width, between
 * scattered outliers they have holes. So beyond the point that cuts off about sqrt(n) rows a side without a bound near
 * by is continued by exp(-s y - c y^2 / 2), y being the distance from that point: the parabola through the logarithm of
 * the estimate at the points that cut off 16, 4 and 1 times so many rows, c at least 0; where that leaves less than half
 * of the rows' mass, c is 0 and s follows from the mass. The domain ends where 1e-9 of the mass is left, or beyond the
 * last row. Holes between modes are filled with the mass of one row, so that no mode is cut off altogether.
 */
public final class SmoothedMarginal {
    private static final int BINS = 4096;

    /** The interquartile range of the standard normal law. */
    private static final double QUARTILES = 1.349;

    /** The length of the central interval that holds a quarter of the standard normal law. */
    private static final double QUARTER = 0.637;

    /** Beyond this many elements a density would not fit in the cache, and tails are better transformed. */
    private static final int LARGEST_ELEMENTS = 2048;

    private static final int SMALLEST_ELEMENTS = 16;

    /** A kernel is cut off where it is below 1e-14 of its peak. */
    private static final double REACH = 8;

    /** A bound within so many bandwidths of the data reflects the kernels; a farther one is as if there were none. */
    private static final double NEAR = 3;

    /** Mass left out where a tail ends. */
    private static final double TAIL_MASS = 1e-9;

    /** A tail that expects so few rows beyond the last one has not seen the outliers. */
    private static final double IMPLAUSIBLE = 1e-3;

    private final double[] counts = new double[BINS + 1];
    private final double origin;
    private final double spacing;
    private final double rows;
    private final double floor;
    private double bandwidth;
    private boolean reflectLower;
    private boolean reflectUpper;
    private double boundLower;
    private double boundUpper;

    private SmoothedMarginal(Dataset data, RunContext run, ColumnSummary summary) {
        this.origin = summary.min(0);
        this.spacing = (summary.max(0) - summary.min(0)) / BINS;
        this.rows = summary.rows();
        this.floor = 1 / ((rows + 1) * (summary.max(0) - summary.min(0)));
        Chunks.forEach(data, run, (points, count) -> {
            for (int n = 0; n < count; n++) {
                // Linear binning: a row is shared by the two bin centres next to it, which keeps its mean.
                double at = (points.get(0, n) - origin) / spacing;
                int bin = Math.min(BINS - 1, (int) at);
                counts[bin] += 1 - (at - bin);
                counts[bin + 1] += at - bin;
            }
        });
    }

    /**
     * Fits a density.
     *
     * @param data the rows; the first column is read, twice
     * @param lower lower bound of the column, or negative infinity
     * @param upper upper bound of the column, or infinity
     * @param smoothing factor of the bandwidth
     * @param fewest at least so many elements
     * @param run stops the passes when cancelled
     * @return the density
     * @throws InputException if the column is constant, or its tails are too heavy to be resolved
     */
    public static PiecewiseDensity fit(
            Dataset data, double lower, double upper, double smoothing, int fewest, RunContext run) {
        ColumnSummary summary = ColumnSummary.of(data, run);
        summary.requireSpread(0, "a smoothed marginal");
        if (!Double.isFinite(summary.max(0) - summary.min(0))) {
            throw new InputException("column '" + data.columns().get(0).name() + "' ranges from " + summary.min(0)
                    + " to " + summary.max(0) + "; expected numbers below 1e300: use frame 'box' or 'standardize'");
        }
        SmoothedMarginal marginal = new SmoothedMarginal(data, run, summary);
        return marginal.density(data, summary, lower, upper, smoothing, fewest);
    }

    private PiecewiseDensity density(
            Dataset data, ColumnSummary summary, double lower, double upper, double smoothing, int fewest) {
        bandwidth = smoothing * silverman(summary.deviation(0));
        boundLower = lower;
        boundUpper = upper;
        reflectLower = summary.min(0) - lower < NEAR * bandwidth;
        reflectUpper = upper - summary.max(0) < NEAR * bandwidth;
        double share = Math.min(0.1, 1 / Math.sqrt(rows));
        Tail left = reflectLower ? null : tail(-1, share, summary.deviation(0), summary.min(0), lower);
        Tail right = reflectUpper ? null : tail(1, share, summary.deviation(0), summary.max(0), upper);
        double from = left == null ? lower : left.end;
        double to = right == null ? upper : right.end;
        double wanted = Math.max(Math.max(fewest, SMALLEST_ELEMENTS), Math.ceil((to - from) / bandwidth));
        if (wanted > LARGEST_ELEMENTS) {
            throw new InputException("column '" + data.columns().get(0).name() + "' ranges over " + (to - from)
                    + ", more than " + LARGEST_ELEMENTS + " times the bandwidth of its bulk, " + bandwidth
                    + "; tails so heavy need frame 'gaussianize' first, or a larger option smoothing");
        }
        double[] logs = new double[(int) wanted + 1];
        for (int i = 0; i < logs.length; i++) {
            double x = from + (to - from) * i / wanted;
            logs[i] = left != null && x < left.start
                    ? left.log(left.start - x)
                    : right != null && x > right.start ? right.log(x - right.start) : StrictMath.log(kernel(x) + floor);
        }
        return PiecewiseDensity.spline(from, to, logs);
    }

    /** Silverman's rule with the smallest of three estimates of the spread of the sharpest mode. */
    private double silverman(double deviation) {
        double quartiles = (empirical(0.75) - empirical(0.25)) / QUARTILES;
        double spread = quartiles > 0 ? Math.min(deviation, quartiles) : deviation;
        // Ties make the shortest interval arbitrarily short.
        spread = Math.min(spread, Math.max(0.2 * spread, shortestQuarter() / QUARTER));
        // Bins cannot be resolved below their distance.
        return Math.max(2 * spacing, 0.9 * spread * StrictMath.pow(rows, -0.2));
    }

    /** The length of the shortest interval that holds a quarter of the rows: it lies within one mode. */
    private double shortestQuarter() {
        double shortest = BINS;
        double held = 0;
        int first = 0;
        for (int last = 0; last <= BINS; last++) {
            held += counts[last];
            while (held - counts[first] >= 0.25 * rows) {
                held -= counts[first++];
            }
            if (held >= 0.25 * rows) {
                shortest = Math.min(shortest, last - first);
            }
        }
        return spacing * shortest;
    }

    /** The quantile of the histogram. */
    private double empirical(double u) {
        double sum = 0;
        for (int bin = 0; bin <= BINS; bin++) {
            if (sum + counts[bin] >= u * rows) {
                double share = counts[bin] > 0 ? (u * rows - sum) / counts[bin] : 0;
                return origin + spacing * (bin - 0.5 + share);
            }
            sum += counts[bin];
        }
        return origin + spacing * BINS;
    }

    /** The kernel estimate, with reflections. */
    private double kernel(double x) {
        double sum = plain(x);
        if (reflectLower) {
            sum += plain(2 * boundLower - x);
        }
        if (reflectUpper) {
            sum += plain(2 * boundUpper - x);
        }
        return sum;
    }

    private double plain(double x) {
        int first = (int) Math.max(0, Math.ceil((x - REACH * bandwidth - origin) / spacing));
        int last = (int) Math.min(BINS, Math.floor((x + REACH * bandwidth - origin) / spacing));
        double sum = 0;
        for (int bin = first; bin <= last; bin++) {
            double y = (x - origin - bin * spacing) / bandwidth;
            sum += counts[bin] * StrictMath.exp(-0.5 * y * y);
        }
        return sum / (rows * bandwidth * Math.sqrt(2 * Math.PI));
    }

    /** The tail on one side, beyond the point that cuts off a share of the rows. */
    private Tail tail(int side, double share, double deviation, double extreme, double bound) {
        double ratio = Math.min(4, Math.sqrt(0.5 / share));
        double start = cutting(side, share);
        double near = side * (start - cutting(side, share * ratio));
        double far = side * (start - cutting(side, share * ratio * ratio));
        double log = StrictMath.log(kernel(start) + floor);
        double slope;
        double curvature;
        if (near < bandwidth || far < near + bandwidth) {
            // Too few rows to tell: the estimate's own slope, and the curvature of a normal law of the same deviation.
            double step = 0.01 * bandwidth;
            slope = (log - StrictMath.log(kernel(start + side * step) + floor)) / step;
            curvature = 1 / (deviation * deviation);
        } else {
            double rise = StrictMath.log(kernel(start - side * near) + floor) - log;
            double farRise = StrictMath.log(kernel(start - side * far) + floor) - log;
            curvature = 2 * (rise / near - farRise / far) / (far - near);
            slope = curvature > 0 ? rise / near + 0.5 * curvature * near : rise / near;
        }
        double excess = 0;
        for (int bin = 0; bin <= BINS; bin++) {
            double y = side * (start - origin - bin * spacing) / bandwidth;
            excess += counts[bin] / rows * 0.5 * Erfc.value(y / Math.sqrt(2));
        }
        Tail tail = Tail.fit(start, log, slope, Math.max(0, curvature), excess / StrictMath.exp(log));
        double last = side * (extreme - start);
        double reach = Math.max(tail.reach(), last + bandwidth);
        if (rows * tail.massBeyond(last) < IMPLAUSIBLE) {
            tail = tail.withOutliers(excess, last, rows);
            reach = 1.5 * last;
        }
        tail.end = side > 0 ? Math.min(bound, start + reach) : Math.max(bound, start - reach);
        return tail;
    }

    private double cutting(int side, double share) {
        return empirical(side > 0 ? 1 - share : share);
    }

    /**
     * exp(log f0 - s y - c y^2 / 2) + w r exp(-r y), y the distance from the start outwards; w = 0 unless there are
     * outliers.
     */
    private static final class Tail {
        /** How many halvings of an interval leave nothing but rounding. */
        private static final int HALVINGS = 60;

        final double start;
        private final double logValue;
        private final double s;
        private final double c;
        private final double logOutliers;
        private final double outlierRate;
        double end;

        private Tail(double start, double logValue, double s, double c, double logOutliers, double outlierRate) {
            this.start = start;
            this.logValue = logValue;
            this.s = s;
            this.c = c;
            this.logOutliers = logOutliers;
            this.outlierRate = outlierRate;
        }

        /**
         * With slope and curvature of the bulk, if the mass they leave is between half and one and a half of what it
         * should be; else a larger curvature or a smaller slope makes it so.
         */
        static Tail fit(double start, double logValue, double slope, double curvature, double mass) {
            double s = slope;
            double c = curvature;
            if (!(slope > 0) || remaining(slope, curvature) < 0.5 * mass) {
                s = 1 / mass;
                c = 0;
            } else if (remaining(slope, curvature) > 1.5 * mass) {
                // Within these bounds of c / s^2 what remains falls from 1 / s to 1e-13 of that.
                double low = -60;
                double high = 60;
                for (int step = 0; step < HALVINGS; step++) {
                    double middle = 0.5 * (low + high);
                    if (remaining(slope, slope * slope * StrictMath.exp(middle)) > mass) {
                        low = middle;
                    } else {
                        high = middle;
                    }
                }
                c = slope * slope * StrictMath.exp(low);
            }
            return new Tail(start, logValue, s, c, Double.NEGATIVE_INFINITY, 1);
        }

        /** With a quarter of the rows in an exponential tail that reaches the last of them. */
        Tail withOutliers(double mass, double last, double rows) {
            double share = 0.25 * mass;
            double rate = Math.max(1, StrictMath.log(share * rows)) / last;
            return new Tail(start, logValue, s, c, StrictMath.log(share * rate), rate);
        }

        /** The integral of exp(-s y - c y^2 / 2) over y &gt; 0: Mills' ratio, 1 / s where c does not matter. */
        private static double remaining(double s, double c) {
            if (c <= 1e-12 * s * s) {
                return 1 / s;
            }
            double root = Math.sqrt(2 * c);
            return Math.sqrt(Math.PI) / root * Erfcx.value(s / root);
        }

        double log(double y) {
            double bulk = logValue - s * y - 0.5 * c * y * y;
            if (logOutliers == Double.NEGATIVE_INFINITY) {
                return bulk;
            }
            double outliers = logOutliers - outlierRate * y;
            return Math.max(bulk, outliers) + StrictMath.log1p(StrictMath.exp(-Math.abs(bulk - outliers)));
        }

        double massBeyond(double y) {
            return StrictMath.exp(logValue - s * y - 0.5 * c * y * y) * remaining(s + c * y, c);
        }

        /** Where the mass left is small. */
        double reach() {
            double low = 0;
            double high = (StrictMath.log(1 / TAIL_MASS) + Math.max(0, logValue) + 1) / s;
            for (int step = 0; step < HALVINGS; step++) {
                double middle = 0.5 * (low + high);
                if (massBeyond(middle) > TAIL_MASS) {
                    low = middle;
                } else {
                    high = middle;
                }
            }
            return low;
        }
    }
}
