package org.eigendrift.samplers.flow;

import java.util.Optional;
import org.eigendrift.api.Points;
import org.eigendrift.api.RunContext;
import org.eigendrift.api.sampler.BatchSampler;
import org.eigendrift.api.sampler.Noise;
import org.eigendrift.api.sampler.Outcome;
import org.eigendrift.api.sampler.Sampler;
import org.eigendrift.api.score.AffineProcess;
import org.eigendrift.api.score.DiffusionProcess;
import org.eigendrift.api.score.ScoreModel;
import org.eigendrift.samplers.program.Finite;

/** The sampler of {@link ReverseSde}. */
final class ReverseSdeSampler implements Sampler {
    private final ReverseSde.Options options;

    ReverseSdeSampler(ReverseSde.Options options) {
        this.options = options;
    }

    @Override
    public Optional<String> refusal(DiffusionProcess process) {
        return Optional.empty();
    }

    @Override
    public BatchSampler prepare(ScoreModel model, RunContext run) {
        double[] times = Grids.within("reverse-sde", options.grid(), options.steps(), model.process())
                .times();
        return (x, noise, observer) -> {
            Walk walk = new Walk(model, x, noise);
            observer.state(0, times[0], x);
            for (int i = 1; i < times.length; i++) {
                run.checkCancelled();
                walk.step(options.method(), i - 1, times[i - 1], times[i]);
                model.process().confine(x);
                Finite.state(x, i, times[i]);
                observer.state(i, times[i], x);
            }
            return new Outcome(walk.evaluations, times.length - 1, 0);
        };
    }

    /** One batch on its way. */
    private static final class Walk {
        private final ScoreModel.Evaluator evaluator;
        private final DiffusionProcess process;
        private final Points x;
        private final Noise noise;
        private final Points drift;
        private final Points velocity;
        private final Points dispersion;
        private final Points dw;
        private final Points ahead;
        private final Points driftAhead;
        private final Points up;
        private final Points down;
        private int evaluations;

        Walk(ScoreModel model, Points x, Noise noise) {
            this.evaluator = model.evaluator();
            this.process = model.process();
            this.x = x;
            this.noise = noise;
            this.drift = Points.zeros(x.dim(), x.size());
            this.velocity = Points.zeros(x.dim(), x.size());
            this.dispersion = Points.zeros(x.dim(), x.size());
            this.dw = Points.zeros(x.dim(), x.size());
            this.ahead = Points.zeros(x.dim(), x.size());
            this.driftAhead = Points.zeros(x.dim(), x.size());
            this.up = Points.zeros(x.dim(), x.size());
            this.down = Points.zeros(x.dim(), x.size());
        }

        void step(ReverseSde.Method method, int step, double from, double to) {
            noise.normal(step, 0, dw);
            double root = Math.sqrt(from - to);
            for (int k = 0; k < dw.values().length; k++) {
                dw.values()[k] *= root;
            }
            switch (method) {
                case EULER_MARUYAMA -> {
                    drift(from, x, drift);
                    dispersion(from, x, dispersion);
                    advance(x, from - to);
                }
                case HEUN -> heun(from, to);
                case SRK -> srk(from, to);
                case SPLITTING -> splitting(from, to);
            }
        }

        /** The reverse drift mu + 2 v. */
        private void drift(double t, Points at, Points out) {
            evaluator.velocity(t, at, velocity);
            Finite.field("velocity", velocity, t);
            evaluations++;
            process.drift(t, at, out);
            double[] b = out.values();
            double[] v = velocity.values();
            for (int k = 0; k < b.length; k++) {
                b[k] += 2 * v[k];
            }
        }

        /** The dispersion sqrt(2 A). */
        private void dispersion(double t, Points at, Points out) {
            process.diffusion(t, at, out);
            double[] g = out.values();
            for (int k = 0; k < g.length; k++) {
                g[k] = Math.sqrt(2 * g[k]);
            }
        }

