package org.eigendrift.samplers.affine;

import java.util.List;
import org.eigendrift.samplers.program.Level;
import org.eigendrift.samplers.program.Lin;

/**
 * DPM-Solver (Lu et al., 2206.00927) and DPM-Solver++ (Lu et al., 2211.01095) with and without noise, orders 1 to 3.
 *
 * <p>With h the step in lambda, D_k the scaled backward differences (D_1 ~ h m', D_2 ~ h^2 m''), data prediction is
 *
 * <pre>x_t = (sigma_t / sigma_s) e^{-eta h} x + alpha_t (phi_1 m_0 + phi_2 D_1 + phi_3 D_2)
 *       + sigma_t sqrt(1 - e^{-2 eta h}) z,
 * phi_1 = 1 - e^{-u}, phi_2 = 1 - phi_1 / u, phi_3 = 1/2 - phi_2 / u, u = (1 + eta) h</pre>
 *
 * <p>and noise prediction
 *
 * <pre>x_t = (alpha_t / alpha_s) x - (1 + eta) sigma_t (psi_1 m_0 + psi_2 D_1 + psi_3 D_2)
 *       + sigma_t sqrt(eta (e^{2h} - 1)) z,
 * psi_1 = e^h - 1, psi_2 = psi_1 / h - 1, psi_3 = psi_2 / h - 1/2.</pre>
 *
 * @param prediction what is interpolated
 * @param form second-order form
 * @param eta 0 for the ordinary equation, 1 for the reverse stochastic one
 * @param scale factor of the noise
 * @param published whether D_2 lacks its factor 2, as in the published third-order multistep codes, and the noisy
 *     midpoint form has the sign of phi_3's constant wrong, as in one of them
 */
record DpmRule(Prediction prediction, Form form, double eta, double scale, boolean published) implements MultistepRule {

    /** How the first difference enters a second-order step. */
    public enum Form {
        /** phi_2 is replaced by phi_1 / 2, which agrees to leading order. */
        MIDPOINT,
        /** phi_2 itself: exact for outputs linear in lambda. */
        TAYLOR
    }

    @Override
    public Lin output(Script s, Level level, Lin x) {
        return prediction.output(s, level, x);
    }

    @Override
    public Lin denoised(Level level, Lin x, Lin output) {
        return prediction.denoised(level, x, output);
    }

    @Override
    public boolean noisy(Level from, Level to) {
        return eta > 0;
    }

    @Override
    public Lin predict(Lin x, List<Node> history, Level to, int order, Lin noise) {
        Node here = history.get(0);
        Weights w = weights(here.level(), to);
        Lin out = w.base(x, here.output(), noise);
        if (order == 1) {
            return out;
        }
        Lin first = difference(history, 0, 1).times(w.h);
        if (order == 2) {
            return out.plus(first.times(form == Form.MIDPOINT ? 0.5 * w.phi1 : w.phi2));
        }
        double r0 = span(history, 0, 1) / w.h;
        double r1 = span(history, 1, 2) / w.h;
        Lin second = difference(history, 1, 2).times(w.h);
        Lin change = first.minus(second).times(1 / (r0 + r1));
        Lin d1 = first.plus(change.times(r0));
        return out.plus(d1.times(w.phi2)).plus(change.times(w.curvature(published ? 1 : 2)));
    }

    /** (m_i - m_j) / (lambda_i - lambda_j). */
    private static Lin difference(List<Node> history, int i, int j) {
        return history.get(i).output().minus(history.get(j).output()).times(1 / span(history, i, j));
    }

    private static double span(List<Node> history, int i, int j) {
        return history.get(i).level().lambda() - history.get(j).level().lambda();
    }

    Weights weights(Level from, Level to) {
        return new Weights(from, to);
    }

    /** The coefficients of one step from one level to another. */
    final class Weights {
        final double h;
        private final double ratio;
        /** phi_1, phi_2 with their factors, so that both predictions read alike. */
        final double phi1;

        final double phi2;
        private final double phi3;
        private final double constant;
        private final double deviation;

        private Weights(Level from, Level to) {
            h = to.lambda() - from.lambda();
            if (prediction == Prediction.DATA) {
                double u = (1 + eta) * h;
                ratio = to.sigma() / from.sigma() * Math.exp(-eta * h);
                double p2 = 1 + Math.expm1(-u) / u;
                phi1 = -to.alpha() * Math.expm1(-u);
                phi2 = to.alpha() * p2;
                phi3 = to.alpha() * (0.5 - p2 / u);
                constant = to.alpha();
                deviation = scale * to.sigma() * Math.sqrt(-Math.expm1(-2 * eta * h));
            } else {
                double factor = -(1 + eta) * to.sigma();
                ratio = to.alpha() / from.alpha();
                double p2 = Math.expm1(h) / h - 1;
                phi1 = factor * Math.expm1(h);
                phi2 = factor * p2;
                phi3 = factor * (p2 / h - 0.5);
                constant = 0;
                deviation = scale * to.sigma() * Math.sqrt(eta * Math.expm1(2 * h));
            }
        }

        /** The first-order step. */
        Lin base(Lin x, Lin output, Lin noise) {
            return x.times(ratio).plus(output.times(phi1)).plus(noise.times(deviation));
        }

        /** The weight of D_2 given that D_2 as computed is h^2 m'' / 2. */
        double curvature(double factor) {
            boolean wrongSign = published && eta > 0 && form == Form.MIDPOINT;
            return factor * phi3 - (wrongSign ? constant : 0);
        }

        /** The weight of D_2 = h^2 m''. */
        double third(boolean wrongSign) {
            return phi3 - (wrongSign ? constant : 0);
        }
    }
}
