package org.eigendrift.bases.marginal;

import java.util.Optional;
import java.util.OptionalDouble;
import java.util.stream.IntStream;
import org.apache.commons.numbers.gamma.Erfc;
import org.apache.commons.numbers.gamma.Erfcx;
import org.eigendrift.api.Domain;
import org.eigendrift.api.InputException;
import org.eigendrift.api.RunContext;
import org.eigendrift.api.data.Dataset;
import org.eigendrift.api.pass.Passes;
import org.eigendrift.api.pass.Plan;

/**
 * A smooth, strictly positive density fitted to one column in two passes, in memory that does not grow with the rows.
 *
 * <p>The first pass finds range, mean and deviation; the second fills a fine histogram, whose values are smoothed with a
 * normal kernel. The bandwidth is a factor times Silverman's, 0.9 n^(-1/5) times the spread ("Density Estimation",
 * equation 3.31): the smallest of the deviation, the interquartile range and the shortest interval with a quarter of the
 * rows, each scaled to the deviation of a normal law, so that separated modes are not blurred into one. Unless a factor
 * is given, the one of a few with the largest leave-one-out log-likelihood is taken (the density at a row without its
 * own kernel, (n f - K(0)/h) / (n - 1)), or the normal law of the rows' mean and variance unless its log-likelihood, less
 * Akaike's correction for two parameters, is smaller by log(n) / 2, the noise of choosing among kernels; that costs
 * at most log(n) / (2 n) nats a row. Near a finite bound of the column kernels are reflected. The
 * logarithm is made a cubic spline with one knot a bandwidth.
 *
 * <p>Kernel estimates have no sane tails: beyond the last row they fall off a cliff of the bandwidth's width, between
 * scattered outliers they have holes. So beyond the point that cuts off about sqrt(n) rows a side without a bound near
 * by is continued by exp(-s y - c y^2 / 2), y being the distance from that point: the parabola through the logarithm of
 * the estimate at the points that cut off 16, 4 and 1 times so many rows, c at least 0; where that leaves less than half
 * of the rows' mass, c is 0 and s follows from the mass. The domain ends where 1e-9 of the mass is left, or beyond the
 * last row. Holes between modes are filled with the mass of one row, so that no mode is cut off altogether.
 *
 * <p>Where the range is too many bandwidths or bins of the bulk for that, the same is done in the coordinate of a {@link Stretch}
 * about the bulk, in which tails are short: a bandwidth that grows with the distance.
 */
public final class SmoothedMarginal {
    private static final int BINS = 4096;

    /** The interquartile range of the standard normal law. */
    private static final double QUARTILES = 1.349;

    /** The length of the central interval that holds a quarter of the standard normal law. */
    private static final double QUARTER = 0.637;

    /** Beyond this many elements a density would not fit in the cache. */
    private static final int LARGEST_ELEMENTS = 2048;

    /**
     * Beyond this many spreads of the bulk tails are transformed. 20,000 rows of Student's law of three degrees of freedom
     * reach 120, and kernels serve them; 300 rows of Cauchy's law of which one is at 580 reach 470, and kernels for the bulk
     * are 0.27 nats from the law, for 0.02 transformed.
     */
    private static final double FARTHEST_PLAIN = 256;

    private static final int SMALLEST_ELEMENTS = 16;

    /** Kernels narrower than so many bins would be seen through the bins. */
    private static final double RESOLVED = 2;

    /** Bins of a bandwidth that likelihoods of bandwidths are compared with, at least. */
    private static final double SEEN = 16;

    /** A kernel is cut off where it is below 1e-14 of its peak. */
    private static final double REACH = 8;

    /** A bound within so many bandwidths of the data reflects the kernels; a farther one is as if there were none. */
    private static final double NEAR = 3;

    /** Mass left out where a tail ends. */
    private static final double TAIL_MASS = 1e-9;

    /** A tail that expects so few rows beyond the last one has not seen the outliers. */
    private static final double IMPLAUSIBLE = 1e-3;

    /** Factors of Silverman's bandwidth that compete: from sharper to the rule of one normal mode and beyond. */
    private static final double[] FACTORS = {0.7, 1, 1.4, 2};

    /** Below it two parameters cannot be judged. */
    private static final int FEWEST_NORMAL = 5;

