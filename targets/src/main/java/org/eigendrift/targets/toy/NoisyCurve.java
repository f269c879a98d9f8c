package org.eigendrift.targets.toy;

import java.util.function.DoubleUnaryOperator;
import org.eigendrift.targets.numeric.GaussLegendre;

/**
 * The density of a random point of a plane curve plus N(0, s^2 I) noise:
 *
 * <pre>p(x) = (2 pi s^2)^-1 integral w(t) exp(-|x - c(t)|^2 / (2 s^2)) dt,   integral w(t) dt = 1.</pre>
 *
 * <p>Composite Gauss-Legendre quadrature, 16 nodes a panel. No panel of the curve is longer than 2 s, so the integrand
 * is within a panel as smooth as a Gaussian on [-1, 1] and the rule is exact to rounding. Panels too far away to
 * matter in double precision are skipped.
 */
final class NoisyCurve {
    /** Terms below exp(-45) = 3e-20 of the largest are dropped. */
    private static final double NEGLIGIBLE = 45;

    private static final GaussLegendre RULE = GaussLegendre.of(16);

    private final double noise;
    private final int panels;
    private final double[] nodeX;
    private final double[] nodeY;
    private final double[] weight;
    private final double[] centreX;
    private final double[] centreY;
    private final double[] radius;

    /**
     * Lays the panels.
     *
     * @param x first coordinate of the curve c(t)
     * @param y second coordinate of the curve
     * @param density w(t), not necessarily normalised
     * @param from where t begins
     * @param to where t ends
     * @param speed a bound of |c'(t)|
     * @param noise s
     */
    NoisyCurve(
            DoubleUnaryOperator x,
            DoubleUnaryOperator y,
            DoubleUnaryOperator density,
            double from,
            double to,
            double speed,
            double noise) {
        this.noise = noise;
        this.panels = (int) Math.ceil(speed * (to - from) / (2 * noise));
        int order = RULE.nodes().length;
        nodeX = new double[panels * order];
        nodeY = new double[panels * order];
        weight = new double[panels * order];
        double half = (to - from) / (2 * panels);
        double total = 0;
        for (int j = 0; j < nodeX.length; j++) {
            double t = from + half * (2 * (j / order) + 1 + RULE.nodes()[j % order]);
            nodeX[j] = x.applyAsDouble(t);
            nodeY[j] = y.applyAsDouble(t);
            weight[j] = RULE.weights()[j % order] * density.applyAsDouble(t);
            total += weight[j];
        }
        for (int j = 0; j < weight.length; j++) {
            weight[j] /= total;
        }
        centreX = new double[panels];
        centreY = new double[panels];
        radius = new double[panels];
        bound(order);
    }

    private void bound(int order) {
        for (int panel = 0; panel < panels; panel++) {
            int middle = panel * order + order / 2;
            centreX[panel] = nodeX[middle];
            centreY[panel] = nodeY[middle];
            for (int j = panel * order; j < (panel + 1) * order; j++) {
                double distance = Math.hypot(nodeX[j] - nodeX[middle], nodeY[j] - nodeY[middle]);
                radius[panel] = Math.max(radius[panel], distance);
            }
        }
    }

    /** The log-density at (x, y). */
    double logDensity(double x, double y) {
        double nearest = Double.POSITIVE_INFINITY;
        for (int panel = 0; panel < panels; panel++) {
            double distance = Math.hypot(x - centreX[panel], y - centreY[panel]);
            nearest = Math.min(nearest, distance + radius[panel]);
        }
        // Every node of a panel beyond this distance is negligible beside the nearest panel's nodes.
        double reach = Math.sqrt(nearest * nearest + 2 * noise * noise * NEGLIGIBLE);
        int order = RULE.nodes().length;
        double least = Double.POSITIVE_INFINITY;
        for (int panel = 0; panel < panels; panel++) {
            if (Math.hypot(x - centreX[panel], y - centreY[panel]) - radius[panel] <= reach) {
                for (int j = panel * order; j < (panel + 1) * order; j++) {
                    least = Math.min(least, squaredDistance(j, x, y));
                }
            }
        }
        double sum = 0;
        double scale = 0.5 / (noise * noise);
        for (int panel = 0; panel < panels; panel++) {
            if (Math.hypot(x - centreX[panel], y - centreY[panel]) - radius[panel] <= reach) {
                for (int j = panel * order; j < (panel + 1) * order; j++) {
                    sum += weight[j] * Math.exp(-scale * (squaredDistance(j, x, y) - least));
                }
            }
        }
        return Math.log(sum) - scale * least - Math.log(2 * Math.PI * noise * noise);
    }

    private double squaredDistance(int node, double x, double y) {
        double dx = x - nodeX[node];
        double dy = y - nodeY[node];
        return dx * dx + dy * dy;
    }
}
