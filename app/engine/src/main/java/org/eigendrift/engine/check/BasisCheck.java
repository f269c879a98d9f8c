package org.eigendrift.engine.check;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import org.eigendrift.api.basis.Eigenbasis;
import org.eigendrift.api.basis.ProductTable;
import org.eigendrift.api.plugin.PluginException;

/**
 * Whether a basis is what {@link Eigenbasis} says, looked up at a few points: eigenvalues in order, functions that solve their
 * equation, derivatives, products, the law's density and quantiles. All checks are local, so they cost next to nothing beside a
 * fit; what holds near each point for all functions (L phi = -lambda phi, phi_a phi_b = sum C phi_c with C[a,b,0] =
 * delta_ab) makes them orthonormal.
 *
 * <p>Numerical families are off by a little, and wrong ones by much: a check that compares with differences fails where most of
 * its points are off by more than a hundredth or so of their size.
 */
public final class BasisCheck {
    /** Where the checks look: probabilities of the stationary law, none of them symmetric to another. */
    private static final double[] LEVELS = {0.08, 0.27, 0.5, 0.66, 0.91};

    /** Steps of differences in units of the shortest wave: of fourth order, they are exact to about 1e-11 there. */
    private static final double STEP = 1e-3;

    /** Half the probability between the quantiles that are compared with the density. */
    private static final double SHARE = 1e-3;

    /** A derivative or a density that is off by more is another one. */
    private static final double OFF = 0.02;

    /** Numerical eigenfunctions solve their equation pointwise less well than in the mean. */
    private static final double OFF_EQUATION = 0.05;

    /** Coefficients of products are sums of doubles, or integrals to many digits. */
    private static final double OFF_PRODUCT = 1e-5;

    private static final int SIDE = 2;
    private static final int AROUND = 2 * SIDE + 1;

    private final Eigenbasis basis;
    private final int size;
    private final int functions;
    private double[] x;
    private double[] steps;
    private double[] diffusion;
    private double[] drift;
    private double[] values;
    private double[] slopes;

    private BasisCheck(Eigenbasis basis) {
        this.basis = basis;
        this.size = basis.size();
        this.functions = basis.tableSize();
    }

    /**
     * Checks a basis.
     *
     * @param provider what created it
     * @param basis the basis
     * @return the same
     * @throws PluginException if it is not what it should be
     */
    public static Eigenbasis checked(Object provider, Eigenbasis basis) {
        fault(basis).ifPresent(fault -> {
            throw new PluginException(provider, "is wrong: " + fault);
        });
        return basis;
    }

    /**
     * What is wrong with a basis.
     *
     * @param basis the basis, or null
     * @return one line; empty if nothing was found
     */
    public static Optional<String> fault(Eigenbasis basis) {
        if (basis == null) {
            return Optional.of("it returned null for a basis");
        }
        if (basis.domain() == null || basis.core() == null || basis.products() == null || basis.state() == null) {
            return Optional.of("the basis has null for its domain, core, products or state");
        }
        BasisCheck check = new BasisCheck(basis);
        return check.sizes()
                .or(check::eigenvalues)
                .or(check::quantiles)
                .or(check::evaluate)
                .or(check::derivatives)
                .or(check::density)
                .or(check::equations)
                .or(check::table)
                .or(check::expansions);
    }

    private Optional<String> sizes() {
        ProductTable table = basis.products();
        if (size < 2 || functions < size || table.size() != size || table.tableSize() != functions) {
            return Optional.of("it has " + size + " functions, " + functions + " for products, and a product table of "
                    + table.size() + " and " + table.tableSize()
                    + "; expected at least 2, as many or more, and the same");
        }
        return Optional.empty();
    }

    private Optional<String> eigenvalues() {
        for (int k = 0; k < functions; k++) {
            double lambda = basis.eigenvalue(k);
            double before = k == 0 ? 0 : basis.eigenvalue(k - 1);
            boolean right = k == 0 ? lambda == 0 : k == 1 ? lambda > 0 : lambda >= before;
            if (!right || !Double.isFinite(lambda)) {
                return Optional.of(text(
                        "its eigenvalue lambda_%d is %.4g; expected lambda_0 = 0 < lambda_1 <= lambda_2 <= ..., finite",
                        k, lambda));
            }
        }
        return Optional.empty();
    }

