package org.eigendrift.bases.marginal;

import java.util.Map;
import org.eigendrift.api.InputException;
import org.eigendrift.api.State;
import org.eigendrift.bases.numeric.Inversion;
import org.eigendrift.bases.numeric.Legendre;

/**
 * A probability density on [lower, upper] whose logarithm is a polynomial on each of E equal elements; normalised by
 * Gauss quadrature on every element, by which distribution and quantile function are computed too. Immutable.
 *
 * <p>Whatever is computed once from it uses {@link StrictMath}, so that a restored density has the same bits on every
 * machine.
 */
public final class PiecewiseDensity {
    /** Resolves exp of a polynomial that changes by a few units within an element to rounding. */
    private static final int NODES = 16;

    private static final double[][] GAUSS = Legendre.gauss(NODES);

    /** Deviations to either side of a normal law, which leave out 1e-9 of its mass. */
    static final double NORMAL_REACH = 6;

    private final double lower;
    private final double upper;
    private final int elements;
    private final int degree;
    private final double half;
    private final double[] coefficients;
    private final double[] cumulative;
    private final double[] remaining;

    private PiecewiseDensity(double lower, double upper, int degree, double[] coefficients) {
        this.lower = lower;
        this.upper = upper;
        this.degree = degree;
        this.elements = coefficients.length / (degree + 1);
        this.half = 0.5 * (upper - lower) / elements;
        this.coefficients = coefficients;
        this.cumulative = new double[elements + 1];
        this.remaining = new double[elements + 1];
        double[] masses = new double[elements];
        for (int e = 0; e < elements; e++) {
            masses[e] = mass(e, -1, 1);
            cumulative[e + 1] = cumulative[e] + masses[e];
        }
        for (int e = elements - 1; e >= 0; e--) {
            remaining[e] = remaining[e + 1] + masses[e];
        }
    }

    private static PiecewiseDensity normalised(double lower, double upper, int degree, double[] coefficients) {
        PiecewiseDensity raw = new PiecewiseDensity(lower, upper, degree, coefficients);
        double total = StrictMath.log(raw.cumulative[raw.elements]);
        for (int e = 0; e < raw.elements; e++) {
            coefficients[e * (degree + 1)] -= total;
        }
        return new PiecewiseDensity(lower, upper, degree, coefficients);
    }

    /**
     * The density whose logarithm is, up to a constant, the cubic spline through given values, with continuous third
     * derivative at the first and last inner knot ("not a knot"): it reproduces cubics, hence normal laws.
     *
     * @param lower first knot
     * @param upper last knot
     * @param logs values at equally spaced knots, at least 4; not modified
     * @return the density
     */
    public static PiecewiseDensity spline(double lower, double upper, double[] logs) {
        double[] slopes = splineSlopes(logs);
        double[] coefficients = new double[4 * (logs.length - 1)];
        for (int e = 0; e + 1 < logs.length; e++) {
            // Hermite form on [-1, 1]: slopes are per knot distance, half of that per unit of xi.
            double sum = 0.5 * (logs[e] + logs[e + 1]);
            double difference = 0.5 * (logs[e + 1] - logs[e]);
            double left = 0.5 * slopes[e];
            double right = 0.5 * slopes[e + 1];
            coefficients[4 * e] = sum - 0.25 * (right - left);
            coefficients[4 * e + 1] = 1.5 * difference - 0.25 * (left + right);
            coefficients[4 * e + 2] = 0.25 * (right - left);
            coefficients[4 * e + 3] = 0.25 * (left + right) - 0.5 * difference;
        }
        // Away from overflow before the first exponential is taken.
        double largest = Double.NEGATIVE_INFINITY;
        for (double log : logs) {
            largest = Math.max(largest, log);
        }
        for (int e = 0; e + 1 < logs.length; e++) {
            coefficients[4 * e] -= largest;
        }
        return normalised(lower, upper, 3, coefficients);
    }

    /**
     * A normal law between two points.
     *
     * @param mean its mean before it is cut
     * @param deviation its deviation before it is cut
     * @param lower lower end
     * @param upper upper end
     * @param elements E, at least 3
     * @return the density
     */
    static PiecewiseDensity normal(double mean, double deviation, double lower, double upper, int elements) {
        double[] logs = new double[elements + 1];
        for (int i = 0; i <= elements; i++) {
            double y = (lower + (upper - lower) * i / elements - mean) / deviation;
            logs[i] = -0.5 * y * y;
        }
        return spline(lower, upper, logs);
    }