        /** out = x + drift h + dispersion dW. */
        private void advance(Points out, double h) {
            double[] to = out.values();
            double[] at = x.values();
            double[] b = drift.values();
            double[] g = dispersion.values();
            double[] w = dw.values();
            for (int k = 0; k < to.length; k++) {
                to[k] = at[k] + b[k] * h + g[k] * w[k];
            }
        }

        private void heun(double from, double to) {
            double h = from - to;
            drift(from, x, drift);
            dispersion(from, x, dispersion);
            advance(ahead, h);
            process.confine(ahead);
            drift(to, ahead, driftAhead);
            average();
            advance(x, h);
        }

        private void average() {
            double[] b = drift.values();
            double[] next = driftAhead.values();
            for (int k = 0; k < b.length; k++) {
                b[k] = 0.5 * (b[k] + next[k]);
            }
        }

        /**
         * Kloeden and Platen, "Numerical solution of stochastic differential equations" (1992), equation 15.1.3, for
         * noise whose dispersion in a coordinate depends on that coordinate alone.
         */
        private void srk(double from, double to) {
            double h = from - to;
            double root = Math.sqrt(h);
            drift(from, x, drift);
            dispersion(from, x, dispersion);
            advance(ahead, h);
            process.confine(ahead);
            supports(h, root);
            dispersion(to, up, up);
            dispersion(to, down, down);
            drift(to, ahead, driftAhead);
            average();
            double[] at = x.values();
            double[] b = drift.values();
            double[] g = dispersion.values();
            double[] plus = up.values();
            double[] minus = down.values();
            double[] w = dw.values();
            for (int k = 0; k < at.length; k++) {
                at[k] += b[k] * h
                        + 0.25 * (plus[k] + minus[k] + 2 * g[k]) * w[k]
                        + 0.25 * (plus[k] - minus[k]) * (w[k] * w[k] - h) / root;
            }
        }

        private void supports(double h, double root) {
            double[] at = x.values();
            double[] b = drift.values();
            double[] g = dispersion.values();
            for (int k = 0; k < at.length; k++) {
                up.values()[k] = at[k] + b[k] * h + g[k] * root;
                down.values()[k] = at[k] + b[k] * h - g[k] * root;
            }
            process.confine(up);
            process.confine(down);
        }

        /**
         * Strang splitting. The transition is exact for affine processes and for Brownian motion on a circle or a
         * reflecting interval; otherwise it is an Euler-Maruyama step of the forward process.
         */
        private void splitting(double from, double to) {
            double h = from - to;
            kick(from, h);
            if (process.affine().isPresent()) {
                affineTransition(process.affine().get(), from, to);
            } else {
                double middle = 0.5 * (from + to);
                process.drift(middle, x, drift);
                dispersion(middle, x, dispersion);
                advance(x, h);
                process.confine(x);
            }
            kick(to, h);
        }

        private void kick(double t, double h) {
            evaluator.velocity(t, x, velocity);
            Finite.field("velocity", velocity, t);
            evaluations++;
            double[] at = x.values();
            double[] v = velocity.values();
            for (int k = 0; k < at.length; k++) {
                at[k] += h * v[k];
            }
            process.confine(x);
        }

        private void affineTransition(AffineProcess affine, double from, double to) {
            double logRatio = affine.logAlpha(from) - affine.logAlpha(to);
            double ratio = Math.exp(logRatio);
            // sigma_from^2 - ratio^2 sigma_to^2 = sigma_from^2 (1 - exp(2 (lambda_from - lambda_to))).
            double deviation = affine.sigma(from)
                    * Math.sqrt(-Math.expm1(2 * (affine.lambda(from) - affine.lambda(to))))
                    / Math.sqrt(from - to);
            double[] at = x.values();
            double[] w = dw.values();
            for (int k = 0; k < at.length; k++) {
                at[k] = ratio * at[k] + deviation * w[k];
            }
        }
    }
}
