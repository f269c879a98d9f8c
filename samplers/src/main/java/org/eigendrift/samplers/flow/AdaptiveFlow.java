package org.eigendrift.samplers.flow;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.eigendrift.api.NumericalException;
import org.eigendrift.api.Points;
import org.eigendrift.api.Purpose;
import org.eigendrift.api.RunContext;
import org.eigendrift.api.sampler.BatchSampler;
import org.eigendrift.api.sampler.Outcome;
import org.eigendrift.api.sampler.TimeGrid;
import org.eigendrift.api.score.DiffusionProcess;
import org.eigendrift.api.score.ScoreModel;
import org.eigendrift.samplers.program.Finite;
import org.eigendrift.samplers.program.Program;
import org.eigendrift.samplers.program.ProgramRun;

/**
 * The probability flow with step control. The steps are chosen once, on a pilot batch keyed by the seed, such that no
 * pilot point's estimated local error exceeds the tolerance; every batch then takes these steps. The states told
 * are the steps' or, by dense output, those at the times of a grid.
 */
final class AdaptiveFlow {

    /** Safety and limits of the step's factor (Hairer, Norsett and Wanner, section II.4). */
    private static final double SAFETY = 0.9;

    private static final double SHRINK = 0.2;
    private static final double GROW = 10;

    private final EmbeddedPair pair;
    private final PfOde.Options options;
    private final ScoreModel.Evaluator evaluator;
    private final DiffusionProcess process;
    private final Points[] slopes;
    private final Points next;
    private final Optional<TimeGrid> grid;
    private final List<Double> times = new ArrayList<>();
    private int rejected;

    private AdaptiveFlow(PfOde.Options options, ScoreModel model) {
        this.pair = options.method() == PfOde.Method.DOPRI5 ? EmbeddedPair.DOPRI5 : EmbeddedPair.DOP853;
        this.options = options;
        this.evaluator = model.evaluator();
        this.process = model.process();
        this.slopes = new Points[pair.tableau().c().length + 1];
        for (int i = 0; i < slopes.length; i++) {
            slopes[i] = Points.zeros(process.dim(), options.pilot());
        }
        this.next = Points.zeros(process.dim(), options.pilot());
        this.grid = options.report() == PfOde.Report.GRID
                ? Optional.of(Grids.spanning("pf-ode", options.grid(), options.steps(), process))
                : Optional.empty();
    }

    static BatchSampler sampling(PfOde.Options options, ScoreModel model, RunContext run) {
        AdaptiveFlow flow = new AdaptiveFlow(options, model);
        flow.chooseSteps(run);
        return flow.over(false, model, run);
    }

    static BatchSampler encoding(PfOde.Options options, ScoreModel model, RunContext run) {
        AdaptiveFlow flow = new AdaptiveFlow(options, model);
        flow.chooseSteps(run);
        return flow.over(true, model, run);
    }

    private BatchSampler over(boolean ascending, ScoreModel model, RunContext run) {
        double[] descending = times.stream().mapToDouble(Double::doubleValue).toArray();
        double[] ladder = ascending ? Grids.reversed(descending) : descending;
        double[] told = grid.map(TimeGrid::times)
                .map(t -> ascending ? Grids.reversed(t) : t)
                .orElse(ladder);
        Program program = FixedFlow.rungeKutta(pair, ladder, told);
        ProgramRun fixed = new ProgramRun(program, model, run);
        return (x, noise, observer) -> {
            Outcome outcome = fixed.run(x, noise, observer);
            return new Outcome(outcome.evaluations(), ladder.length - 1, rejected);
        };
    }

    private void chooseSteps(RunContext run) {
        Points x = Points.zeros(process.dim(), options.pilot());
        process.prior(run.random(Purpose.SAMPLER_PILOT), 0, x);
        double t = process.horizon();
        double end = process.earliest();
        // A first guess only: step control corrects it, downwards by SHRINK a trial.
        double h = 1e-2 * (t - end);
        times.add(t);
        while (t > end) {
            run.checkCancelled();
            // No sliver of a step at the end.
            double to = t - 1.01 * h <= end ? end : t - h;
            double error = trial(x, t, to);
            boolean accepted = error <= 1;
            if (accepted) {
                x.copyFrom(next);
                t = to;
                times.add(t);
            } else {
                rejected++;
            }
            double factor = SAFETY * Math.pow(Math.max(error, 1e-10), -1.0 / pair.order());
            h *= Math.min(GROW, Math.max(SHRINK, factor));
            if (!(h > Math.ulp(t))) {
                throw new NumericalException("the tolerance rtol = " + options.rtol() + ", atol = " + options.atol()
                        + " cannot be reached at t = " + t + ": the step vanishes");
            }
        }
    }

    /** Takes a trial step into {@code next} and returns its error in units of the tolerance, at the worst point. */
    private double trial(Points x, double from, double to) {
        double h = from - to;
        double[] c = pair.tableau().c();
        for (int i = 0; i < c.length; i++) {
            stage(x, h, pair.tableau().a()[i], i);
            slope(from - c[i] * h, i);
        }
        stage(x, h, pair.tableau().b(), c.length);
        if (pair.last()) {
            slope(to, c.length);
        }
        return error(x, h);
    }

    private void slope(double t, int i) {
        evaluator.velocity(Math.max(t, process.earliest()), next, slopes[i]);
        Finite.field("velocity", slopes[i], t);
    }

    /** next = x + h sum_j weights_j slopes_j, within the domain. */
    private void stage(Points x, double h, double[] weights, int count) {
        next.copyFrom(x);
        double[] to = next.values();
        for (int j = 0; j < count; j++) {
            double w = h * weights[j];
            double[] k = slopes[j].values();
            for (int n = 0; n < to.length; n++) {
                to[n] += w * k[n];
            }
        }
        process.confine(next);
    }

    private double error(Points x, double h) {
        double worst = 0;
        for (int n = 0; n < x.size(); n++) {
            double fine = 0;
            double coarse = 0;
            for (int i = 0; i < x.dim(); i++) {
                double scale =
                        options.atol() + options.rtol() * Math.max(Math.abs(x.get(i, n)), Math.abs(next.get(i, n)));
                fine += square(estimate(pair.error(), i, n) / scale);
                coarse += square(estimate(pair.coarse(), i, n) / scale);
            }
            double denominator = pair.coarse().length == 0 ? fine : fine + 0.01 * coarse;
            double error = fine == 0 ? 0 : h * fine / Math.sqrt(denominator * x.dim());
            worst = Math.max(worst, error);
        }
        return worst;
    }

    private double estimate(double[] weights, int coordinate, int point) {
        double sum = 0;
        for (int j = 0; j < weights.length; j++) {
            sum += weights[j] * slopes[j].get(coordinate, point);
        }
        return sum;
    }

    private static double square(double v) {
        return v * v;
    }
}