    /**
     * The standard normal law as far as a normal marginal reaches.
     *
     * @param elements E, at least 3
     * @return the density
     */
    public static PiecewiseDensity standardNormal(int elements) {
        return normal(0, 1, -NORMAL_REACH, NORMAL_REACH, elements);
    }

    /**
     * Whether it is the density of a + b y, b > 0, with y of another density.
     *
     * @param other a density
     * @param tolerance by which coefficients of the logarithms may differ
     * @return true if elements and coefficients agree
     */
    public boolean imageOf(PiecewiseDensity other, double tolerance) {
        if (elements != other.elements || degree != other.degree) {
            return false;
        }
        double shift = StrictMath.log(half / other.half);
        for (int i = 0; i < coefficients.length; i++) {
            double here = i % (degree + 1) == 0 ? coefficients[i] + shift : coefficients[i];
            if (!(Math.abs(here - other.coefficients[i]) <= tolerance)) {
                return false;
            }
        }
        return true;
    }

    /** Slopes at the knots, per knot distance (de Boor, "A Practical Guide to Splines", chapter IV). */
    private static double[] splineSlopes(double[] y) {
        int n = y.length;
        double[] diagonal = new double[n];
        double[] above = new double[n];
        double[] slopes = new double[n];
        diagonal[0] = 1;
        above[0] = 2;
        slopes[0] = 0.5 * (5 * (y[1] - y[0]) + (y[2] - y[1]));
        for (int i = 1; i + 1 < n; i++) {
            double factor = 1 / diagonal[i - 1];
            diagonal[i] = 4 - factor * above[i - 1];
            above[i] = 1;
            slopes[i] = 3 * (y[i + 1] - y[i - 1]) - factor * slopes[i - 1];
        }
        double factor = 2 / diagonal[n - 2];
        diagonal[n - 1] = 1 - factor * above[n - 2];
        slopes[n - 1] = 0.5 * (5 * (y[n - 1] - y[n - 2]) + (y[n - 2] - y[n - 3])) - factor * slopes[n - 2];
        slopes[n - 1] /= diagonal[n - 1];
        for (int i = n - 2; i >= 0; i--) {
            slopes[i] = (slopes[i] - above[i] * slopes[i + 1]) / diagonal[i];
        }
        return slopes;
    }

    /**
     * The density proportional to exp(-V) for a polynomial V, exact up to rounding.
     *
     * @param lower lower end
     * @param upper upper end
     * @param potential coefficients of V, constant first; not modified
     * @param elements E
     * @return the density
     */
    public static PiecewiseDensity boltzmann(double lower, double upper, double[] potential, int elements) {
        int stride = potential.length;
        double half = 0.5 * (upper - lower) / elements;
        double[] coefficients = new double[elements * stride];
        double smallest = Double.POSITIVE_INFINITY;
        for (int e = 0; e < elements; e++) {
            double[] local = shifted(potential, lower + half * (2 * e + 1));
            double power = 1;
            for (int j = 0; j < stride; j++) {
                coefficients[e * stride + j] = -local[j] * power;
                power *= half;
            }
            smallest = Math.min(smallest, local[0]);
        }
        for (int e = 0; e < elements; e++) {
            coefficients[e * stride] += smallest;
        }
        return normalised(lower, upper, stride - 1, coefficients);
    }

    /** Coefficients about another centre, by repeated synthetic division. */
    private static double[] shifted(double[] polynomial, double center) {
        double[] local = polynomial.clone();
        for (int j = 0; j < local.length; j++) {
            for (int i = local.length - 2; i >= j; i--) {
                local[i] += center * local[i + 1];
            }
        }
        return local;
    }

    /**
     * Makes a density again.
     *
     * @param state what {@link #state()} returned
     * @return the same density, bit for bit
     * @throws InputException if the state is damaged
     */
    public static PiecewiseDensity restore(State state) {
        double[] ends = state.get("domain", 3);
        double[] coefficients = state.get("log_density");
        int stride = (int) ends[2];
        boolean valid = ends[0] < ends[1]
                && Double.isFinite(ends[1] - ends[0])
                && stride == ends[2]
                && stride >= 1
                && coefficients.length >= stride
                && coefficients.length % stride == 0;
        for (double c : coefficients) {
            valid &= Double.isFinite(c);
        }
        if (!valid) {
            throw new InputException("the model file's density from " + ends[0] + " to " + ends[1] + " with "
                    + coefficients.length + " coefficients, " + ends[2]
                    + " an element, is damaged; expected finite numbers that fit together");
        }
        return new PiecewiseDensity(ends[0], ends[1], stride - 1, coefficients);
    }