    private Optional<String> quantiles() {
        x = Arrays.stream(LEVELS).map(basis::quantile).toArray();
        for (int n = 0; n < x.length; n++) {
            if (!basis.domain().contains(x[n]) || n > 0 && !(x[n] > x[n - 1])) {
                return Optional.of(text(
                        "its quantile of %.4g is %.4g%s; expected increasing values in the domain %s",
                        LEVELS[n], x[n], n == 0 ? "" : text(", after %.4g", x[n - 1]), basis.domain()));
            }
        }
        return Optional.empty();
    }

    /** All functions at the points and their neighbours, once. */
    private Optional<String> evaluate() {
        steps = new double[x.length];
        diffusion = new double[x.length];
        drift = new double[x.length];
        double spread = basis.quantile(0.75) - basis.quantile(0.25);
        double[] around = new double[AROUND * x.length];
        for (int n = 0; n < x.length; n++) {
            diffusion[n] = basis.diffusion(x[n]);
            drift[n] = basis.drift(x[n]);
            double log = basis.logDensity(x[n]);
            double slope = basis.logDensityDerivative(x[n]);
            if (!(diffusion[n] > 0) || !Double.isFinite(log + slope + drift[n])) {
                return Optional.of(text(
                        "at x = %.4g, which is a quantile, its diffusion coefficient is %.4g, its drift %.4g, its log density"
                                + " %.4g and (log pi)' %.4g; expected a positive number and finite ones",
                        x[n], diffusion[n], drift[n], log, slope));
            }
            double wave = Math.sqrt(diffusion[n] / basis.eigenvalue(functions - 1));
            steps[n] = Differences.step(x[n], STEP * Math.min(wave, room(x[n], spread)));
            for (int s = 0; s < AROUND; s++) {
                around[AROUND * n + s] = x[n] + (s - SIDE) * steps[n];
            }
        }
        values = new double[functions * around.length];
        slopes = new double[functions * around.length];
        basis.valuesAndDerivatives(functions, around, 0, around.length, values, slopes);
        double[] alone = new double[functions * x.length];
        basis.values(functions, x, 0, x.length, alone);
        for (int k = 0; k < functions; k++) {
            for (int j = 0; j < around.length; j++) {
                int at = k * around.length + j;
                boolean same = j % AROUND != SIDE || values[at] == alone[k * x.length + j / AROUND];
                if (!Double.isFinite(values[at]) || !Double.isFinite(slopes[at]) || !same) {
                    return Optional.of(text(
                            "at x = %.4g, phi_%d is %.4g beside its derivative %.4g, and %.4g by itself; expected finite numbers,"
                                    + " the same for values and valuesAndDerivatives, whatever stands beside them",
                            around[j], k, values[at], slopes[at], alone[k * x.length + j / AROUND]));
                }
                if (k == 0 && (Math.abs(values[at] - 1) > OFF_PRODUCT || slopes[at] != 0)) {
                    return Optional.of(text(
                            "at x = %.4g, phi_0 is %.4g and its derivative %.4g; expected 1 and 0",
                            around[j], values[at], slopes[at]));
                }
            }
        }
        return Optional.empty();
    }

    /** Steps stay clear of the ends of the core. */
    private double room(double at, double spread) {
        return Math.min(spread, Math.min(at - basis.core().lower(), basis.core().upper() - at));
    }

    private double value(int k, int point) {
        return values[(k * x.length + point) * AROUND + SIDE];
    }

    private double slope(int k, int point) {
        return slopes[(k * x.length + point) * AROUND + SIDE];
    }

    private double difference(double[] of, int k, int point) {
        int at = (k * x.length + point) * AROUND;
        return (8 * (of[at + 3] - of[at + 1]) - (of[at + 4] - of[at])) / (12 * steps[point]);
    }

