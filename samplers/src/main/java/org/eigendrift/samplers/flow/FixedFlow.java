package org.eigendrift.samplers.flow;

import org.eigendrift.samplers.program.Lagrange;
import org.eigendrift.samplers.program.Lin;
import org.eigendrift.samplers.program.Program;
import org.eigendrift.samplers.program.Tableau;

/** Writes the integration of the probability flow over given times, in either direction. */
final class FixedFlow {
    private FixedFlow() {}

    /** One Runge-Kutta step for each interval. The velocity is dx/d(-t). */
    static Program rungeKutta(Tableau tableau, double[] times) {
        Program.Builder p = new Program.Builder();
        Lin x = p.state(0, times[0], p.input());
        for (int i = 1; i < times.length; i++) {
            Lin next = tableau.step(x, -times[i - 1], -times[i], (s, y) -> p.velocity(-s, y));
            x = p.state(i, times[i], next);
        }
        return p.build();
    }

    /**
     * The steps of a pair, with the states told at other times than the steps': those between the ends of a step by the
     * pair's dense output. A step without such times costs what it costs without dense output; the others need the
     * velocity at their end, which is the next step's first stage, and the further stages of the dense output.
     *
     * @param pair the pair
     * @param ladder ends of the steps, strictly monotone
     * @param told times told, strictly monotone, from the ladder's first to its last
     */
    static Program rungeKutta(EmbeddedPair pair, double[] ladder, double[] told) {
        Program.Builder p = new Program.Builder();
        Lin x = p.state(0, told[0], p.input());
        Lin first = p.velocity(ladder[0], x);
        int next = 1;
        for (int i = 1; i < ladder.length; i++) {
            double from = -ladder[i - 1];
            double to = -ladder[i];
            Lin known = first;
            Tableau.Slope slope = (s, y) -> s == from ? known : p.velocity(-s, y);
            Lin[] stages = pair.tableau().slopes(x, from, to, slope);
            Lin end = p.point(pair.tableau().advance(x, to - from, stages));
            int inside = next;
            while ((to + told[inside]) * (to - from) > 0) {
                inside++;
            }
            if (inside > next || i < ladder.length - 1) {
                first = p.velocity(ladder[i], end);
            }
            if (inside > next) {
                Lin[] slopes = pair.dense().slopes(x, from, to, stages, first, slope);
                for (; next < inside; next++) {
                    double theta = (-told[next] - from) / (to - from);
                    p.state(
                            next,
                            told[next],
                            pair.dense().at(theta, x, to - from, pair.tableau().b(), slopes));
                }
            }
            x = told[next] == ladder[i] ? p.state(next++, ladder[i], end) : end;
        }
        return p.build();
    }

    /**
     * Adams-Bashforth with the exact weights of the uneven grid: the integral of the polynomial through the last
     * {@code order} velocities. The first order - 1 steps are the classical Runge-Kutta method's.
     */
    static Program adamsBashforth(int order, double[] times) {
        Program.Builder p = new Program.Builder();
        Lin x = p.state(0, times[0], p.input());
        Lin[] velocities = new Lin[times.length];
        for (int i = 1; i < times.length; i++) {
            Lin first = p.velocity(times[i - 1], x);
            velocities[i - 1] = first;
            Lin next = x;
            if (i < order) {
                double start = -times[i - 1];
                // The first stage is the velocity at hand.
                next = Tableau.RK4.step(x, start, -times[i], (s, y) -> s == start ? first : p.velocity(-s, y));
            } else {
                double[] nodes = new double[order];
                for (int j = 0; j < order; j++) {
                    nodes[j] = -times[i - 1 - j];
                }
                double[] weights = Lagrange.integrals(nodes, -times[i - 1], -times[i], 1, s -> 1);
                for (int j = 0; j < order; j++) {
                    next = next.plus(velocities[i - 1 - j].times(weights[j]));
                }
            }
            x = p.state(i, times[i], next);
        }
        return p.build();
    }
}