    private final double[] counts = new double[BINS + 1];
    private final Stretch stretch;
    private final double origin;
    private final double spacing;
    private final double rows;
    private final double floor;
    private double bandwidth;
    private boolean reflectLower;
    private boolean reflectUpper;
    private double boundLower;
    private double boundUpper;

    private SmoothedMarginal(Histogram histogram, long[] shares, ColumnSummary summary, Stretch stretch) {
        this.stretch = stretch;
        this.origin = stretch.map(summary.min(0));
        double range = stretch.map(summary.max(0)) - origin;
        this.spacing = range / BINS;
        this.rows = summary.rows();
        this.floor = 1 / ((rows + 1) * range);
        for (int bin = 0; bin <= BINS; bin++) {
            counts[bin] = histogram.count(shares, bin);
        }
    }

    /**
     * A fitted density.
     *
     * @param density the density of y = g(x)
     * @param stretch g, {@link Stretch#NONE} unless tails are heavy
     */
    public record Fitted(PiecewiseDensity density, Stretch stretch) {}

    /**
     * Fits a density.
     *
     * @param data the rows of one column, read two times or, where tails are heavy, four times
     * @param domain where the column lives: a line, the half-line or an interval
     * @param smoothing factor of the bandwidth; empty to choose one, or the normal law
     * @param fewest at least so many elements; 0 where only the distribution function is wanted, which may be rougher
     *     than what has eigenfunctions
     * @param run stops the passes when cancelled
     * @return the density
     * @throws InputException if the column is constant
     */
    public static Fitted fit(Dataset data, Domain domain, OptionalDouble smoothing, int fewest, RunContext run) {
        return ColumnSummary.of(data.columns())
                .then(summary -> plan(summary, domain, smoothing, fewest))
                .run(Passes.over(data, run));
    }

    /**
     * Fits a density to a column whose summary is there.
     *
     * @param summary of the one column
     * @param domain where the column lives: a line, the half-line or an interval
     * @param smoothing factor of the bandwidth; empty to choose one, or the normal law
     * @param fewest at least so many elements; 0 where only the distribution function is wanted
     * @return a plan for rows of one number: one reading or, where tails are heavy, three
     * @throws InputException if the column is constant
     */
    public static Plan<Fitted> plan(ColumnSummary summary, Domain domain, OptionalDouble smoothing, int fewest) {
        summary.requireSpread(0, "a smoothed marginal");
        if (!Double.isFinite(summary.max(0) - summary.min(0))) {
            throw new InputException("column '" + summary.column(0).name() + "' ranges from " + summary.min(0) + " to "
                    + summary.max(0) + "; expected numbers below 1e300: use frame 'box' or 'standardize'");
        }
        return binned(summary, Stretch.NONE).then(plain -> {
            PiecewiseDensity density = plain.density(summary, domain, smoothing, fewest, false);
            return density != null
                    ? Plan.of(new Fitted(density, Stretch.NONE))
                    : stretched(summary, domain, smoothing, fewest);
        });
    }

    private static Plan<Fitted> stretched(ColumnSummary summary, Domain domain, OptionalDouble smoothing, int fewest) {
        return RowSample.of(1).then(sample -> {
            Stretch stretch = stretch(sample.sorted(0), summary, domain);
            return binned(summary, stretch)
                    .map(binned -> new Fitted(binned.density(summary, domain, smoothing, fewest, true), stretch));
        });
    }

    private static Plan<SmoothedMarginal> binned(ColumnSummary summary, Stretch stretch) {
        double origin = stretch.map(summary.min(0));
        Histogram histogram = new Histogram(stretch, origin, (stretch.map(summary.max(0)) - origin) / BINS, BINS);
        return Plan.read(histogram).map(shares -> new SmoothedMarginal(histogram, shares, summary, stretch));
    }

    /**
     * About the median, or 0 for the half-line, with half the interquartile range for the scale: near the median the
     * logarithm of the density of y then bends by less than 1 both for a normal bulk (1 - s^2, s = 0.674 of its
     * deviations) and for Cauchy's law (1 - 2 s^2, s = 1), so that kernels blur neither.
     */
    private static Stretch stretch(double[] sorted, ColumnSummary summary, Domain domain) {
        int n = sorted.length;
        double median = sorted[n / 2];
        double spread = 0.5 * (sorted[(int) (0.75 * n)] - sorted[(int) (0.25 * n)]);
        if (!(spread > 0)) {
            // At least half of the rows are ties: as wide as the bins the range allows.
            spread = (summary.max(0) - summary.min(0)) / BINS;
        }
        return domain instanceof Domain.HalfLine
                ? new Stretch(0, Math.max(median, spread))
                : new Stretch(median, spread);
    }