    private Optional<String> derivatives() {
        for (int k = 1; k < functions; k++) {
            double[] off = new double[x.length];
            for (int n = 0; n < x.length; n++) {
                double wave = Math.sqrt(diffusion[n] / basis.eigenvalue(k));
                double scale = Math.abs(slope(k, n)) + (Math.abs(value(k, n)) + 0.1) / wave;
                off[n] = Math.abs(difference(values, k, n) - slope(k, n)) / scale;
            }
            int worst = offAtMost(off, OFF);
            if (worst >= 0) {
                return Optional.of(text(
                        "at x = %.4g, the derivative of phi_%d is %.4g; differences of its values give %.4g",
                        x[worst], k, slope(k, worst), difference(values, k, worst)));
            }
        }
        return Optional.empty();
    }

    /** The point that is off most where more than half of them are off by more than a limit, else -1. */
    private static int offAtMost(double[] off, double limit) {
        int most = 0;
        int count = 0;
        for (int n = 0; n < off.length; n++) {
            most = off[n] > off[most] ? n : most;
            count += off[n] <= limit ? 0 : 1;
        }
        return 2 * count > off.length ? most : -1;
    }

    /** Quantiles cut off what the density has between them, whose logarithm has the derivative that drifts are made of. */
    private Optional<String> density() {
        double[] mass = new double[x.length];
        double[] off = new double[x.length];
        double[] offScore = new double[x.length];
        for (int n = 0; n < x.length; n++) {
            mass[n] = mass(LEVELS[n]);
            off[n] = Math.abs(mass[n] - 2 * SHARE) / (2 * SHARE) - rounding(LEVELS[n]);
            offScore[n] = offScore(n);
        }
        int worst = offAtMost(off, OFF);
        if (worst >= 0) {
            return Optional.of(text(
                    "between its quantiles of %.4g and %.4g its density has the mass %.3g, expected %.4g: the quantile is not the"
                            + " density's, or the density is not normalised",
                    LEVELS[worst] - SHARE, LEVELS[worst] + SHARE, mass[worst], 2 * SHARE));
        }
        worst = offAtMost(offScore, OFF);
        return worst < 0
                ? Optional.empty()
                : Optional.of(text(
                        "at x = %.4g, (log pi)' is %.4g and the drift %.4g; differences of log pi give %.4g and %.4g",
                        x[worst],
                        basis.logDensityDerivative(x[worst]),
                        basis.drift(x[worst]),
                        score(worst),
                        drift(worst)));
    }

    /** Far from 0 quantiles are rounded to what numbers of that size tell apart: relative error of what lies between them. */
    private double rounding(double level) {
        double to = basis.quantile(level + SHARE);
        return Math.ulp(to) / (to - basis.quantile(level - SHARE));
    }

    /** By Simpson's rule. */
    private double mass(double level) {
        double from = basis.quantile(level - SHARE);
        double to = basis.quantile(level + SHARE);
        double middle = 0.5 * (from + to);
        return (to - from)
                / 6
                * (Math.exp(basis.logDensity(from))
                        + 4 * Math.exp(basis.logDensity(middle))
                        + Math.exp(basis.logDensity(to)));
    }

    private double score(int n) {
        return (basis.logDensity(x[n] + steps[n]) - basis.logDensity(x[n] - steps[n])) / (2 * steps[n]);
    }

    private double drift(int n) {
        return (basis.diffusion(x[n] + steps[n]) - basis.diffusion(x[n] - steps[n])) / (2 * steps[n])
                + diffusion[n] * score(n);
    }

    private double offScore(int n) {
        double scale = Math.abs(score(n)) + Math.sqrt(basis.eigenvalue(1) / diffusion[n]);
        double ofScore = Math.abs(score(n) - basis.logDensityDerivative(x[n])) / scale;
        double ofDrift = Math.abs(drift(n) - drift[n]) / (diffusion[n] * scale);
        return Math.max(ofScore, ofDrift);
    }

