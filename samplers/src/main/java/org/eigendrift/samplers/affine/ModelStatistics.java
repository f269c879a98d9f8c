package org.eigendrift.samplers.affine;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.eigendrift.api.InputException;
import org.eigendrift.api.Points;
import org.eigendrift.api.Purpose;
import org.eigendrift.api.RunContext;
import org.eigendrift.api.score.AffineProcess;
import org.eigendrift.api.score.ScoreModel;
import org.eigendrift.samplers.program.Level;
import org.eigendrift.samplers.program.Lin;
import org.eigendrift.samplers.program.ProgramRun;
import org.eigendrift.samplers.program.Tableau;

/**
 * The empirical model statistics l, s, b of DPM-Solver-v3 (Zheng et al., 2310.13268, section 3.1 and appendix C.1.1), a
 * number for each coordinate at N + 1 even nodes of lambda, and their integrals by the trapezoidal rule.
 *
 * <p>l = E[sigma d eps_i / d x_i]; with f = (sigma eps - l x) / alpha along trajectories of the flow, (s, b) is the
 * linear regression of df/dlambda on f.
 */
final class ModelStatistics {

    private static final int POINTS = 256;

    /**
     * Variance of f relative to that of x / alpha below which it is the error of l, a central difference accurate to some
     * 1e-9, and not a signal to regress on.
     */
    private static final double RESOLUTION = 1e-14;

    private final double[] lambdas;
    /** Integrals, by node and coordinate: of l, s, e^{L+S}, e^{-S} b, e^{L+S} B. */
    private final double[][] sumL;

    private final double[][] sumS;
    private final double[][] sumI;
    private final double[][] sumB;
    private final double[][] sumC;
    private final double[][] l;

    private ModelStatistics(double[] lambdas, double[][] l, double[][] s, double[][] b) {
        this.lambdas = lambdas;
        this.l = l;
        int dim = l[0].length;
        double[][] zero = new double[lambdas.length][dim];
        double[][] one = new double[lambdas.length][dim];
        for (double[] row : one) {
            Arrays.fill(row, 1);
        }
        this.sumL = integral(zero, 0, zero, l);
        this.sumS = integral(zero, 0, zero, s);
        this.sumI = integral(sumL, 1, sumS, one);
        this.sumB = integral(zero, -1, sumS, b);
        this.sumC = integral(sumL, 1, sumS, sumB);
    }

    /** The cumulative integral of e^{first + sign second} weight. */
    private double[][] integral(double[][] first, double sign, double[][] second, double[][] weight) {
        int dim = weight[0].length;
        double[][] out = new double[lambdas.length][dim];
        for (int k = 1; k < lambdas.length; k++) {
            for (int i = 0; i < dim; i++) {
                double before = Math.exp(first[k - 1][i] + sign * second[k - 1][i]) * weight[k - 1][i];
                double here = Math.exp(first[k][i] + sign * second[k][i]) * weight[k][i];
                out[k][i] = out[k - 1][i] + 0.5 * (before + here) * (lambdas[k] - lambdas[k - 1]);
            }
        }
        return out;
    }

    private static double[] nodes(AffineProcess process, int count) {
        double first = process.lambda(process.horizon());
        double last = process.lambda(process.earliest());
        double[] nodes = new double[count + 1];
        for (int k = 0; k <= count; k++) {
            nodes[k] = first + (last - first) * k / count;
        }
        return nodes;
    }

    /** l = 1, s = b = 0: DPM-Solver++. */
    static ModelStatistics degenerate(AffineProcess process, int count) {
        double[][] ones = new double[count + 1][process.dim()];
        for (double[] row : ones) {
            Arrays.fill(row, 1);
        }
        double[][] zeros = new double[count + 1][process.dim()];
        return new ModelStatistics(nodes(process, count), ones, zeros, zeros);
    }

    /** Reads a table: a line for each node, l of every coordinate, then s, then b. */
    static ModelStatistics read(Path path, AffineProcess process) {
        List<double[]> rows = new ArrayList<>();
        try {
            List<String> lines = Files.readAllLines(path);
            for (int number = 1; number <= lines.size(); number++) {
                String line = lines.get(number - 1);
                if (!line.isBlank() && !line.startsWith("#")) {
                    String place = "statistics: " + path + " line " + number;
                    rows.add(row(place, line.strip().split("[,\\s]+"), 3 * process.dim()));
                }
            }
        } catch (IOException e) {
            throw new InputException("statistics: cannot read " + path + ": " + e.getMessage(), e);
        }
        if (rows.size() < 2) {
            throw new InputException("statistics: " + path + " has " + rows.size() + " lines, expected at least 2");
        }
        double[][][] columns = new double[3][rows.size()][];
        for (int k = 0; k < rows.size(); k++) {
            for (int part = 0; part < 3; part++) {
                columns[part][k] = Arrays.copyOfRange(rows.get(k), part * process.dim(), (part + 1) * process.dim());
            }
        }
        return new ModelStatistics(nodes(process, rows.size() - 1), columns[0], columns[1], columns[2]);
    }