    /** Null if that needs too many elements or narrower bins, unless it is the last attempt. */
    private PiecewiseDensity density(
            ColumnSummary summary, Domain domain, OptionalDouble smoothing, int fewest, boolean last) {
        Domain image = stretch.map(domain);
        double smallest = stretch.map(summary.min(0));
        double largest = stretch.map(summary.max(0));
        boundLower = image.lower();
        boundUpper = image.upper();
        double deviation = stretch.identity() ? summary.deviation(0) : binnedDeviation();
        double spread = spread(deviation);
        // Silverman's rule.
        double rule = 0.9 * spread * StrictMath.pow(rows, -0.2);
        if (!last && rule < RESOLVED * spacing) {
            return null;
        }
        // Bins cannot be resolved below their distance.
        double silverman = Math.max(RESOLVED * spacing, rule);
        use(smoothing.orElse(1) * silverman, smallest, largest);
        if (smoothing.isEmpty()) {
            double best = Double.NEGATIVE_INFINITY;
            double chosen = bandwidth;
            for (double factor : FACTORS) {
                use(Math.max(RESOLVED * spacing, factor * silverman), smallest, largest);
                double likelihood = leaveOneOut();
                if (likelihood > best) {
                    best = likelihood;
                    chosen = bandwidth;
                }
            }
            use(chosen, smallest, largest);
            if (stretch.identity()
                    && !reflectLower
                    && !reflectUpper
                    && normal(summary.deviation(0)) > best - 0.5 * StrictMath.log(rows)) {
                return normal(summary, fewest);
            }
        }
        double share = Math.min(0.1, 1 / Math.sqrt(rows));
        Tail left = reflectLower ? null : tail(-1, share, deviation, smallest, boundLower);
        Tail right = reflectUpper ? null : tail(1, share, deviation, largest, boundUpper);
        double from = left == null ? boundLower : left.end;
        double to = right == null ? boundUpper : right.end;
        double wanted = Math.max(Math.max(fewest, SMALLEST_ELEMENTS), Math.ceil((to - from) / bandwidth));
        if (!last && (wanted > LARGEST_ELEMENTS || to - from > FARTHEST_PLAIN * spread)) {
            return null;
        }
        wanted = Math.min(LARGEST_ELEMENTS, wanted);
        double[] logs = new double[(int) wanted + 1];
        for (int i = 0; i < logs.length; i++) {
            double x = from + (to - from) * i / wanted;
            logs[i] = left != null && x < left.start
                    ? left.log(left.start - x)
                    : right != null && x > right.start ? right.log(x - right.start) : StrictMath.log(kernel(x) + floor);
        }
        return PiecewiseDensity.spline(from, to, logs);
    }

    private void use(double newBandwidth, double smallest, double largest) {
        bandwidth = newBandwidth;
        reflectLower = smallest - boundLower < NEAR * bandwidth;
        reflectUpper = boundUpper - largest < NEAR * bandwidth;
    }

    private double binnedDeviation() {
        double mean = 0;
        for (int bin = 0; bin <= BINS; bin++) {
            mean += counts[bin] / rows * bin;
        }
        double variance = 0;
        for (int bin = 0; bin <= BINS; bin++) {
            variance += counts[bin] / rows * (bin - mean) * (bin - mean);
        }
        return spacing * Math.sqrt(variance);
    }