    /** a phi'' + drift phi' = -lambda phi, the second derivative by differences of the first. */
    private Optional<String> equations() {
        for (int k = 1; k < size; k++) {
            double[] off = new double[x.length];
            for (int n = 0; n < x.length; n++) {
                double wave = Math.sqrt(diffusion[n] / basis.eigenvalue(k));
                // The terms of L phi cancel where the score is steep.
                double steepness = 1 / wave + Math.abs(drift[n]) / diffusion[n];
                double scale = Math.abs(value(k, n))
                        + 0.1
                        + diffusion[n] * Math.abs(slope(k, n)) * steepness / basis.eigenvalue(k);
                off[n] = Math.abs(generator(k, n) / basis.eigenvalue(k) + value(k, n)) / scale;
            }
            int worst = offAtMost(off, OFF_EQUATION);
            if (worst >= 0) {
                return Optional.of(text(
                        "at x = %.4g, L phi_%d is %.4g and -lambda_%d phi_%d is %.4g: functions and eigenvalues do not belong together",
                        x[worst], k, generator(k, worst), k, k, -basis.eigenvalue(k) * value(k, worst)));
            }
        }
        return Optional.empty();
    }

    private double generator(int k, int n) {
        return diffusion[n] * difference(slopes, k, n) + drift[n] * slope(k, n);
    }

    /** E[phi_a phi_b] = C[a,b,0]. */
    private Optional<String> table() {
        ProductTable table = basis.products();
        for (int a = 0; a < size; a++) {
            for (int b = 0; b < size; b++) {
                double mean = 0;
                for (int term = table.start(a, b); term < table.end(a, b); term++) {
                    mean += table.function(term) == 0 ? table.coefficient(term) : 0;
                }
                if (!(Math.abs(mean - (a == b ? 1 : 0)) <= OFF_PRODUCT)) {
                    return Optional.of(text(
                            "its product table has C[%d,%d,0] = E[phi_%d phi_%d] = %.4g, expected %d: the functions are not"
                                    + " orthonormal",
                            a, b, a, b, mean, a == b ? 1 : 0));
                }
            }
        }
        return Optional.empty();
    }

    /** phi_a phi_b = sum_c C[a,b,c] phi_c, for the pairs of which others are made. */
    private Optional<String> expansions() {
        for (int a = 1; a < size; a++) {
            for (int b = a; b < size; b++) {
                boolean basic = a <= 2 || b == a || b == size - 1;
                // High products are those that lose most where expansions are cut off.
                boolean whole = basis.products().truncationError() == 0 || a + b < size;
                if (basic && whole) {
                    Optional<String> fault = expansion(a, b);
                    if (fault.isPresent()) {
                        return fault;
                    }
                }
            }
        }
        return Optional.empty();
    }

    private Optional<String> expansion(int a, int b) {
        ProductTable table = basis.products();
        double[] off = new double[x.length];
        double[] sum = new double[x.length];
        for (int n = 0; n < x.length; n++) {
            double moduli = 1;
            for (int term = table.start(a, b); term < table.end(a, b); term++) {
                double part = table.coefficient(term) * value(table.function(term), n);
                sum[n] += part;
                moduli += Math.abs(part);
            }
            off[n] = Math.abs(sum[n] - value(a, n) * value(b, n)) / moduli;
        }
        // What is left out is bounded in the mean square, not at a point.
        double cut = table.truncationError() == 0 ? 0 : OFF + 10 * table.truncationError();
        int worst = offAtMost(off, OFF_PRODUCT + cut);
        return worst < 0
                ? Optional.empty()
                : Optional.of(text(
                        "at x = %.4g, phi_%d phi_%d is %.4g and its product table gives %.4g: the functions are not orthonormal,"
                                + " or the table is not theirs",
                        x[worst], a, b, value(a, worst) * value(b, worst), sum[worst]));
    }

    private static String text(String format, Object... values) {
        return String.format(Locale.ROOT, format, values);
    }
}
