package org.eigendrift.samplers.affine;

import org.eigendrift.samplers.program.Level;
import org.eigendrift.samplers.program.Lin;

/** Which of the model's outputs an exponential integrator interpolates. */
public enum Prediction {
    /** The denoised point E[x_0 | x]. */
    DATA,
    /** The noise epsilon. */
    NOISE;

    /** Evaluates the output. */
    Lin output(Script s, Level level, Lin x) {
        Lin epsilon = s.epsilon(level, x);
        return this == NOISE ? epsilon : s.keep(Script.denoised(level, x, epsilon));
    }

    /** The output of the other kind is never needed but for the last step to sigma = 0: the denoised point. */
    Lin denoised(Level level, Lin x, Lin output) {
        return this == DATA ? output : Script.denoised(level, x, output);
    }
}
