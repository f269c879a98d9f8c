package org.eigendrift.engine.conditional;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.Optional;
import org.eigendrift.api.InputException;
import org.eigendrift.api.NumericalException;
import org.eigendrift.api.Points;
import org.eigendrift.api.RunContext;
import org.eigendrift.api.law.Certainty;
import org.eigendrift.api.law.Conditional;
import org.eigendrift.api.law.DrawRequest;
import org.eigendrift.api.law.Evidence;
import org.eigendrift.api.law.Evidence.Condition;
import org.junit.jupiter.api.Test;

/** Rows of a standard normal column that meet a condition, taken as they come. */
class GivenAcceptedTest {
    private static final NormalMixture LAW =
            new NormalMixture(new double[] {1}, new double[][] {{0}}, new double[][] {{1}});
    private static final RunContext RUN = RunContext.quiet(8);
    private static final double INFINITY = Double.POSITIVE_INFINITY;
    private static final Evidence ABOVE = Evidence.of(new Condition.Within(0, 0, INFINITY));

    private static Points pilots(int above, int below) {
        double[] values = new double[above + below];
        Arrays.fill(values, 0, above, 1);
        Arrays.fill(values, above, values.length, -1);
        return Points.wrap(1, values.length, values);
    }

    /** A hundred of 400: the probability is 1/4 to a share of sqrt(1/100 - 1/400). */
    @Test
    void aHundredPilotsAreEnough() {
        assertEquals(Optional.empty(), GivenAccepted.of(LAW, pilots(99, 301), ABOVE));
        Certainty certainty =
                GivenAccepted.of(LAW, pilots(100, 300), ABOVE).orElseThrow().certainty();
        assertEquals(Math.log(0.25), certainty.logProbability(), 1e-15);
        assertEquals(Math.sqrt(0.01 - 0.0025), certainty.error(), 1e-15);
        assertEquals(INFINITY, certainty.effectiveSampleSize());
        assertEquals(1, certainty.rHat());
    }

    @Test
    void drawsAreTheRowsOfTheLawThatMeetTheCondition() {
        Conditional given = GivenAccepted.of(LAW, pilots(200, 200), ABOVE).orElseThrow();
        double[] all = Arrays.stream(LAW.draw(DrawRequest.of(1000), RUN).rows().column(0))
                .filter(x -> x >= 0)
                .toArray();
        assertTrue(all.length > 400, "rows " + all.length);
        assertArrayEquals(
                Arrays.copyOf(all, 300),
                given.draw(DrawRequest.of(300), RUN).rows().column(0));
        assertArrayEquals(
                Arrays.copyOfRange(all, 100, 300),
                given.draw(new DrawRequest(100, 200, Optional.empty()), RUN)
                        .rows()
                        .column(0));
    }

    /** Pilots that were luckier than the law is: more are drawn until there are enough. */
    @Test
    void wherePilotsWereLuckyMoreAreTried() {
        Evidence rare = Evidence.of(new Condition.Within(0, 1.5, INFINITY));
        Conditional given =
                GivenAccepted.of(LAW, Points.wrap(1, 100, pilotsAt(2)), rare).orElseThrow();
        double[] found = given.draw(DrawRequest.of(500), RUN).rows().column(0);
        assertEquals(500, found.length);
        double[] all = Arrays.stream(
                        LAW.draw(DrawRequest.of(20_000), RUN).rows().column(0))
                .filter(x -> x >= 1.5)
                .limit(500)
                .toArray();
        assertArrayEquals(all, found);
    }

    private static double[] pilotsAt(double value) {
        double[] values = new double[100];
        Arrays.fill(values, value);
        return values;
    }

    @Test
    void moreThanCanBeDrawnIsRefused() {
        // One of 1.5 million pilots would take 1.1 * 1e6 / 0.0001 draws for a million rows.
        Conditional given = GivenAccepted.of(LAW, pilots(100, 999_900), ABOVE).orElseThrow();
        String message = assertThrows(NumericalException.class, () -> given.draw(DrawRequest.of(1_000_000), RUN))
                .getMessage();
        assertEquals(
                "1000000 rows given the evidence need more than 11000000010 draws of the law: ask for fewer", message);
    }

    /** On a law that is given already the probabilities multiply, and of its effective draws as many are left as were accepted. */
    @Test
    void aConditionOnALawThatIsGiven() {
        Conditional before = GivenAccepted.of(LAW, pilots(100, 300), ABOVE).orElseThrow();
        Evidence evidence = Evidence.of(new Condition.Within(0, 0, 0.6744897501960817));
        Certainty both =
                GivenAccepted.of(LAW, Optional.of(before), evidence, RUN).certainty();
        // Half of the normal law above 0 lies below its quartile: 2,048 of 4,096 pilots with a deviation of 32.
        double accepted = 4096 * Math.exp(both.logProbability() - Math.log(0.25));
        assertEquals(2048, accepted, 5 * 32);
        assertEquals(Math.hypot(Math.sqrt(0.0075), Math.sqrt(1 / accepted - 1.0 / 4096)), both.error(), 1e-12);
        assertEquals(INFINITY, both.effectiveSampleSize());
        Certainty alone = GivenAccepted.of(LAW, Optional.empty(), ABOVE, RUN).certainty();
        assertEquals(Math.log(0.5), alone.logProbability(), 5 * alone.error());
        String message = assertThrows(
                        InputException.class,
                        () -> GivenAccepted.of(
                                LAW, Optional.empty(), Evidence.of(new Condition.Within(0, 4, INFINITY)), RUN))
                .getMessage();
        assertTrue(message.startsWith("the condition has no mass, or too little: 0 of 4096 rows"), message);
    }
}