    /** The sum over rows of the log-density that the other rows and the floor give. */
    private double leaveOneOut() {
        // Of bins far below the bandwidth several are as good as one: a row moved by half a bin of a sixteenth of the
        // bandwidth widens the kernel by 1 part in 3000 (the variance of two uniform moves, 2 / (12 * 16^2)).
        int merged = Integer.highestOneBit((int) Math.min(BINS, Math.max(1, bandwidth / (SEEN * spacing))));
        double[] held = merged(merged);
        double width = merged * spacing;
        double first = origin + 0.5 * (merged - 1) * spacing;
        int reach = (int) Math.min(held.length - 1, Math.ceil(REACH * bandwidth / width));
        double[] weights = new double[reach + 1];
        double scale = 1 / (bandwidth * Math.sqrt(2 * Math.PI));
        for (int j = 0; j <= reach; j++) {
            double y = j * width / bandwidth;
            weights[j] = scale * StrictMath.exp(-0.5 * y * y);
        }
        int[] occupied =
                IntStream.range(0, held.length).filter(bin -> held[bin] > 0).toArray();
        double[] others = neighbours(held, occupied, weights);
        double sum = 0;
        for (int k = 0; k < occupied.length; k++) {
            double count = held[occupied[k]];
            double x = first + occupied[k] * width;
            double left = (count - 1) * weights[0] + others[k];
            if (reflectLower && x - boundLower < REACH * bandwidth) {
                left += rows * plain(2 * boundLower - x) - own(2 * (x - boundLower), scale);
            }
            if (reflectUpper && boundUpper - x < REACH * bandwidth) {
                left += rows * plain(2 * boundUpper - x) - own(2 * (boundUpper - x), scale);
            }
            // Rows between bin centres are not wholly in this bin, so that less than themselves may be left.
            sum += count * StrictMath.log(Math.max(0, left) / (rows - 1) + floor);
        }
        return sum;
    }

    /** The counts of so many bins together. */
    private double[] merged(int bins) {
        double[] held = new double[BINS / bins + 1];
        for (int bin = 0; bin <= BINS; bin++) {
            held[bin / bins] += counts[bin];
        }
        return held;
    }

    /** For each occupied bin the counts of the others times the weights of their distances. */
    private static double[] neighbours(double[] held, int[] occupied, double[] weights) {
        double[] sums = new double[occupied.length];
        for (int k = 0; k < occupied.length; k++) {
            double count = held[occupied[k]];
            double sum = sums[k];
            for (int l = k + 1; l < occupied.length && occupied[l] - occupied[k] < weights.length; l++) {
                double weight = weights[occupied[l] - occupied[k]];
                sum += weight * held[occupied[l]];
                sums[l] += weight * count;
            }
            sums[k] = sum;
        }
        return sums;
    }

    private double own(double distance, double scale) {
        double y = distance / bandwidth;
        return scale * StrictMath.exp(-0.5 * y * y);
    }

    /** The log-likelihood of the normal law of the rows' mean and variance, with Akaike's correction for small n. */
    private double normal(double deviation) {
        if (rows < FEWEST_NORMAL) {
            return Double.NEGATIVE_INFINITY;
        }
        double correction = 2 + 6 / (rows - 3);
        return -rows * (StrictMath.log(deviation) + 0.5 * StrictMath.log(2 * Math.PI) + 0.5) - correction;
    }

    private PiecewiseDensity normal(ColumnSummary summary, int fewest) {
        double mean = summary.mean(0);
        double deviation = summary.deviation(0) * Math.sqrt(rows / (rows - 1));
        double from = Math.min(mean - PiecewiseDensity.NORMAL_REACH * deviation, summary.min(0) - 0.5 * deviation);
        double to = Math.max(mean + PiecewiseDensity.NORMAL_REACH * deviation, summary.max(0) + 0.5 * deviation);
        from = Math.max(from, boundLower);
        to = Math.min(to, boundUpper);
        // An odd number, so that the median is not at a joint of elements, where functions have their kinks.
        int elements = 1 | Math.max(Math.max(fewest, SMALLEST_ELEMENTS), (int) Math.ceil(2 * (to - from) / deviation));
        return PiecewiseDensity.normal(mean, deviation, from, to, elements);
    }

