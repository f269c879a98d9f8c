package org.eigendrift.contract;

import java.util.function.DoubleUnaryOperator;
import org.eigendrift.api.Domain;
import org.eigendrift.api.basis.Eigenbasis;

/** The contracts' own rules of integration. */
final class Quadrature {
    /** Panels of a composite rule: a wave of degree 256 (products of three) has 30 panels, 120 nodes. */
    private static final int PANELS = 4000;

    /** Gauss-Legendre nodes and weights on [-1, 1] with four nodes, exact to degree 7 (DLMF table 3.5.1). */
    private static final double[] NODES = {
        -Math.sqrt(3.0 / 7 + 2.0 / 7 * Math.sqrt(1.2)),
        -Math.sqrt(3.0 / 7 - 2.0 / 7 * Math.sqrt(1.2)),
        Math.sqrt(3.0 / 7 - 2.0 / 7 * Math.sqrt(1.2)),
        Math.sqrt(3.0 / 7 + 2.0 / 7 * Math.sqrt(1.2))
    };

    private static final double[] WEIGHTS = {
        (18 - Math.sqrt(30)) / 36, (18 + Math.sqrt(30)) / 36, (18 + Math.sqrt(30)) / 36, (18 - Math.sqrt(30)) / 36
    };

    private Quadrature() {}

    static double[][] of(Eigenbasis basis) {
        Domain domain = basis.core();
        if (domain instanceof Domain.Interval) {
            return interval(domain.lower(), domain.upper());
        } else if (domain instanceof Domain.Circle) {
            return circle(domain.upper());
        } else if (domain instanceof Domain.HalfLine) {
            return halfLine(basis.quantile(0.5));
        }
        return line(basis.quantile(0.5), basis.quantile(0.84) - basis.quantile(0.5));
    }

    /** x = lower + width sin^2(v / 2), v in [0, pi] in panels. */
    private static double[][] interval(double lower, double upper) {
        double[][] rule = new double[2][PANELS * NODES.length];
        double half = 0.5 * Math.PI / PANELS;
        for (int p = 0; p < PANELS; p++) {
            for (int q = 0; q < NODES.length; q++) {
                double angle = half * (2 * p + 1 + NODES[q]);
                double sine = Math.sin(0.5 * angle);
                rule[0][p * NODES.length + q] = lower + (upper - lower) * sine * sine;
                rule[1][p * NODES.length + q] = WEIGHTS[q] * half * (upper - lower) * 0.5 * Math.sin(angle);
            }
        }
        return rule;
    }

    private static double[][] circle(double period) {
        double[][] rule = new double[2][PANELS];
        for (int n = 0; n < PANELS; n++) {
            rule[0][n] = n * period / PANELS;
            rule[1][n] = period / PANELS;
        }
        return rule;
    }

    /** x = scale exp(s - exp(-s)), s in [-5, 9], trapezoidal. */
    private static double[][] halfLine(double scale) {
        int nodes = 14_000;
        double step = 1e-3;
        double[][] rule = new double[2][nodes];
        for (int n = 0; n < nodes; n++) {
            double s = -5 + n * step;
            double x = scale * Math.exp(s - Math.exp(-s));
            rule[0][n] = x;
            rule[1][n] = step * x * (1 + Math.exp(-s));
        }
        return rule;
    }

    /** Trapezoidal on 50 spreads to each side: a polynomial of degree 256 under a normal law is below 1e-200 there. */
    private static double[][] line(double center, double spread) {
        int nodes = 4001;
        double step = spread / 40;
        double[][] rule = new double[2][nodes];
        for (int n = 0; n < nodes; n++) {
            rule[0][n] = center + (n - nodes / 2) * step;
            rule[1][n] = step;
        }
        return rule;
    }

    /** The integral of a smooth function, by the composite rule. */
    static double integrate(DoubleUnaryOperator f, double from, double to) {
        double half = 0.5 * (to - from) / PANELS;
        double sum = 0;
        for (int p = 0; p < PANELS; p++) {
            for (int q = 0; q < NODES.length; q++) {
                sum += WEIGHTS[q] * f.applyAsDouble(from + half * (2 * p + 1 + NODES[q]));
            }
        }
        return sum * half;
    }
}
