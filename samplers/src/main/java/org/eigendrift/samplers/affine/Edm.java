package org.eigendrift.samplers.affine;

import org.eigendrift.samplers.program.Level;
import org.eigendrift.samplers.program.Lin;

/**
 * The samplers of EDM (Karras et al., 2206.00364, algorithm 2), in v = x / alpha as a function of r = sigma / alpha.
 */
final class Edm {
    private Edm() {}

    /** The second evaluation of a step. */
    enum Second {
        /** None: Euler. */
        NONE,
        /** At the end: Heun. */
        HEUN,
        /** At the geometric mean: midpoint. */
        MIDPOINT
    }

    /** Writes the sampler; the step to sigma = 0 is always Euler's, which is the denoised point. */
    static void write(Script s, Churn churn, Second second) {
        Lin v = s.input().times(1 / s.level(0).alpha());
        s.state(0, s.level(0), s.input());
        for (int i = 0; i < s.steps(); i++) {
            Level from = s.level(i);
            Level to = s.level(i + 1);
            double gamma = churn.gamma(from, s.steps());
            double hat = from.ratio() * (1 + gamma);
            Lin noisy = v;
            if (churn.churn() > 0 && (gamma > 0 || !churn.published())) {
                double deviation = churn.noise() * from.ratio() * Math.sqrt(gamma * (2 + gamma));
                noisy = s.keep(v.plus(s.noise(i, 0).times(deviation)));
            }
            Level start = gamma > 0 ? Level.atRatio(s.process(), hat) : from;
            Lin slope = churn.published() ? s.epsilonOfScaled(from, v) : s.epsilonOfScaled(start, noisy);
            v = step(s, second, noisy, slope, start, to);
            v = s.state(i + 1, to, v.times(to.alpha())).times(1 / to.alpha());
        }
    }

    private static Lin step(Script s, Second second, Lin v, Lin slope, Level from, Level to) {
        double width = to.ratio() - from.ratio();
        Lin euler = v.plus(slope.times(width));
        if (to.clean()) {
            return euler;
        }
        return switch (second) {
            case NONE -> euler;
            case HEUN -> v.plus(slope.plus(s.epsilonOfScaled(to, euler)).times(0.5 * width));
            case MIDPOINT -> {
                Level middle = Level.atLambda(s.process(), 0.5 * (from.lambda() + to.lambda()));
                Lin inner = v.plus(slope.times(middle.ratio() - from.ratio()));
                yield v.plus(s.epsilonOfScaled(middle, inner).times(width));
            }
        };
    }
}
