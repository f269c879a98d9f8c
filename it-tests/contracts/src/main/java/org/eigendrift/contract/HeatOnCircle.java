package org.eigendrift.contract;

import java.util.Arrays;
import java.util.Optional;
import org.eigendrift.api.CounterRandom;
import org.eigendrift.api.Domain;
import org.eigendrift.api.Points;
import org.eigendrift.api.score.AffineProcess;
import org.eigendrift.api.score.DiffusionProcess;
import org.eigendrift.api.score.ScoreModel;

/**
 * Brownian motion on a circle, or reflected in [0, pi], from the density (1 + b cos x) / pi or half of it: f_t = 1 + b
 * e^{-t} cos x, velocity (log f_t)', and E cos x = b e^{-t} / 2. The exact model of a process that is not affine.
 *
 * @param reflected whether it is reflected in [0, pi]; otherwise it goes round a circle of 2 pi
 * @param b between -1 and 1
 */
public record HeatOnCircle(boolean reflected, double b) implements ScoreModel {
    @Override
    public DiffusionProcess process() {
        return new Heat(reflected);
    }

    @Override
    public Evaluator evaluator() {
        return new Evaluator() {
            @Override
            public void score(double t, Points x, Points out) {
                for (int k = 0; k < x.values().length; k++) {
                    double at = x.values()[k];
                    if (!process().domain(0).contains(at)) {
                        throw new AssertionError("the model is evaluated outside the domain, at " + at);
                    }
                    double c = b * Math.exp(-t);
                    out.values()[k] = -c * Math.sin(at) / (1 + c * Math.cos(at));
                }
            }

            @Override
            public void velocity(double t, Points x, Points out) {
                score(t, x, out);
            }

            /** Along the flow log f changes by its second derivative: f solves the heat equation. */
            @Override
            public void velocityAndRate(double t, Points x, Points out, double[] rate) {
                velocity(t, x, out);
                double c = b * Math.exp(-t);
                for (int n = 0; n < x.size(); n++) {
                    double cosine = Math.cos(x.get(0, n));
                    double f = 1 + c * cosine;
                    rate[n] = -c * (cosine + c) / (f * f);
                }
            }

            @Override
            public void logRatio(double t, Points x, double[] out) {
                for (int n = 0; n < x.size(); n++) {
                    out[n] = Math.log1p(b * Math.exp(-t) * Math.cos(x.get(0, n)));
                }
            }
        };
    }

    /** The process. */
    private record Heat(boolean reflected) implements DiffusionProcess {
        private double length() {
            return reflected ? Math.PI : 2 * Math.PI;
        }

        @Override
        public int dim() {
            return 1;
        }

        @Override
        public double horizon() {
            return 6;
        }

        @Override
        public double earliest() {
            return 0.01;
        }

        @Override
        public Domain domain(int coordinate) {
            return reflected ? new Domain.Interval(0, Math.PI) : new Domain.Circle(2 * Math.PI);
        }

        @Override
        public void drift(double t, Points x, Points out) {
            Arrays.fill(out.values(), 0);
        }

        @Override
        public void diffusion(double t, Points x, Points out) {
            Arrays.fill(out.values(), 1);
        }

        @Override
        public void prior(CounterRandom random, long first, Points out) {
            for (int n = 0; n < out.size(); n++) {
                out.set(0, n, length() * random.uniform(first + n, 0));
            }
        }

        @Override
        public void logPrior(Points x, double[] out) {
            Arrays.fill(out, -Math.log(length()));
        }

        @Override
        public void logReference(Points x, double[] out) {
            Arrays.fill(out, -Math.log(length()));
        }

        @Override
        public Optional<AffineProcess> affine() {
            return Optional.empty();
        }
    }
}