    private static double[] row(String place, String[] words, int expected) {
        if (words.length != expected) {
            throw new InputException(place + " has " + words.length + " numbers, expected " + expected
                    + " (l, s and b of every coordinate)");
        }
        double[] row = new double[expected];
        for (int i = 0; i < expected; i++) {
            try {
                row[i] = Double.parseDouble(words[i]);
            } catch (NumberFormatException e) {
                throw new InputException(place + " has '" + words[i] + "', expected a number", e);
            }
        }
        return row;
    }

    /** Computes the statistics on trajectories of pilot points, Jacobians by central differences of the score. */
    static ModelStatistics of(ScoreModel model, AffineProcess process, int count, RunContext run) {
        double[] lambdas = nodes(process, count);
        Level[] levels = new Level[count + 1];
        for (int k = 0; k <= count; k++) {
            levels[k] = Level.atLambda(process, lambdas[k]);
        }
        Script script = new Script(process, levels);
        Lin x = script.state(0, levels[0], script.input());
        for (int k = 1; k <= count; k++) {
            Lin v = Tableau.RK4.step(
                    x.times(1 / levels[k - 1].alpha()),
                    levels[k - 1].ratio(),
                    levels[k].ratio(),
                    (rho, y) -> script.epsilonOfScaled(Level.atRatio(process, rho), y));
            x = script.state(k, levels[k], v.times(levels[k].alpha()));
        }
        Points pilot = Points.zeros(process.dim(), POINTS);
        process.prior(run.random(Purpose.SAMPLER_PILOT), 0, pilot);
        double[][] l = new double[count + 1][];
        Points[] noise = new Points[count + 1];
        Points[] states = new Points[count + 1];
        ScoreModel.Evaluator evaluator = model.evaluator();
        new ProgramRun(script.build(), model, run).run(pilot, (s, d, o) -> {}, (k, t, state) -> {
            run.checkCancelled();
            states[k] = state.copy();
            noise[k] = Points.zeros(state.dim(), state.size());
            evaluator.score(t, state, noise[k]);
            l[k] = meanJacobian(evaluator, levels[k], state);
        });
        return regress(levels, lambdas, l, states, noise);
    }

    /** -sigma^2 times the mean of the diagonal of the score's Jacobian. */
    private static double[] meanJacobian(ScoreModel.Evaluator evaluator, Level level, Points x) {
        // The cube root of the unit roundoff, in units of the noise: balances truncation and rounding.
        double h = 6e-6 * level.sigma();
        Points moved = x.copy();
        Points up = Points.zeros(x.dim(), x.size());
        Points down = Points.zeros(x.dim(), x.size());
        double[] mean = new double[x.dim()];
        for (int i = 0; i < x.dim(); i++) {
            shift(moved, i, h);
            evaluator.score(level.t(), moved, up);
            shift(moved, i, -2 * h);
            evaluator.score(level.t(), moved, down);
            moved.copyFrom(x);
            for (int n = 0; n < x.size(); n++) {
                mean[i] -= level.sigma() * level.sigma() * (up.get(i, n) - down.get(i, n)) / (2 * h * x.size());
            }
        }
        return mean;
    }

    private static void shift(Points x, int coordinate, double by) {
        for (int n = 0; n < x.size(); n++) {
            x.set(coordinate, n, x.get(coordinate, n) + by);
        }
    }

    private static ModelStatistics regress(
            Level[] levels, double[] lambdas, double[][] l, Points[] states, Points[] scores) {
        int dim = l[0].length;
        int count = lambdas.length - 1;
        double[][] s = new double[count + 1][dim];
        double[][] b = new double[count + 1][dim];
        double[][] f = new double[count + 1][POINTS];
        for (int i = 0; i < dim; i++) {
            for (int k = 0; k <= count; k++) {
                double sigma = levels[k].sigma();
                for (int n = 0; n < POINTS; n++) {
                    f[k][n] =
                            (-sigma * sigma * scores[k].get(i, n) - l[k][i] * states[k].get(i, n)) / levels[k].alpha();
                }
            }
            for (int k = 0; k <= count; k++) {
                line(
                        f,
                        k,
                        lambdas[1] - lambdas[0],
                        RESOLUTION * meanSquare(states[k], i, levels[k].alpha()),
                        s[k],
                        b[k],
                        i);
            }
        }
        return new ModelStatistics(lambdas, l, s, b);
    }

