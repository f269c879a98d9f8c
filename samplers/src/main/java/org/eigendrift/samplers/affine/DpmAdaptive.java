package org.eigendrift.samplers.affine;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.eigendrift.api.NumericalException;
import org.eigendrift.api.Points;
import org.eigendrift.api.Purpose;
import org.eigendrift.api.RunContext;
import org.eigendrift.api.sampler.BatchSampler;
import org.eigendrift.api.sampler.Noise;
import org.eigendrift.api.sampler.Outcome;
import org.eigendrift.api.sampler.Sampler;
import org.eigendrift.api.sampler.StepObserver;
import org.eigendrift.api.score.AffineProcess;
import org.eigendrift.api.score.DiffusionProcess;
import org.eigendrift.api.score.ScoreModel;
import org.eigendrift.samplers.program.Finite;
import org.eigendrift.samplers.program.Level;
import org.eigendrift.samplers.program.Lin;
import org.eigendrift.samplers.program.ProgramRun;

/**
 * DPM-Solver-12 and -23 (2206.00927, appendix C): a singlestep of the order against the one below that shares its
 * evaluations, at even nodes of lambda; with the paper's controller or k-diffusion's PID controller.
 *
 * @param name name for messages
 * @param options options
 * @param singlestep the method
 */
record DpmAdaptive(String name, DpmOptions options, DpmSinglestep singlestep) implements Sampler {

    /** Where the codes stop short of the last level: in t (DPM-Solver), in lambda (PID). */
    private static final double CLOSE = 1e-5;

    @Override
    public Optional<String> refusal(DiffusionProcess process) {
        return AffineSampler.refuse(name, process);
    }

    @Override
    public BatchSampler prepare(ScoreModel model, RunContext run) {
        AffineProcess process = AffineSampler.affine(name, model.process());
        if (options.control() == DpmOptions.Control.BATCH) {
            return (x, noise, observer) -> {
                Trials trials = new Trials(process, model, run, x, noise, observer);
                trials.run();
                return new Outcome(
                        options.order() * (trials.accepted() + trials.rejected), trials.accepted(), trials.rejected);
            };
        }
        Points pilot = Points.zeros(process.dim(), options.pilot());
        process.prior(run.random(Purpose.SAMPLER_PILOT), 0, pilot);
        Noise noise = Noise.of(run.random(Purpose.SAMPLER_PILOT, 1), 0);
        Trials trials = new Trials(process, model, run, pilot, noise, StepObserver.NONE);
        trials.run();
        ProgramRun fixed = new ProgramRun(write(process, trials.taken).build(), model, run);
        return (x, n, observer) -> {
            Outcome outcome = fixed.run(x, n, observer);
            return new Outcome(outcome.evaluations(), outcome.accepted(), trials.rejected);
        };
    }

    /** All accepted steps as one program. */
    private Script write(AffineProcess process, List<Level> taken) {
        Script s = new Script(process, taken.toArray(new Level[0]));
        Lin x = s.state(0, s.level(0), s.input());
        for (int i = 0; i < s.steps(); i++) {
            Level to = s.level(i + 1);
            Ancestral down = down(s.process(), s.level(i), to);
            Lin next = step(s, x, s.level(i), down.level()).higher();
            if (ancestral()) {
                next = down.raise(s.keep(next), to, s.noise(i, 0).times(options.sNoise()));
            }
            x = s.state(i + 1, to, next);
        }
        return s;
    }

    /** The noiseless step from one level to another, both results at its end. */
    private DpmSinglestep.Pair step(Script s, Lin x, Level from, Level to) {
        Level[] nodes = DpmFamily.evenNodes(s.process(), from, to, options.order());
        return singlestep.step(s, x, nodes, 0, DpmSinglestep.Stages.NONE);
    }

    private Ancestral down(AffineProcess process, Level from, Level to) {
        return ancestral()
                ? Ancestral.of(process, from, to, Level.at(process, process.earliest()), options.eta())
                : new Ancestral(to, 0);
    }

    private boolean ancestral() {
        return pid() && options.eta() > 0;
    }

    private boolean pid() {
        return options.method() == DpmOptions.Method.ADAPTIVE_PID;
    }

    /** The course of one batch. */
    private final class Trials {
        private final AffineProcess process;
        private final ScoreModel model;
        private final RunContext run;
        private final ScoreModel.Evaluator evaluator;
        private final Points x;
        private final Noise noise;
        private final StepObserver observer;
        private final List<Level> taken = new ArrayList<>();
        private final Points[] results = new Points[3];
        private final double[] history = new double[3];
        private Points previous;
        private int rejected;

