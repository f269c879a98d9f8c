package org.eigendrift.engine.assembly;

import java.util.Arrays;
import java.util.function.DoubleUnaryOperator;
import org.eigendrift.api.Domain;
import org.eigendrift.api.basis.Eigenbasis;
import org.eigendrift.engine.basis.CoordinateBasis;

/**
 * (P_t g)(x) = E[g(X_t) | X_0 = x] of one coordinate from the process alone, that is from pi and a, without
 * eigenfunctions: on a circle the wrapped normal kernel by the trapezoidal rule; elsewhere the backward equation u_t =
 * D (a pi u')' / pi by finite volumes and Crank-Nicolson, both extrapolated once (errors h^4 and dt^4).
 */
final class Semigroup {
    private static final int COARSE = 300;
    private static final int STEPS = 40;

    private final CoordinateBasis coordinate;
    private final double lower;
    private final double upper;

    Semigroup(CoordinateBasis coordinate) {
        this.coordinate = coordinate;
        Eigenbasis basis = coordinate.basis();
        Domain domain = basis.core();
        // Beyond these levels of pi nothing arrives: 1e-15 of the mass, times polynomials of low degree.
        this.lower = Double.isFinite(domain.lower()) ? domain.lower() : basis.quantile(1e-15);
        this.upper = Double.isFinite(domain.upper()) ? domain.upper() : basis.quantile(1 - 1e-15);
    }

    /** The centre of the coarse cell that holds x, where solutions are read off without interpolation. */
    double snap(double x) {
        double h = (upper - lower) / COARSE;
        return lower + h * (Math.floor((x - lower) / h) + 0.5);
    }

    /** P_t g at points that {@link #snap} returned. */
    double[] at(double t, DoubleUnaryOperator g, double[] x) {
        if (coordinate.basis().domain() instanceof Domain.Circle circle) {
            return wrapped(t, g, x, circle.period());
        }
        double[] coarse = extrapolatedInTime(t, g, x, COARSE);
        double[] fine = extrapolatedInTime(t, g, x, 3 * COARSE);
        double[] out = new double[x.length];
        for (int n = 0; n < x.length; n++) {
            out[n] = fine[n] + (fine[n] - coarse[n]) / 8;
        }
        return out;
    }

    private double[] wrapped(double t, DoubleUnaryOperator g, double[] x, double period) {
        int nodes = 1000;
        double variance = 2 * coordinate.timeScale() * t;
        double[] out = new double[x.length];
        for (int n = 0; n < x.length; n++) {
            double mass = 0;
            for (int q = 0; q < nodes; q++) {
                double y = q * period / nodes;
                double kernel = 0;
                for (int wrap = -3; wrap <= 3; wrap++) {
                    double d = y - x[n] + wrap * period;
                    kernel += Math.exp(-0.5 * d * d / variance);
                }
                mass += kernel;
                out[n] += kernel * g.applyAsDouble(y);
            }
            out[n] /= mass;
        }
        return out;
    }

    private double[] extrapolatedInTime(double t, DoubleUnaryOperator g, double[] x, int cells) {
        double[] one = solve(t, g, x, cells, STEPS);
        double[] two = solve(t, g, x, cells, 2 * STEPS);
        double[] out = new double[x.length];
        for (int n = 0; n < x.length; n++) {
            out[n] = two[n] + (two[n] - one[n]) / 3;
        }
        return out;
    }

    private double[] solve(double t, DoubleUnaryOperator g, double[] x, int cells, int steps) {
        double h = (upper - lower) / cells;
        double[] u = new double[cells];
        double[] below = new double[cells];
        double[] above = new double[cells];
        for (int j = 0; j < cells; j++) {
            double centre = lower + (j + 0.5) * h;
            u[j] = g.applyAsDouble(centre);
            below[j] = j == 0 ? 0 : rate(lower + j * h, centre, h);
            above[j] = j == cells - 1 ? 0 : rate(lower + (j + 1) * h, centre, h);
        }
        double half = 0.5 * t / steps;
        for (int s = 0; s < steps; s++) {
            step(u, below, above, half);
        }
        double[] out = new double[x.length];
        for (int n = 0; n < x.length; n++) {
            out[n] = u[(int) Math.floor((x[n] - lower) / h)];
        }
        return out;
    }

    /** D a(face) pi(face) / (pi(centre) h^2). */
    private double rate(double face, double centre, double h) {
        Eigenbasis basis = coordinate.basis();
        double ratio = Math.exp(basis.logDensity(face) - basis.logDensity(centre));
        return coordinate.timeScale() * basis.diffusion(face) * ratio / (h * h);
    }

    /** (1 - half L) u_new = (1 + half L) u by elimination, in place. */
    private static void step(double[] u, double[] below, double[] above, double half) {
        int n = u.length;
        double[] right = new double[n];
        for (int j = 0; j < n; j++) {
            double flow = j == 0 ? 0 : below[j] * (u[j - 1] - u[j]);
            flow += j == n - 1 ? 0 : above[j] * (u[j + 1] - u[j]);
            right[j] = u[j] + half * flow;
        }
        double[] upperFactor = new double[n];
        for (int j = 0; j < n; j++) {
            double diagonal = 1 + half * (below[j] + above[j]);
            double left = -half * below[j];
            double pivot = diagonal - (j == 0 ? 0 : left * upperFactor[j - 1]);
            upperFactor[j] = -half * above[j] / pivot;
            right[j] = (right[j] - (j == 0 ? 0 : left * right[j - 1])) / pivot;
        }
        u[n - 1] = right[n - 1];
        for (int j = n - 2; j >= 0; j--) {
            u[j] = right[j] - upperFactor[j] * u[j + 1];
        }
    }

    /** L f of a function with given derivative, by the drift and a difference of the derivative. */
    DoubleUnaryOperator generator(DoubleUnaryOperator derivative) {
        Eigenbasis basis = coordinate.basis();
        double h = 1e-5 * (upper - lower);
        return x -> coordinate.timeScale()
                * (basis.drift(x) * derivative.applyAsDouble(x)
                        + basis.diffusion(x)
                                * (derivative.applyAsDouble(x + h) - derivative.applyAsDouble(x - h))
                                / (2 * h));
    }

    @Override
    public String toString() {
        return "Semigroup" + Arrays.toString(new double[] {lower, upper});
    }
}