    /**
     * The numbers that make it.
     *
     * @return ends and coefficients
     */
    public State state() {
        return State.of(Map.of("domain", new double[] {lower, upper, degree + 1}, "log_density", coefficients));
    }

    /**
     * The lower end.
     *
     * @return finite
     */
    public double lower() {
        return lower;
    }

    /**
     * The upper end.
     *
     * @return finite
     */
    public double upper() {
        return upper;
    }

    /**
     * The number of elements.
     *
     * @return at least 1
     */
    public int elements() {
        return elements;
    }

    private int element(double x) {
        return Math.max(0, Math.min(elements - 1, (int) ((x - lower) / (2 * half))));
    }

    private double local(int element, double x) {
        return (x - lower) / half - (2 * element + 1);
    }

    /**
     * log pi in local coordinates.
     *
     * @param element 0 to E - 1
     * @param xi in [-1, 1]
     * @return log pi
     */
    public double log(int element, double xi) {
        int at = element * (degree + 1);
        double sum = coefficients[at + degree];
        for (int j = degree - 1; j >= 0; j--) {
            sum = sum * xi + coefficients[at + j];
        }
        return sum;
    }

    /**
     * pi in local coordinates.
     *
     * @param element 0 to E - 1
     * @param xi in [-1, 1]
     * @return pi
     */
    public double pi(int element, double xi) {
        return StrictMath.exp(log(element, xi));
    }

    /**
     * log pi.
     *
     * @param x a point
     * @return log pi(x), negative infinity outside
     */
    public double log(double x) {
        if (!(x >= lower && x <= upper)) {
            return Double.NEGATIVE_INFINITY;
        }
        int e = element(x);
        return log(e, local(e, x));
    }

    /**
     * The score.
     *
     * @param x a point; taken to the nearer end if outside
     * @return (log pi)'(x)
     */
    public double logDerivative(double x) {
        double inside = Math.max(lower, Math.min(upper, x));
        int e = element(inside);
        double xi = local(e, inside);
        int at = e * (degree + 1);
        double sum = 0;
        for (int j = degree; j >= 1; j--) {
            sum = sum * xi + j * coefficients[at + j];
        }
        return sum / half;
    }

    /** The mass of an element between two local coordinates. */
    private double mass(int element, double from, double to) {
        double width = 0.5 * (to - from);
        double sum = 0;
        for (int q = 0; q < NODES; q++) {
            sum += GAUSS[1][q] * StrictMath.exp(log(element, from + width * (GAUSS[0][q] + 1)));
        }
        return half * width * sum;
    }

    /**
     * The distribution function.
     *
     * @param x a point
     * @return the probability up to x
     */
    public double distribution(double x) {
        if (x <= lower) {
            return 0;
        } else if (x >= upper) {
            return 1;
        }
        int e = element(x);
        return Math.min(1, cumulative[e] + mass(e, -1, local(e, x)));
    }

    /**
     * What the distribution function leaves, with as many digits.
     *
     * @param x a point
     * @return the probability above x
     */
    public double survival(double x) {
        if (x <= lower) {
            return 1;
        } else if (x >= upper) {
            return 0;
        }
        int e = element(x);
        return Math.min(1, remaining[e + 1] + mass(e, local(e, x), 1));
    }

    /**
     * The quantile function.
     *
     * @param u in [0, 1]
     * @return x with distribution u
     */
    public double quantile(double u) {
        double target = Math.min(u, cumulative[elements]);
        int low = 0;
        int high = elements;
        while (high - low > 1) {
            int middle = (low + high) >>> 1;
            if (cumulative[middle] <= target) {
                low = middle;
            } else {
                high = middle;
            }
        }
        int e = low;
        double rest = target - cumulative[e];
        double whole = cumulative[e + 1] - cumulative[e];
        double xi = Inversion.solve(
                rest, t -> mass(e, -1, t), t -> half * StrictMath.exp(log(e, t)), -1, 1, 2 * rest / whole - 1);
        return Math.max(lower, Math.min(upper, lower + half * (2 * e + 1 + xi)));
    }

    /**
     * The variance.
     *
     * @return E (x - E x)^2
     */
    public double variance() {
        double mean = moment(0.5 * (lower + upper), 1) + 0.5 * (lower + upper);
        return moment(mean, 2);
    }

    private double moment(double center, int power) {
        double moment = 0;
        for (int e = 0; e < elements; e++) {
            for (int q = 0; q < NODES; q++) {
                double y = lower + half * (2 * e + 1 + GAUSS[0][q]) - center;
                moment += half * GAUSS[1][q] * StrictMath.exp(log(e, GAUSS[0][q])) * (power == 1 ? y : y * y);
            }
        }
        return moment;
    }
}
