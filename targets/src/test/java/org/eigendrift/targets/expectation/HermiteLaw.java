package org.eigendrift.targets.expectation;

import org.eigendrift.api.CounterRandom;
import org.eigendrift.api.Points;
import org.eigendrift.api.law.Reference;
import org.eigendrift.api.law.Scores;
import org.eigendrift.api.target.LogDensity;

/** pi = N(0, scale^2) in each of two coordinates, with the products of He_1, He_2, He_3 in x / scale; and a model's density. */
record HermiteLaw(double scale, LogDensity model) implements Reference {
    private static final int[][] DEGREES = {{1, 0}, {0, 1}, {1, 1}, {2, 0}, {0, 2}, {2, 1}, {1, 2}, {3, 0}, {0, 3}};

    @Override
    public int functions() {
        return DEGREES.length;
    }

    @Override
    public Points draw(CounterRandom random, int count) {
        Points points = Points.zeros(2, count);
        for (int n = 0; n < count; n++) {
            for (int i = 0; i < 2; i++) {
                points.set(i, n, scale * random.normal(n, i));
            }
        }
        return points;
    }

    @Override
    public void logDensity(Points x, double[] out) {
        for (int n = 0; n < x.size(); n++) {
            double squares = x.get(0, n) * x.get(0, n) + x.get(1, n) * x.get(1, n);
            out[n] = -0.5 * squares / (scale * scale) - Math.log(2 * Math.PI * scale * scale);
        }
    }

    @Override
    public double[][] values(Points x, int count) {
        double[][] values = new double[count][x.size()];
        for (int f = 0; f < count; f++) {
            for (int n = 0; n < x.size(); n++) {
                values[f][n] =
                        hermite(DEGREES[f][0], x.get(0, n) / scale) * hermite(DEGREES[f][1], x.get(1, n) / scale);
            }
        }
        return values;
    }

    private static double hermite(int degree, double x) {
        return switch (degree) {
            case 0 -> 1;
            case 1 -> x;
            case 2 -> x * x - 1;
            default -> x * (x * x - 3);
        };
    }

    @Override
    public Scores modelLogLikelihood(Points x) {
        double[] nats = new double[x.size()];
        model.logDensity(x, nats);
        return new Scores(nats, 0);
    }
}
