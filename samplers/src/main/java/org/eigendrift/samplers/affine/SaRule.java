package org.eigendrift.samplers.affine;

import java.util.ArrayList;
import java.util.List;
import org.eigendrift.samplers.program.Lagrange;
import org.eigendrift.samplers.program.Level;
import org.eigendrift.samplers.program.Lin;

/**
 * SA-Solver (Xue et al., 2309.05019): stochastic Adams with the exact integrals of the Lagrange polynomials in lambda.
 *
 * <p>Data prediction, w = 1 + tau^2: x_t = (sigma_t / sigma_s) e^{-tau^2 h} x + alpha_t sum_j m_j int w e^{-w (lambda_t
 * - lambda)} l_j d lambda + sigma_t sqrt(1 - e^{-2 tau^2 h}) z. Noise prediction: x_t = (alpha_t / alpha_s) x - w
 * alpha_t sum_j eps_j int e^{-lambda} l_j d lambda + tau sigma_t sqrt(e^{2h} - 1) z. In data prediction, steps of two
 * nodes replace the second moment's weight by the one of the paper's appendix, equal to leading order at tau = 0.
 *
 * @param prediction what is interpolated
 * @param tau stochasticity inside the window
 * @param from least time of the window
 * @param to largest time of the window
 */
record SaRule(Prediction prediction, double tau, double from, double to) implements MultistepRule {
    /** Panels of 16 Gauss points: rounding level over a step of 4 in lambda at tau = 1. */
    private static final int PANELS = 8;

    @Override
    public Lin output(Script s, Level level, Lin x) {
        return prediction.output(s, level, x);
    }

    @Override
    public Lin denoised(Level level, Lin x, Lin output) {
        return prediction.denoised(level, x, output);
    }

    /** Noise is drawn outside the window too, so that the draws do not depend on it. */
    @Override
    public boolean noisy(Level here, Level next) {
        return tau > 0;
    }

    @Override
    public Lin predict(Lin x, List<Node> history, Level next, int order, Lin noise) {
        return step(x, history.get(0).level(), next, history.subList(0, order), noise);
    }

    @Override
    public Lin correct(Lin x, List<Node> history, Node at, int order, Lin noise) {
        List<Node> nodes = new ArrayList<>();
        nodes.add(at);
        nodes.addAll(history.subList(0, order - 1));
        return step(x, history.get(0).level(), at.level(), nodes, noise);
    }

    private Lin step(Lin x, Level here, Level next, List<Node> nodes, Lin noise) {
        double here2 = here.t() >= from && here.t() <= to ? tau * tau : 0;
        double h = next.lambda() - here.lambda();
        double[] weights = weights(nodes, here, next, 1 + here2);
        Lin out;
        if (prediction == Prediction.DATA) {
            out = x.times(next.sigma() / here.sigma() * Math.exp(-here2 * h))
                    .plus(noise.times(next.sigma() * Math.sqrt(-Math.expm1(-2 * here2 * h))));
        } else {
            out = x.times(next.alpha() / here.alpha())
                    .plus(noise.times(next.sigma() * Math.sqrt(here2 * Math.expm1(2 * h))));
        }
        for (int j = 0; j < weights.length; j++) {
            out = out.plus(nodes.get(j).output().times(weights[j]));
        }
        return out;
    }

    private double[] weights(List<Node> nodes, Level here, Level next, double w) {
        double[] lambdas = new double[nodes.size()];
        for (int j = 0; j < lambdas.length; j++) {
            lambdas[j] = nodes.get(j).level().lambda();
        }
        double end = next.lambda();
        if (prediction == Prediction.NOISE) {
            return Lagrange.integrals(lambdas, here.lambda(), end, PANELS, l -> -w * next.sigma() * Math.exp(end - l));
        }
        double[] weights = Lagrange.integrals(
                lambdas, here.lambda(), end, PANELS, l -> w * next.alpha() * Math.exp(-w * (end - l)));
        if (lambdas.length == 2) {
            double h = end - here.lambda();
            double moment = h * h / 2 - (h * w - 1 + Math.exp(-w * h)) / (w * w);
            double change = w * next.alpha() * moment / (lambdas[0] - lambdas[1]);
            weights[0] += change;
            weights[1] -= change;
        }
        return weights;
    }
}
