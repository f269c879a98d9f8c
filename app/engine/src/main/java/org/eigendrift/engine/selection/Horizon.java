package org.eigendrift.engine.selection;

import java.util.List;
import java.util.Locale;
import org.eigendrift.api.law.Decision;

/**
 * When the forward process has forgotten the data, so that draws may start from the stationary law.
 *
 * @param time T
 */
public record Horizon(double time) {
    /** KL divergence, in nats, that starting from the stationary law may cost. */
    private static final double TOLERANCE = 1e-5;

    private static final double SHORTEST = 3;

    /** The latest horizon. */
    public static final double LONGEST = 12;

    /**
     * The horizon that moments ask for. The chi-squared divergence of p_T from pi is the sum of exp(-2 lambda T) m^2 over
     * the functions; half of it is the KL divergence to leading order. Once the slowest functions, of rate 1, alone are
     * left it falls as exp(-2T): it is followed that way from T = 1 on.
     *
     * @param rates lambda of every function, each at least 1; not modified
     * @param moments m of every function; not modified
     * @return a horizon from 3 to {@link #LONGEST}
     */
    public static Horizon of(double[] rates, double[] moments) {
        double slow = 0;
        for (int a = 0; a < rates.length; a++) {
            slow += moments[a] * moments[a] * Math.exp(2 - 2 * rates[a]);
        }
        return new Horizon(Math.max(SHORTEST, Math.min(LONGEST, 0.5 * Math.log(slow / (2 * TOLERANCE)))));
    }

    /**
     * What was chosen.
     *
     * @return the horizon and why
     */
    public Decision decision() {
        return new Decision(
                "T",
                String.format(Locale.ROOT, "%.3g", time),
                List.of(),
                String.format(Locale.ROOT, "starting from the stationary law costs less than %.0e nats", TOLERANCE));
    }
}
