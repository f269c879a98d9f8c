package org.eigendrift.samplers.affine;

import java.util.List;
import java.util.function.ToDoubleFunction;
import org.eigendrift.api.Points;
import org.eigendrift.api.score.AffineProcess;
import org.eigendrift.samplers.program.Lagrange;
import org.eigendrift.samplers.program.Level;
import org.eigendrift.samplers.program.Lin;

/**
 * DEIS (Zhang and Chen, 2204.13902): x_t / alpha_t = x_s / alpha_s + sum_j eps_j int l_j d rho with rho = sigma / alpha
 * and l_j the Lagrange polynomials of the last outputs in a coordinate. In rho it is the linear multistep method of
 * k-diffusion.
 *
 * @param process gives times of levels
 * @param coordinate in which the outputs are interpolated
 * @param published whether the integral is a left Riemann sum of 10000 terms, as in the published code
 */
record DeisRule(AffineProcess process, Coordinate coordinate, boolean published) implements MultistepRule {
    /** Panels of 16 Gauss points: rounding level over a step of 4 in log rho. */
    private static final int PANELS = 8;

    private static final int RIEMANN = 10_000;

    /** Coordinates of the interpolation. */
    public enum Coordinate {
        /** The forward time. */
        T(Level::t),
        /** sigma / alpha. */
        RHO(Level::ratio),
        /** log(sigma / alpha). */
        LOG_RHO(level -> -level.lambda());

        private final ToDoubleFunction<Level> of;

        Coordinate(ToDoubleFunction<Level> of) {
            this.of = of;
        }
    }

    @Override
    public Lin output(Script s, Level level, Lin x) {
        return s.epsilon(level, x);
    }

    @Override
    public Lin denoised(Level level, Lin x, Lin output) {
        return Script.denoised(level, x, output);
    }

    @Override
    public boolean reachesZero() {
        return coordinate != Coordinate.LOG_RHO;
    }

    @Override
    public Lin predict(Lin x, List<Node> history, Level to, int order, Lin noise) {
        Level from = history.get(0).level();
        double[] nodes = new double[order];
        for (int j = 0; j < order; j++) {
            nodes[j] = coordinate.of.applyAsDouble(history.get(j).level());
        }
        double[] weights = published ? riemann(nodes, from, to) : exact(nodes, from, to);
        Lin out = x.times(to.alpha() / from.alpha());
        for (int j = 0; j < order; j++) {
            out = out.plus(history.get(j).output().times(to.alpha() * weights[j]));
        }
        return out;
    }

    private double[] exact(double[] nodes, Level from, Level to) {
        if (coordinate == Coordinate.RHO) {
            return Lagrange.integrals(nodes, from.ratio(), to.ratio(), 1, rho -> 1);
        }
        if (coordinate == Coordinate.LOG_RHO) {
            return Lagrange.integrals(nodes, -from.lambda(), -to.lambda(), PANELS, Math::exp);
        }
        double[] out = new double[nodes.length];
        for (int j = 0; j < out.length; j++) {
            int node = j;
            // One node, so that the basis is 1: the integral of l_j(t(rho)) d rho.
            out[j] = Lagrange.integrals(
                    new double[1],
                    from.ratio(),
                    to.ratio(),
                    PANELS,
                    rho -> Lagrange.basis(
                            nodes, node, Level.atRatio(process, rho).t()))[0];
        }
        return out;
    }

    private double[] riemann(double[] nodes, Level from, Level to) {
        boolean inTime = coordinate == Coordinate.T;
        double start = inTime ? from.t() : from.ratio();
        double width = ((inTime ? to.t() : to.ratio()) - start) / RIEMANN;
        double[] out = new double[nodes.length];
        for (int i = 0; i < RIEMANN; i++) {
            double place = start + i * width;
            double weight = width * (inTime ? rhoRate(place) : 1);
            for (int j = 0; j < out.length; j++) {
                out[j] += weight * Lagrange.basis(nodes, j, place);
            }
        }
        return out;
    }

    /** d rho / dt = A / (alpha sigma), A half the squared noise. */
    private double rhoRate(double t) {
        Points one = Points.zeros(process.dim(), 1);
        Points half = Points.zeros(process.dim(), 1);
        process.diffusion(t, one, half);
        return half.get(0, 0) / (process.alpha(t) * process.sigma(t));
    }
}
