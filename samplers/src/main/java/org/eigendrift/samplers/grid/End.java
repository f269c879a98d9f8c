package org.eigendrift.samplers.grid;

import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;
import java.util.Arrays;
import java.util.Locale;
import java.util.function.IntFunction;
import org.eigendrift.api.InputException;
import org.eigendrift.api.sampler.GridContext;
import org.eigendrift.api.sampler.TimeGrid;
import org.eigendrift.api.score.DiffusionProcess;

/** Where a grid of n steps ends. At t = 0 an affine sampler takes the model's denoised point, never a score. */
public enum End {
    /** n steps from T to t_min: what is left of the noise stays. */
    STOP,
    /** n - 1 steps from T to t_min and one from there to 0. */
    ZERO,
    /** n steps from T to t_min and an additional one from there to 0. */
    DENOISE,
    /** n - 1 steps from T to t_min, and one of no length that is left out but counts where orders fall at the end. */
    REPEAT;

    /** What the grids say of this option. */
    static final String DOC = "stop: n steps to t_min; zero: n - 1 steps to t_min, the last to 0; "
            + "denoise: n steps to t_min and one more to 0; repeat: n - 1 steps to t_min, counted as n where orders fall";

    /** Relative excess over [t_min, T] that is rounding: a few ulp of log and exp of a number below 1e3. */
    private static final double ROUNDING = 1e-12;

    private static final int DIGITS = 4;

    /**
     * Makes a grid of a ladder.
     *
     * @param context process and number of steps n
     * @param ladder gives for k the k + 1 decreasing times of k steps
     * @return the grid that ends here
     */
    TimeGrid grid(GridContext context, IntFunction<double[]> ladder) {
        int steps = context.steps();
        if (steps < 1) {
            throw new InputException("a time grid needs at least 1 step, found " + steps);
        }
        DiffusionProcess process = context.process();
        boolean toZero = this == ZERO || this == DENOISE;
        if (toZero && process.affine().isEmpty()) {
            throw new InputException("end: " + name().toLowerCase(Locale.ROOT)
                    + " needs an affine process, this one is not; use end: stop");
        }
        int rungs = this == ZERO || this == REPEAT ? steps - 1 : steps;
        double[] times = rungs == 0 ? new double[] {process.horizon()} : ladder.apply(rungs);
        snap(times, process);
        return TimeGrid.of(toZero ? Arrays.copyOf(times, times.length + 1) : times);
    }

    private static void snap(double[] times, DiffusionProcess process) {
        for (int i = 0; i < times.length; i++) {
            if (Math.abs(times[i] - process.horizon()) <= ROUNDING * process.horizon()) {
                times[i] = process.horizon();
            } else if (Math.abs(times[i] - process.earliest()) <= ROUNDING * process.earliest()) {
                times[i] = process.earliest();
            } else if (!(times[i] >= process.earliest() && times[i] <= process.horizon())) {
                throw new InputException("time " + (i + 1) + " of the grid is " + times[i] + ", outside [t_min, T] = ["
                        + process.earliest() + ", " + process.horizon() + "] of the process; "
                        + remedy(times, process));
            }
        }
    }

    /** The range that all times need, rounded outwards to digits that can be copied. */
    private static String remedy(double[] times, DiffusionProcess process) {
        double first = Math.max(process.horizon(), Arrays.stream(times).max().orElseThrow());
        double last = Math.min(process.earliest(), Arrays.stream(times).min().orElseThrow());
        String others = "use a grid that spans any process: log-snr, geometric, uniform";
        return last > 0 && Double.isFinite(first)
                ? "expected one from t_min = " + rounded(last, RoundingMode.FLOOR) + " to T = "
                        + rounded(first, RoundingMode.CEILING) + " (process: earliest, horizon), or " + others
                : others;
    }

    private static String rounded(double time, RoundingMode towards) {
        return new BigDecimal(time)
                .round(new MathContext(DIGITS, towards))
                .stripTrailingZeros()
                .toPlainString();
    }
}
