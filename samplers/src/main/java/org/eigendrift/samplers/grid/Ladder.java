package org.eigendrift.samplers.grid;

import java.util.function.DoubleUnaryOperator;
import org.eigendrift.api.InputException;
import org.eigendrift.api.score.AffineProcess;
import org.eigendrift.api.score.DiffusionProcess;
import org.eigendrift.samplers.program.Level;

/** Arithmetic progressions in a coordinate other than t. */
final class Ladder {
    private Ladder() {}

    /** Times whose images under {@code forth} are in arithmetic progression; {@code back} is its inverse. */
    static double[] even(double first, double last, int steps, DoubleUnaryOperator forth, DoubleUnaryOperator back) {
        double from = forth.applyAsDouble(first);
        double to = forth.applyAsDouble(last);
        double[] times = new double[steps + 1];
        for (int i = 0; i <= steps; i++) {
            times[i] = back.applyAsDouble(from + (to - from) * i / steps);
        }
        times[0] = first;
        times[steps] = last;
        return times;
    }

    /** As {@link #even}, in a coordinate of the ratio sigma / alpha. */
    static double[] evenInRatio(AffineProcess p, int steps, DoubleUnaryOperator forth, DoubleUnaryOperator back) {
        return even(
                p.horizon(),
                p.earliest(),
                steps,
                t -> forth.applyAsDouble(Level.at(p, t).ratio()),
                u -> Level.atRatio(p, back.applyAsDouble(u)).t());
    }

    static AffineProcess affine(String grid, DiffusionProcess process) {
        return process.affine()
                .orElseThrow(() -> new InputException("grid " + grid
                        + " needs a process with alpha and sigma, this one has none;"
                        + " grids that fit: uniform, quadratic, geometric, list"));
    }

    static double positive(String grid, DiffusionProcess process) {
        if (process.earliest() > 0) {
            return process.earliest();
        }
        throw new InputException("grid " + grid + " needs t_min above 0, the process has " + process.earliest()
                + "; grids that fit: uniform, quadratic, list");
    }
}
