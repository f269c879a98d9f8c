package org.eigendrift.samplers.affine;

import java.util.Arrays;
import org.eigendrift.api.Points;
import org.eigendrift.api.Purpose;
import org.eigendrift.api.RunContext;
import org.eigendrift.api.sampler.StepObserver;
import org.eigendrift.api.score.AffineProcess;
import org.eigendrift.api.score.ScoreModel;
import org.eigendrift.samplers.program.ProgramRun;

/**
 * The search for the ratios of DC-Solver: step by step, the ratio whose next state is nearest in mean square to the flow
 * of pilot points, found by golden sections.
 */
final class CompensationSearch {

    private static final int POINTS = 64;

    /** Steps of the reference within each step: UniPC of order 3 is then far below the error that is compensated. */
    private static final int REFINEMENT = 16;

    /** The ratios searched: a step's width to either side of none. */
    private static final double LEAST = 0;

    private static final double LARGEST = 2;

    private static final double GOLDEN = (Math.sqrt(5) - 1) / 2;

    private final DcSolverSampler sampler;
    private final AffineProcess process;
    private final double[] times;
    private final ScoreModel model;
    private final RunContext run;
    private final Points pilot;

    CompensationSearch(
            DcSolverSampler sampler, AffineProcess process, double[] times, ScoreModel model, RunContext run) {
        this.sampler = sampler;
        this.process = process;
        this.times = times;
        this.model = model;
        this.run = run;
        this.pilot = Points.zeros(process.dim(), POINTS);
        process.prior(run.random(Purpose.SAMPLER_PILOT), 0, pilot);
    }

    double[] ratios() {
        double[] ratios = new double[times.length - 1];
        Arrays.fill(ratios, 1);
        // A last step to 0 has no state of the flow to compare with, and the model no times within it.
        int steps = times[ratios.length] > 0 ? ratios.length : ratios.length - 1;
        if (steps > sampler.options().dcOrder()) {
            Points[] reference = reference(steps);
            for (int i = sampler.options().dcOrder(); i < steps; i++) {
                section(ratios, i, reference[i + 1]);
            }
        }
        return ratios;
    }

    /** The states of the flow at the grid's times, of so many steps. */
    private Points[] reference(int steps) {
        double[] fine = new double[steps * REFINEMENT + 1];
        for (int i = 0; i < fine.length; i++) {
            int k = Math.min(i / REFINEMENT, steps - 1);
            fine[i] = times[k] + (times[k + 1] - times[k]) * (i - k * REFINEMENT) / REFINEMENT;
        }
        Points[] states = new Points[steps + 1];
        Script script = new Script(process, fine, fine.length - 1);
        double[] none = new double[fine.length - 1];
        Arrays.fill(none, 1);
        sampler.write(script, none);
        observe(script, (step, t, x) -> {
            if (step % REFINEMENT == 0) {
                states[step / REFINEMENT] = x.copy();
            }
        });
        return states;
    }

    private void observe(Script script, StepObserver observer) {
        new ProgramRun(script.build(), model, run).run(pilot.copy(), (s, d, o) -> {}, observer);
    }

    private void section(double[] ratios, int step, Points target) {
        double low = LEAST;
        double high = LARGEST;
        double inner = high - GOLDEN * (high - low);
        double outer = low + GOLDEN * (high - low);
        double atInner = distance(ratios, step, inner, target);
        double atOuter = distance(ratios, step, outer, target);
        // 1e-3: ratios matter in their second digit.
        while (high - low > 1e-3) {
            if (atInner < atOuter) {
                high = outer;
                outer = inner;
                atOuter = atInner;
                inner = high - GOLDEN * (high - low);
                atInner = distance(ratios, step, inner, target);
            } else {
                low = inner;
                inner = outer;
                atInner = atOuter;
                outer = low + GOLDEN * (high - low);
                atOuter = distance(ratios, step, outer, target);
            }
        }
        double best = 0.5 * (low + high);
        ratios[step] = distance(ratios, step, best, target) < distance(ratios, step, 1, target) ? best : 1;
    }

    private double distance(double[] ratios, int step, double ratio, Points target) {
        double[] tried = ratios.clone();
        tried[step] = ratio;
        Script script = new Script(process, times, sampler.counted(times.length - 1));
        sampler.write(script, tried);
        double[] sum = {0};
        observe(script, (i, t, x) -> {
            if (i == step + 1) {
                for (int k = 0; k < x.values().length; k++) {
                    double z = x.values()[k] - target.values()[k];
                    sum[0] += z * z;
                }
            }
        });
        return sum[0];
    }
}
