package org.eigendrift.samplers.affine;

import java.util.Arrays;
import java.util.List;
import org.eigendrift.samplers.program.Lagrange;
import org.eigendrift.samplers.program.Level;
import org.eigendrift.samplers.program.Lin;

/**
 * UniPC (Zhao et al., 2302.04867): predictor UniP and corrector UniC, with B(h) = h, B(h) = e^h - 1 or varying
 * coefficients; optionally with the dynamic compensation of DC-Solver (Zhao et al., 2409.03755).
 *
 * @param prediction what is interpolated
 * @param variant choice of B(h)
 * @param published whether the corrector with varying coefficients drops terms, as in the published code
 * @param ratios compensation ratio of each step, 1 for none; empty for UniPC
 * @param compensation number of past outputs beside the newest that the compensation interpolates
 */
record UniPcRule(Prediction prediction, Variant variant, boolean published, double[] ratios, int compensation)
        implements MultistepRule {

    /** Choices of B(h). */
    public enum Variant {
        /** B(h) = h. */
        BH1,
        /** B(h) = e^h - 1. */
        BH2,
        /** Varying coefficients: the inverse of the matrix of Taylor terms. */
        VARY_COEFF
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
    public Lin predict(Lin x, List<Node> history, Level to, int order, Lin noise) {
        Lin base = base(x, history.get(0), to);
        if (order == 1) {
            return base;
        }
        double[] places = places(history, to, order);
        Lin[] differences = differences(history, places, order - 1);
        double[][] weights = weights(places, order - 1, signedStep(history, to), order == 2 ? 0.5 : Double.NaN);
        return add(base, scale(to), weights, differences);
    }

    @Override
    public Lin correct(Lin x, List<Node> history, Node at, int order, Lin noise) {
        Lin base = base(x, history.get(0), at.level());
        double[] places = places(history, at.level(), order);
        Lin[] differences = new Lin[order];
        System.arraycopy(differences(history, places, order - 1), 0, differences, 0, order - 1);
        differences[order - 1] = at.output().minus(history.get(0).output());
        double[] all = Arrays.copyOf(places, order);
        all[order - 1] = 1;
        double[][] weights = weights(all, order, signedStep(history, at.level()), order == 1 ? 0.5 : Double.NaN);
        if (published && variant == Variant.VARY_COEFF) {
            dropTerms(weights, phi(signedStep(history, at.level()), order + 1));
        }
        return add(base, scale(at.level()), weights, differences);
    }

    /**
     * What the published corrector computes: the last row is left out, and the newest difference enters once, with the
     * entry of the last row but one and the weight of the last.
     */
    private static void dropTerms(double[][] weights, double[] phi) {
        int order = weights.length;
        if (order == 1) {
            return;
        }
        double newest = weights[order - 2][order - 1] * phi[order] / phi[order - 1];
        Arrays.fill(weights[order - 1], 0);
        for (double[] row : weights) {
            row[order - 1] = 0;
        }
        weights[order - 2][order - 1] = newest;
    }

    @Override
    public Lin compensate(List<Node> history, int step) {
        if (ratios.length == 0 || ratios[step] == 1) {
            return history.get(0).output();
        }
        double[] times = new double[compensation + 1];
        for (int j = 0; j <= compensation; j++) {
            times[j] = history.get(j).level().t();
        }
        double at = ratios[step] * times[0] + (1 - ratios[step]) * times[1];
        Lin out = Lin.ZERO;
        for (int j = 0; j <= compensation; j++) {
            out = out.plus(history.get(j).output().times(Lagrange.basis(times, j, at)));
        }
        return out;
    }

    private double signedStep(List<Node> history, Level to) {
        double h = to.lambda() - history.get(0).level().lambda();
        return prediction == Prediction.DATA ? -h : h;
    }

    private double scale(Level to) {
        return prediction == Prediction.DATA ? -to.alpha() : -to.sigma();
    }

    private Lin base(Lin x, Node here, Level to) {
        double h = to.lambda() - here.level().lambda();
        double ratio = prediction == Prediction.DATA
                ? to.sigma() / here.level().sigma()
                : to.alpha() / here.level().alpha();
        double hh = prediction == Prediction.DATA ? -h : h;
        return x.times(ratio).plus(here.output().times(scale(to) * Math.expm1(hh)));
    }

    /** r_k = (lambda_k - lambda_0) / h of the past nodes 1 .. order - 1. */
    private static double[] places(List<Node> history, Level to, int order) {
        double origin = history.get(0).level().lambda();
        double[] places = new double[order - 1];
        for (int k = 0; k < places.length; k++) {
            places[k] = (history.get(k + 1).level().lambda() - origin) / (to.lambda() - origin);
        }
        return places;
    }

    private static Lin[] differences(List<Node> history, double[] places, int count) {
        Lin[] differences = new Lin[count];
        for (int k = 0; k < count; k++) {
            differences[k] =
                    history.get(k + 1).output().minus(history.get(0).output()).times(1 / places[k]);
        }
        return differences;
    }

    /** The functions phi of the paper: e^h - 1, then each the one before over h, less 1 / k!. */
    private static double[] phi(double hh, int count) {
        double[] phi = new double[count];
        double value = Math.expm1(hh);
        double factorial = 1;
        for (int k = 0; k < count; k++) {
            phi[k] = value;
            value = value / hh - 1 / factorial;
            factorial *= k + 2;
        }
        return phi;
    }

    /** Weights of the differences, summed over rows; a single weight of B(h) may be fixed as in the paper. */
    private double[][] weights(double[] places, int count, double hh, double fixed) {
        double[] phi = phi(hh, count + 1);
        if (variant == Variant.VARY_COEFF) {
            return varying(places, count, phi);
        }
        double b = variant == Variant.BH1 ? hh : Math.expm1(hh);
        if (!Double.isNaN(fixed)) {
            return new double[][] {{b * fixed}};
        }
        double[][] matrix = new double[count][count];
        double[] right = new double[count];
        double factorial = 1;
        for (int i = 0; i < count; i++) {
            factorial *= i + 1;
            right[i] = phi[i + 1] * factorial;
            for (int j = 0; j < count; j++) {
                matrix[i][j] = Math.pow(places[j], i);
            }
        }
        // B(h) cancels: the order conditions fix B(h) rho.
        return new double[][] {Linear.solve(matrix, right)};
    }

    /** Row k: phi_{k+1} times row k of the inverse of C, C_{jk} = r_j^k / (k + 1)!. */
    private static double[][] varying(double[] places, int count, double[] phi) {
        double[][] transposed = new double[count][count];
        double factorial = 1;
        for (int k = 0; k < count; k++) {
            factorial *= k + 1;
            for (int j = 0; j < count; j++) {
                transposed[k][j] = Math.pow(places[j], k) / factorial;
            }
        }
        double[][] weights = new double[count][];
        for (int k = 0; k < count; k++) {
            double[] unit = new double[count];
            unit[k] = 1;
            weights[k] = Linear.solve(transposed, unit);
            for (int j = 0; j < count; j++) {
                weights[k][j] *= phi[k + 1];
            }
        }
        return weights;
    }

    private static Lin add(Lin base, double scale, double[][] weights, Lin[] differences) {
        Lin out = base;
        for (double[] row : weights) {
            for (int j = 0; j < row.length; j++) {
                out = out.plus(differences[j].times(scale * row[j]));
            }
        }
        return out;
    }
}
