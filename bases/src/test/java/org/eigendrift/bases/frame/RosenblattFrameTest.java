package org.eigendrift.bases.frame;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.commons.numbers.gamma.InverseErfc;
import org.eigendrift.api.CounterRandom;
import org.eigendrift.api.InputException;
import org.eigendrift.api.Points;
import org.eigendrift.api.RunContext;
import org.eigendrift.api.State;
import org.eigendrift.api.data.Column;
import org.eigendrift.api.data.Dataset;
import org.eigendrift.api.data.InMemory;
import org.eigendrift.api.frame.Frame;
import org.eigendrift.api.frame.FrameContext;
import org.eigendrift.api.frame.FrameProvider;
import org.eigendrift.contract.FrameContract;
import org.junit.jupiter.api.Test;

class RosenblattFrameTest extends FrameContract<RosenblattFrame.Options> {
    private static final int ROUTES = 50;

    /**
     * Routes and times: each of 50 intervals of the first score, not of equal mass, has a tenth of the day in which the
     * third lies; the second is independent, the fourth an angle.
     */
    private static Dataset timetable(int seed, int rows) {
        CounterRandom random = new CounterRandom(seed);
        Points points = Points.zeros(4, rows);
        for (int n = 0; n < rows; n++) {
            double u = random.uniform(n, 0);
            points.set(0, n, score(u));
            points.set(1, n, random.normal(n, 1));
            points.set(2, n, score(0.1 * (hour(u) + random.uniform(n, 2))));
            points.set(3, n, random.uniform(n, 3));
        }
        return new InMemory(
                List.of(Column.real("route"), Column.real("delay"), Column.real("time"), Column.angle("a", 0, 1)),
                points);
    }

    private static int hour(double u) {
        return 7 * (int) (ROUTES * u * u) % 10;
    }

    private static double score(double u) {
        return -Math.sqrt(2) * InverseErfc.value(2 * u);
    }

    @Override
    protected FrameProvider<RosenblattFrame.Options> provider() {
        return new RosenblattFrame();
    }

    @Override
    protected Dataset data() {
        return timetable(1, 3000);
    }

    /** Small, so that differences see one interval only. */
    @Override
    protected double differenceStep() {
        return 1e-7;
    }

    /** Where a density is a thousandth, scores are known to a thousand times their rounding. */
    @Override
    protected double inverseTolerance() {
        return 1e-10;
    }

    private static Frame fit(Dataset data) {
        return new RosenblattFrame()
                .create(new RosenblattFrame.Options(List.of()), new FrameContext(data, RunContext.quiet(1)));
    }

    /** Only the time depends on anything, and on the route. */
    @Test
    void theRightColumnIsFound() {
        assertArrayEquals(
                new double[] {-1, -1, 0, -1}, fit(timetable(1, 3000)).state().get("given", 4));
    }

    /**
     * Of the log 10 nats that routes tell about times, what is lost falls with rows: some 50 edges of routes, each halved log2(n)
     * times, at log(n) / (2 n) nats a halving for itself and ten cells on either side, known to 1 / (2 n) each.
     */
    @Test
    void aTimetableIsLearnt() {
        for (int rows : new int[] {3_000, 30_000, 300_000}) {
            Frame frame = fit(timetable(1, rows));
            Points held = InMemory.read(timetable(2, 10_000), 10_000);
            Points z = Points.zeros(4, held.size());
            double[] jacobian = new double[held.size()];
            frame.forward(held, z, jacobian);
            double sum = 0;
            for (int n = 0; n < held.size(); n++) {
                double image = z.get(2, n);
                double score = held.get(2, n);
                sum += Math.log(10) - (jacobian[n] - 0.5 * image * image + 0.5 * score * score);
            }
            double lost = sum / held.size();
            double bound = ROUTES * Math.log(rows) / Math.log(2) * (0.5 * Math.log(rows) + 10) / rows;
            assertTrue(lost > -0.01 && lost < bound, rows + " rows: " + lost + " of " + bound);
        }
    }

    /** Draws through the inverse have the law of the rows: nine tenths of a route's times in its own tenth. */
    @Test
    void drawsFollowTheTimetable() {
        Frame frame = fit(timetable(1, 100_000));
        Points z = Points.zeros(4, 10_000);
        CounterRandom random = new CounterRandom(9);
        for (int n = 0; n < z.size(); n++) {
            for (int i = 0; i < 3; i++) {
                z.set(i, n, random.normal(n, i));
            }
        }
        Points x = Points.zeros(4, z.size());
        frame.inverse(z, x);
        int right = 0;
        for (int n = 0; n < x.size(); n++) {
            double u = share(x.get(0, n));
            right += (int) (10 * share(x.get(2, n))) == hour(u) ? 1 : 0;
        }
        assertTrue(right > 9_000, right + " of 10,000");
    }

    private static double share(double score) {
        return 0.5 * org.apache.commons.numbers.gamma.Erfc.value(-score / Math.sqrt(2));
    }

    @Test
    void independentColumnsPass() {
        Dataset data = Tables.random(List.of(Column.real("a"), Column.real("b"), Column.real("c")), 5000);
        Frame frame = fit(data);
        Points x = InMemory.read(data, 5000);
        Points z = Points.zeros(3, 5000);
        double[] jacobian = new double[5000];
        frame.forward(x, z, jacobian);
        assertArrayEquals(x.values(), z.values());
        assertArrayEquals(new double[5000], jacobian);
    }

    @Test
    void aDamagedStateIsRefused() {
        State state = fit(data()).state();
        assertDamaged(state, "given", 2, 2);
        assertDamaged(state, "intervals", 2, 1e6);
        assertDamaged(state, "interval_starts", 0, 0.1);
        assertDamaged(state, "cells", 0, 0);
        assertDamaged(state, "heights", 0, -1);
    }

    private void assertDamaged(State state, String name, int place, double value) {
        Map<String, double[]> arrays = new HashMap<>();
        state.names().forEach(array -> arrays.put(array, state.get(array)));
        arrays.get(name)[place] = value;
        String message = assertThrows(
                        InputException.class, () -> provider().restore(options(), data().columns(), State.of(arrays)))
                .getMessage();
        assertTrue(message.contains("damaged"), message);
    }

    @Test
    void chosenColumnsMustBeReal() {
        Dataset data = data();
        String message = assertThrows(
                        InputException.class,
                        () -> new RosenblattFrame()
                                .create(
                                        new RosenblattFrame.Options(List.of("a")),
                                        new FrameContext(data, RunContext.quiet(1))))
                .getMessage();
        assertEquals(
                "frame 'rosenblatt', option columns: column 'a' is angle, which this frame passes through unchanged; leave it"
                        + " out",
                message);
    }
}
