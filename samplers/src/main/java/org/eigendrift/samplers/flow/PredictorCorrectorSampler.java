package org.eigendrift.samplers.flow;

import java.util.Optional;
import org.eigendrift.api.InputException;
import org.eigendrift.api.Points;
import org.eigendrift.api.RunContext;
import org.eigendrift.api.sampler.BatchSampler;
import org.eigendrift.api.sampler.Noise;
import org.eigendrift.api.sampler.Outcome;
import org.eigendrift.api.sampler.Sampler;
import org.eigendrift.api.sampler.StepObserver;
import org.eigendrift.api.score.DiffusionProcess;
import org.eigendrift.api.score.ScoreModel;
import org.eigendrift.samplers.program.Finite;
import org.eigendrift.samplers.program.Window;

/** The sampler of {@link PredictorCorrector}. */
final class PredictorCorrectorSampler implements Sampler {
    /**
     * The correctors' steps are numbered from here, each stretch's from its multiple of STRETCH: no two share noise.
     */
    private static final int CORRECTOR = 1 << 30;

    private static final int STRETCH = 1 << 20;

    private final PredictorCorrector.Options options;
    private final Sampler predictor;

    PredictorCorrectorSampler(PredictorCorrector.Options options, RunContext run) {
        this.options = options;
        this.predictor = options.predictor().create(run);
    }

    @Override
    public Optional<String> refusal(DiffusionProcess process) {
        return predictor.refusal(process);
    }

    @Override
    public BatchSampler prepare(ScoreModel model, RunContext run) {
        DiffusionProcess process = model.process();
        double start = options.start().orElse(process.horizon());
        if (!(start > process.earliest() && start <= process.horizon())) {
            throw new InputException("start: " + start + " lies outside (t_min, T] = (" + process.earliest() + ", "
                    + process.horizon() + "] of the process");
        }
        double[] times = Grids.within(
                        "predictor-corrector",
                        options.grid(),
                        options.stretches(),
                        Window.of(model, start, process.earliest()).process())
                .times();
        BatchSampler[] predictors = new BatchSampler[times.length - 1];
        for (int k = 0; k < predictors.length; k++) {
            predictors[k] = predictor.prepare(Window.of(model, times[k], times[k + 1]), run);
        }
        return (x, noise, observer) -> new Course(model, run, x, noise, observer).follow(times, predictors);
    }

    /** One batch on its way. */
    private final class Course {
        private final RunContext run;
        private final Points x;
        private final Noise noise;
        private final StepObserver observer;
        private final Langevin langevin;
        private int states;
        private int corrections;
        private int evaluations;

        Course(ScoreModel model, RunContext run, Points x, Noise noise, StepObserver observer) {
            this.run = run;
            this.x = x;
            this.noise = noise;
            this.observer = observer;
            this.langevin = new Langevin(model, options.stepSize());
        }

        Outcome follow(double[] times, BatchSampler[] predictors) {
            observer.state(0, times[0], x);
            correct(times[0], options.startSteps());
            for (int k = 0; k < predictors.length; k++) {
                predict(predictors[k], k);
                correct(times[k + 1], options.correctorSteps());
            }
            return new Outcome(evaluations + langevin.evaluations(), states, 0);
        }

        private void predict(BatchSampler sampler, int stretch) {
            int before = states;
            Noise own = (step, draw, out) -> noise.normal(stretch * STRETCH + step, draw, out);
            evaluations += sampler.run(x, own, (step, t, state) -> {
                        if (step > 0) {
                            states = before + step;
                            observer.state(states, t, state);
                        }
                    })
                    .evaluations();
        }

        private void correct(double t, int steps) {
            for (int i = 0; i < steps; i++) {
                run.checkCancelled();
                int number = CORRECTOR + corrections++;
                switch (options.corrector()) {
                    case ULA -> langevin.unadjusted(t, x, noise, number);
                    case MALA -> langevin.adjusted(t, x, noise, number);
                }
            }
            if (steps > 0) {
                Finite.state(x, ++states, t);
                observer.state(states, t, x);
            }
        }
    }
}
