package org.eigendrift.samplers.affine;

import org.eigendrift.api.score.AffineProcess;
import org.eigendrift.samplers.program.Level;
import org.eigendrift.samplers.program.Lin;
import org.eigendrift.samplers.program.Program;

/** A program for an affine process being written: the levels of its grid, and the model's outputs as terms. */
final class Script {
    private final Program.Builder program;
    private final AffineProcess process;
    private final Level[] levels;
    private final int counted;
    private boolean noisy;

    Script(AffineProcess process, double[] times, int steps) {
        int taken = times.length - 1;
        // A grid that ends with an additional step to 0 has one step more than asked for; one that leaves out a step of
        // no length has one fewer.
        this.counted = times[taken] == 0 || taken == steps - 1 ? steps : taken;
        this.program = new Program.Builder(process);
        this.process = process;
        this.levels = new Level[times.length];
        for (int i = 0; i < times.length; i++) {
            levels[i] = Level.at(process, times[i]);
        }
    }

    /** A script whose levels are not a grid's: a trial step. */
    Script(AffineProcess process, Level... levels) {
        this.counted = levels.length - 1;
        this.program = new Program.Builder(process);
        this.process = process;
        this.levels = levels.clone();
    }

    AffineProcess process() {
        return process;
    }

    /** Number of steps. */
    int steps() {
        return levels.length - 1;
    }

    /** Number of steps without an additional last one that only denoises. */
    int counted() {
        return counted;
    }

    /** Level i, 0 to {@code steps()}. */
    Level level(int i) {
        return levels[i];
    }

    Level[] levels() {
        return levels.clone();
    }

    Lin input() {
        return program.input();
    }

    Lin keep(Lin x) {
        return program.keep(x);
    }

    Lin noise(int step, int draw) {
        noisy = true;
        return program.noise(step, draw);
    }

    /** Whether noise was drawn. */
    boolean noisy() {
        return noisy;
    }

    Lin state(int step, Level level, Lin x) {
        return program.state(step, level.t(), x);
    }

    /** epsilon at a level, for a state x. */
    Lin epsilon(Level level, Lin x) {
        return program.epsilon(level.t(), x);
    }

    /** epsilon at a level, for a state scaled to x / alpha. */
    Lin epsilonOfScaled(Level level, Lin scaled) {
        return program.epsilon(level.t(), scaled.times(level.alpha()));
    }

    /** The denoised point E[x_0 | x] = (x - sigma epsilon) / alpha. */
    static Lin denoised(Level level, Lin x, Lin epsilon) {
        return x.minus(epsilon.times(level.sigma())).times(1 / level.alpha());
    }

    /**
     * The deterministic first-order step (DDIM with eta = 0, Song et al., 2010.02502, equation 12):
     * x_t = (alpha_t / alpha_s) x + (sigma_t - alpha_t sigma_s / alpha_s) epsilon.
     */
    static Lin ddim(Level from, Level to, Lin x, Lin epsilon) {
        double ratio = to.alpha() / from.alpha();
        // sigma_t - ratio sigma_s = -sigma_t (e^h - 1), which does not cancel for small steps.
        double weight = to.clean() ? -ratio * from.sigma() : -to.sigma() * Math.expm1(to.lambda() - from.lambda());
        return x.times(ratio).plus(epsilon.times(weight));
    }

    Program build() {
        return program.build();
    }
}