    private static double meanSquare(Points x, int i, double alpha) {
        double sum = 0;
        for (int n = 0; n < x.size(); n++) {
            sum += x.get(i, n) * x.get(i, n) / (alpha * alpha * x.size());
        }
        return sum;
    }

    /** Regresses the derivative of f on f at a node; second-order differences, one-sided at the ends. */
    private static void line(double[][] f, int k, double h, double resolved, double[] s, double[] b, int i) {
        int last = f.length - 1;
        double meanF = 0;
        double meanD = 0;
        double[] slope = new double[POINTS];
        for (int n = 0; n < POINTS; n++) {
            if (last < 2) {
                slope[n] = (f[last][n] - f[0][n]) / (last * h);
            } else if (k == 0) {
                slope[n] = (-3 * f[0][n] + 4 * f[1][n] - f[2][n]) / (2 * h);
            } else if (k == last) {
                slope[n] = (3 * f[last][n] - 4 * f[last - 1][n] + f[last - 2][n]) / (2 * h);
            } else {
                slope[n] = (f[k + 1][n] - f[k - 1][n]) / (2 * h);
            }
            meanF += f[k][n] / POINTS;
            meanD += slope[n] / POINTS;
        }
        double variance = 0;
        double covariance = 0;
        for (int n = 0; n < POINTS; n++) {
            variance += (f[k][n] - meanF) * (f[k][n] - meanF);
            covariance += (f[k][n] - meanF) * (slope[n] - meanD);
        }
        s[i] = variance / POINTS > resolved ? covariance / variance : 0;
        b[i] = meanD - s[i] * meanF;
    }

    int count() {
        return lambdas.length - 1;
    }

    /** The node nearest to a value of lambda; halves go to even. */
    int index(double lambda) {
        double first = lambdas[0];
        return (int) Math.rint(count() * (lambda - first) / (lambdas[count()] - first));
    }

    double lambda(int index) {
        return lambdas[index];
    }

    double[] l(int index) {
        return l[index];
    }

    /** g_t = e^{S_s - S_t} f_t - e^{S_s} (B_t - B_s): the output with its linear part removed. */
    Lin g(Lin f, int s, int t) {
        int dim = l[0].length;
        double[] factor = new double[dim];
        double[] constant = new double[dim];
        for (int i = 0; i < dim; i++) {
            factor[i] = Math.exp(sumS[s][i] - sumS[t][i]);
            constant[i] = -Math.exp(sumS[s][i]) * (sumB[t][i] - sumB[s][i]);
        }
        return s == t ? f : f.times(factor).plus(Lin.constant(constant));
    }

    /** The step without derivatives of g: equation 8 of the paper to first order. */
    Lin first(Lin x, Lin g, double alphaS, double alphaT, int s, int t) {
        int dim = l[0].length;
        double[] state = new double[dim];
        double[] output = new double[dim];
        double[] constant = new double[dim];
        for (int i = 0; i < dim; i++) {
            double range = sumI[t][i] - sumI[s][i];
            state[i] = alphaT / alphaS * Math.exp(sumL[s][i] - sumL[t][i]);
            output[i] = -alphaT * Math.exp(-sumL[t][i] - sumS[s][i]) * range;
            constant[i] = -alphaT * Math.exp(-sumL[t][i]) * (sumC[t][i] - sumC[s][i] - sumB[s][i] * range);
        }
        return x.times(state).plus(g.times(output)).plus(Lin.constant(constant));
    }

    /** The weight of the k-th derivative of g: -alpha_t e^{L_s - L_t} int e^{..} (r - s)^k / k! dr. */
    double[] derivative(int k, double alphaT, int s, int t) {
        int dim = l[0].length;
        double[] out = new double[dim];
        for (int i = 0; i < dim; i++) {
            double sum = 0;
            double before = 0;
            for (int r = s; r <= t; r++) {
                double power = 1;
                for (int j = 1; j <= k; j++) {
                    power *= (lambdas[r] - lambdas[s]) / j;
                }
                double here = power * Math.exp(sumL[r][i] + sumS[r][i] - sumL[s][i] - sumS[s][i]);
                sum += r == s ? 0 : 0.5 * (before + here) * (lambdas[r] - lambdas[r - 1]);
                before = here;
            }
            out[i] = -alphaT * Math.exp(sumL[s][i] - sumL[t][i]) * sum;
        }
        return out;
    }
}
