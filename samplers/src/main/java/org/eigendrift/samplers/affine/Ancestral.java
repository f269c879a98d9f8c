package org.eigendrift.samplers.affine;

import org.eigendrift.api.score.AffineProcess;
import org.eigendrift.samplers.program.Level;
import org.eigendrift.samplers.program.Lin;

/**
 * An ancestral step: down to a level below the next one without noise, then up to it with noise. In ratios r = sigma /
 * alpha from r_s to r_t: up = min(r_t, eta r_t sqrt(1 - r_t^2 / r_s^2)), down = sqrt(r_t^2 - up^2).
 *
 * @param level where the noiseless part ends
 * @param up ratio of the noise
 */
record Ancestral(Level level, double up) {

    /** The step from a level to another; the noiseless part does not go beyond a last level. */
    static Ancestral of(AffineProcess process, Level from, Level to, Level last, double eta) {
        if (eta == 0 || to.clean()) {
            return new Ancestral(to, 0);
        }
        double up = up(from.ratio(), to.ratio(), eta);
        double down = Math.sqrt(to.ratio() * to.ratio() - up * up);
        if (down <= last.ratio()) {
            double left = Math.sqrt(to.ratio() * to.ratio() - last.ratio() * last.ratio());
            return new Ancestral(last, left);
        }
        return new Ancestral(Level.atRatio(process, down), up);
    }

    /** As above with no last level but 0. */
    static Ancestral of(AffineProcess process, Level from, Level to, double eta) {
        return of(process, from, to, Level.at(process, 0), eta);
    }

    private static double up(double from, double to, double eta) {
        double share = to / from;
        return Math.min(to, eta * to * Math.sqrt(1 - share * share));
    }

    /** The state at {@code to} from the one at {@link #level()}. */
    Lin raise(Lin x, Level to, Lin noise) {
        return x.times(to.alpha() / level.alpha()).plus(noise.times(to.alpha() * up));
    }
}
