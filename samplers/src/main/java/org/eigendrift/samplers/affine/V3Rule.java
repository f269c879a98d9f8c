package org.eigendrift.samplers.affine;

import java.util.ArrayList;
import java.util.List;
import org.eigendrift.samplers.program.Level;
import org.eigendrift.samplers.program.Lin;

/**
 * DPM-Solver-v3 (Zheng et al., 2310.13268): an exponential integrator of f = (sigma eps - l x) / alpha whose linear part
 * the model statistics remove.
 *
 * @param statistics the statistics; every level is one of their nodes
 * @param pseudoPredictor whether the predictor takes divided differences for derivatives
 * @param pseudoCorrector whether the corrector does
 */
record V3Rule(ModelStatistics statistics, boolean pseudoPredictor, boolean pseudoCorrector) implements MultistepRule {
    @Override
    public Lin output(Script s, Level level, Lin x) {
        double[] l = statistics.l(statistics.index(level.lambda()));
        return s.keep(s.epsilon(level, x).times(level.sigma()).minus(x.times(l)).times(1 / level.alpha()));
    }

    @Override
    public Lin denoised(Level level, Lin x, Lin output) {
        // sigma eps = alpha f + l x.
        double[] l = statistics.l(statistics.index(level.lambda()));
        return x.minus(output.times(level.alpha())).minus(x.times(l)).times(1 / level.alpha());
    }

    @Override
    public Lin predict(Lin x, List<Node> history, Level to, int order, Lin noise) {
        return step(x, history.subList(0, order), to, pseudoPredictor);
    }

    @Override
    public Lin correct(Lin x, List<Node> history, Node at, int order, Lin noise) {
        List<Node> nodes = new ArrayList<>();
        nodes.add(history.get(0));
        nodes.add(at);
        nodes.addAll(history.subList(1, order - 1));
        return step(x, nodes, at.level(), pseudoCorrector);
    }

    /** A step from the first node with the derivatives that all nodes determine. */
    private Lin step(Lin x, List<Node> nodes, Level to, boolean pseudo) {
        Level from = nodes.get(0).level();
        int s = statistics.index(from.lambda());
        int t = statistics.index(to.lambda());
        double[] lambdas = new double[nodes.size()];
        Lin[] g = new Lin[nodes.size()];
        for (int j = 0; j < g.length; j++) {
            lambdas[j] = nodes.get(j).level().lambda();
            g[j] = statistics.g(nodes.get(j).output(), s, statistics.index(lambdas[j]));
        }
        Lin out = statistics.first(x, g[0], from.alpha(), to.alpha(), s, t);
        Lin[] derivatives = pseudo ? divided(lambdas, g) : interpolated(lambdas, g);
        for (int k = 1; k <= derivatives.length; k++) {
            out = out.plus(derivatives[k - 1].times(statistics.derivative(k, to.alpha(), s, t)));
        }
        return out;
    }

    /** The derivatives at the first node of the polynomial through all nodes. */
    private static Lin[] interpolated(double[] lambdas, Lin[] g) {
        int n = g.length - 1;
        double[][] transposed = new double[n][n];
        for (int i = 0; i < n; i++) {
            for (int j = 0; j < n; j++) {
                transposed[i][j] = Math.pow(lambdas[j + 1] - lambdas[0], i + 1);
            }
        }
        Lin[] derivatives = new Lin[n];
        double factorial = 1;
        for (int k = 0; k < n; k++) {
            factorial *= k + 1;
            double[] unit = new double[n];
            unit[k] = factorial;
            // Row k of the inverse of the Vandermonde matrix.
            double[] row = Linear.solve(transposed, unit);
            derivatives[k] = Lin.ZERO;
            for (int j = 0; j < n; j++) {
                derivatives[k] = derivatives[k].plus(g[j + 1].minus(g[0]).times(row[j]));
            }
        }
        return derivatives;
    }

    /** k! times the divided difference of the first k + 1 nodes. */
    private static Lin[] divided(double[] lambdas, Lin[] g) {
        Lin[] column = g.clone();
        Lin[] derivatives = new Lin[g.length - 1];
        double factorial = 1;
        for (int k = 1; k < g.length; k++) {
            for (int j = 0; j + k < g.length; j++) {
                column[j] = column[j].minus(column[j + 1]).times(1 / (lambdas[j] - lambdas[j + k]));
            }
            factorial *= k;
            derivatives[k - 1] = column[0].times(factorial);
        }
        return derivatives;
    }
}