        Trials(AffineProcess process, ScoreModel model, RunContext run, Points x, Noise noise, StepObserver observer) {
            this.process = process;
            this.model = model;
            this.run = run;
            this.evaluator = model.evaluator();
            this.x = x;
            this.noise = noise;
            this.observer = observer;
            this.previous = x.copy();
        }

        int accepted() {
            return taken.size() - 1;
        }

        void run() {
            Level here = Level.at(process, process.horizon());
            Level last = Level.at(process, process.earliest());
            taken.add(here);
            observer.state(0, here.t(), x);
            double h = options.hInit();
            while (pid() ? here.lambda() < last.lambda() - CLOSE : here.t() - last.t() > CLOSE) {
                run.checkCancelled();
                if (!(h > Math.ulp(here.lambda()))) {
                    throw new NumericalException("the tolerance rtol = " + options.rtol() + ", atol = " + options.atol()
                            + " cannot be reached at t = " + here.t() + ": the step vanishes");
                }
                boolean whole = here.lambda() + h >= last.lambda();
                Level to = whole ? last : Level.atLambda(process, here.lambda() + h);
                double error = trial(here, to);
                double factor = factor(error);
                if (pid() ? factor >= options.acceptSafety() : error <= 1) {
                    accept(here, to);
                    here = to;
                } else {
                    rejected++;
                }
                h = pid() ? h * factor : Math.min(options.theta() * h * factor, last.lambda() - here.lambda());
            }
        }

        private void accept(Level from, Level to) {
            previous.copyFrom(results[1]);
            x.copyFrom(results[2]);
            if (ancestral()) {
                raise(down(process, from, to), to);
            }
            taken.add(to);
            Finite.state(x, accepted(), to.t());
            observer.state(accepted(), to.t(), x);
            if (pid()) {
                history[2] = history[1];
                history[1] = history[0];
            }
        }

        private void raise(Ancestral down, Level to) {
            Points z = Points.zeros(x.dim(), x.size());
            noise.normal(accepted(), 0, z);
            double ratio = to.alpha() / down.level().alpha();
            double up = to.alpha() * down.up() * options.sNoise();
            for (int k = 0; k < z.values().length; k++) {
                x.values()[k] = ratio * x.values()[k] + up * z.values()[k];
            }
        }

        /** A trial step: both results, and their difference in units of the tolerance. */
        private double trial(Level from, Level to) {
            Level end = down(process, from, to).level();
            Script s = new Script(process, from, end);
            Lin start = s.state(0, from, s.input());
            DpmSinglestep.Pair pair = step(s, start, from, end);
            Lin lower = s.keep(pair.lower());
            s.state(1, end, lower);
            s.state(2, end, pair.higher());
            new ProgramRun(s.build(), model, run)
                    .execute(x.copy(), noise, (i, t, state) -> results[i] = state.copy(), evaluator);
            return error();
        }

        private double error() {
            double worst = 0;
            double total = 0;
            for (int n = 0; n < x.size(); n++) {
                double sum = 0;
                for (int i = 0; i < x.dim(); i++) {
                    double low = results[1].get(i, n);
                    double delta = Math.max(
                            options.atol(), options.rtol() * Math.max(Math.abs(low), Math.abs(previous.get(i, n))));
                    double z = (results[2].get(i, n) - low) / delta;
                    sum += z * z;
                }
                worst = Math.max(worst, Math.sqrt(sum / x.dim()));
                total += sum;
            }
            return pid() && options.control() == DpmOptions.Control.BATCH
                    ? Math.sqrt(total / (x.dim() * x.size()))
                    : worst;
        }

        private double factor(double error) {
            if (!pid()) {
                double factor = Math.pow(error, -1.0 / options.order());
                return options.asPublished() ? (float) factor : factor;
            }
            double order = options.eta() > 0 ? 1.5 : options.order();
            double b1 = (options.pcoeff() + options.icoeff() + options.dcoeff()) / order;
            double b2 = -(options.pcoeff() + 2 * options.dcoeff()) / order;
            double b3 = options.dcoeff() / order;
            double inverse = 1 / (error + 1e-8);
            if (history[0] == 0) {
                history[1] = inverse;
                history[2] = inverse;
            }
            history[0] = inverse;
            double factor = Math.pow(history[0], b1) * Math.pow(history[1], b2) * Math.pow(history[2], b3);
            return 1 + Math.atan(factor - 1);
        }
    }
}
