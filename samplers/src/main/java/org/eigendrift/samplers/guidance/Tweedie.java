package org.eigendrift.samplers.guidance;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import org.eigendrift.api.NumericalException;
import org.eigendrift.api.Points;
import org.eigendrift.api.score.AffineProcess;
import org.eigendrift.api.score.CurvedScoreModel;
import org.eigendrift.api.score.ScoreModel;

/** The denoised estimate E[x_0 | x] = (x + sigma^2 s) / alpha of a batch and its Jacobian J = (I + sigma^2 H) / alpha. */
final class Tweedie {
    private final AffineProcess process;
    private final ScoreModel.Evaluator evaluator;

    private double t = Double.NaN;
    private Points x;
    /** What x held when everything was computed. */
    private double[] seen = {};

    private long computations;
    private Points score;
    private Points estimate;
    private double alpha;
    private double sigma;

    Tweedie(ScoreModel model, AffineProcess process) {
        this(model.evaluator(), process);
    }

    private Tweedie(ScoreModel.Evaluator evaluator, AffineProcess process) {
        this.process = process;
        this.evaluator = evaluator;
    }

    void at(double time, Points points) {
        if (time == t && Arrays.equals(seen, points.values())) {
            x = points;
            return;
        }
        computations++;
        if (seen.length != points.values().length) {
            seen = new double[points.values().length];
        }
        System.arraycopy(points.values(), 0, seen, 0, seen.length);
        t = time;
        x = points;
        alpha = process.alpha(t);
        sigma = process.sigma(t);
        if (score == null || score.size() != x.size()) {
            score = Points.zeros(x.dim(), x.size());
            estimate = Points.zeros(x.dim(), x.size());
        }
        evaluator.score(t, x, score);
        denoise(score, estimate);
    }

    /** One point alone, with the same evaluator. */
    Tweedie of(int n) {
        Tweedie one = new Tweedie(evaluator, process);
        one.t = t;
        one.alpha = alpha;
        one.sigma = sigma;
        one.x = x.slice(n, n + 1);
        one.score = score.slice(n, n + 1);
        one.estimate = estimate.slice(n, n + 1);
        return one;
    }

    /** The estimate that belongs to a score, out = (x + sigma^2 s) / alpha. */
    void denoise(Points s, Points out) {
        for (int k = 0; k < out.values().length; k++) {
            out.values()[k] = (x.values()[k] + sigma * sigma * s.values()[k]) / alpha;
        }
    }

    /** The score that belongs to an estimate, (alpha x_0 - x) / sigma^2. */
    void scoreOf(Points denoised, Points out) {
        if (sigma == 0) {
            throw new NumericalException("guidance that replaces the denoised estimate has no score at t = " + t
                    + ", where there is no noise; end sampling at a time above 0");
        }
        for (int k = 0; k < out.values().length; k++) {
            out.values()[k] = (alpha * denoised.values()[k] - x.values()[k]) / (sigma * sigma);
        }
    }

    /** Products with the Jacobian, which is symmetric. */
    List<Points> jacobian(List<Points> directions) {
        List<Points> products = new ArrayList<>(directions.size());
        for (int j = 0; j < directions.size(); j++) {
            products.add(Points.zeros(x.dim(), x.size()));
        }
        jacobian(x, directions, products);
        return products;
    }

    /** Products with the Jacobian at other points of the same time. */
    void jacobian(Points at, List<Points> directions, List<Points> products) {
        curvature(at, directions, products);
        for (int j = 0; j < directions.size(); j++) {
            double[] product = products.get(j).values();
            double[] direction = directions.get(j).values();
            for (int k = 0; k < product.length; k++) {
                product[k] = (direction[k] + sigma * sigma * product[k]) / alpha;
            }
        }
    }

    /** Whether the Jacobian is the same everywhere. */
    boolean uniform() {
        return ((CurvedScoreModel.Evaluator) evaluator).uniform();
    }

    /** Products with the Hessian at other points of the same time. */
    void curvature(Points at, List<Points> directions, List<Points> out) {
        ((CurvedScoreModel.Evaluator) evaluator).curvature(t, at, directions, out);
    }

    Points jacobian(Points direction) {
        return jacobian(Collections.singletonList(direction)).get(0);
    }

    /** Cov[x_0 | x] = covariance() J. */
    double covariance() {
        return sigma * sigma / alpha;
    }

    /** How often points or the time have changed: what was computed of them stands as long as this does. */
    long computations() {
        return computations;
    }

    double alpha() {
        return alpha;
    }

    double sigma() {
        return sigma;
    }

    double time() {
        return t;
    }

    Points x() {
        return x;
    }

    Points score() {
        return score;
    }

    Points estimate() {
        return estimate;
    }

    ScoreModel.Evaluator evaluator() {
        return evaluator;
    }
}