    /** The smallest of three estimates of the spread of the sharpest mode. */
    private double spread(double deviation) {
        double quartiles = (empirical(0.75) - empirical(0.25)) / QUARTILES;
        double spread = quartiles > 0 ? Math.min(deviation, quartiles) : deviation;
        // Ties make the shortest interval arbitrarily short.
        return Math.min(spread, Math.max(0.2 * spread, shortestQuarter() / QUARTER));
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
            // Of few rows most bins are empty, and an exponential is dear.
            if (counts[bin] > 0) {
                double y = (x - origin - bin * spacing) / bandwidth;
                sum += counts[bin] * StrictMath.exp(-0.5 * y * y);
            }
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
            if (counts[bin] > 0) {
                double y = side * (start - origin - bin * spacing) / bandwidth;
                excess += counts[bin] / rows * 0.5 * Erfc.value(y / Math.sqrt(2));
            }
        }
        Tail tail = Tail.fit(start, log, slope, Math.max(0, curvature), excess / StrictMath.exp(log));
        double last = side * (extreme - start);
        double reach = Math.max(tail.reach(), last + bandwidth);
        if (rows * tail.massBeyond(last) < IMPLAUSIBLE) {
            Outliers outliers = stretch.identity() ? Straight.reaching(excess, last, rows) : outliers(tail, side, last);
            tail = tail.with(outliers);
            reach = Math.max(last, outliers.reach());
        }
        tail.end = side > 0 ? Math.min(bound, start + reach) : Math.max(bound, start - reach);
        return tail;
    }

    /**
     * In a stretched coordinate a straight tail is a power of x, which a few rows that do not scatter so widely never asked
     * for: of it and an exponential tail of x, what gives the rows that the bulk does not expect the larger likelihood.
     */
    private Outliers outliers(Tail bulk, int side, double last) {
        double from = stretch.invert(bulk.start);
        double count = 0;
        double excess = 0;
        double stretched = 0;
        double logSlopes = 0;
        for (int bin = 0; bin <= BINS; bin++) {
            double at = origin + bin * spacing;
            double y = side * (at - bulk.start);
            if (counts[bin] > 0 && y > 0 && rows * bulk.massBeyond(y) < 1) {
                count += counts[bin];
                excess += counts[bin] * side * (stretch.invert(at) - from);
                stretched += counts[bin] * y;
                logSlopes += counts[bin] * stretch.logSlope(at);
            }
        }
        double straight = -StrictMath.log(stretched / count);
        double light = -StrictMath.log(excess / count) - logSlopes / count;
        return straight > light
                ? new Straight(count / rows, count / stretched, 1.5 * last)
                : new Light(count / rows, excess / count, stretch, bulk.start, side);
    }

    private double cutting(int side, double share) {
        return empirical(side > 0 ? 1 - share : share);
    }

    /** The density of rows that the tail of the bulk does not expect, y being the distance from the tail's start. */
    private interface Outliers {
        double log(double y);

        /** The y beyond which nothing is left that matters. */
        double reach();
    }

    /**
     * w r exp(-r y).
     *
     * @param share w
     * @param rate r
     */
    private record Straight(double share, double rate, double reach) implements Outliers {
        /** With a quarter of the tail's rows, so that it reaches the last of them. */
        static Straight reaching(double mass, double last, double rows) {
            double share = 0.25 * mass;
            return new Straight(share, Math.max(1, StrictMath.log(share * rows)) / last, 1.5 * last);
        }

        @Override
        public double log(double y) {
            return StrictMath.log(share * rate) - rate * y;
        }
    }

    /**
     * w exp(-u / m) / m, u being the distance in x, by y.
     *
     * @param share w
     * @param mean m
     * @param side 1 above, -1 below
     */
    private record Light(double share, double mean, Stretch stretch, double start, int side) implements Outliers {
        /**
         * As far as a double can tell from nothing, not 1e-9: beyond the core the logarithm of the density falls with its slope
         * at the end, which is the steeper the farther that is.
         */
        private static final double LEFT = 1e-16;

        @Override
        public double log(double y) {
            double at = start + side * y;
            double u = side * (stretch.invert(at) - stretch.invert(start));
            return StrictMath.log(share / mean) - u / mean - stretch.logSlope(at);
        }

        @Override
        public double reach() {
            double u = mean * StrictMath.log(share / LEFT);
            return side * (stretch.map(stretch.invert(start) + side * u) - start);
        }
    }

    /** exp(log f0 - s y - c y^2 / 2), y the distance from the start outwards, and outliers if there are any. */
    private static final class Tail {
        /** How many halvings of an interval leave nothing but rounding. */
        private static final int HALVINGS = 60;

        final double start;
        private final double logValue;
        private final double s;
        private final double c;
        private final Optional<Outliers> outliers;
        double end;

        private Tail(double start, double logValue, double s, double c, Optional<Outliers> outliers) {
            this.start = start;
            this.logValue = logValue;
            this.s = s;
            this.c = c;
            this.outliers = outliers;
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
            return new Tail(start, logValue, s, c, Optional.empty());
        }

        Tail with(Outliers rows) {
            return new Tail(start, logValue, s, c, Optional.of(rows));
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
            if (outliers.isEmpty()) {
                return bulk;
            }
            double other = outliers.get().log(y);
            return Math.max(bulk, other) + StrictMath.log1p(StrictMath.exp(-Math.abs(bulk - other)));
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
