package org.eigendrift.engine.conditional;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.IntStream;
import org.eigendrift.api.Points;
import org.eigendrift.api.RunContext;
import org.eigendrift.api.law.Conditional;
import org.eigendrift.api.law.DrawRequest;
import org.eigendrift.api.law.Evidence;
import org.eigendrift.api.law.Evidence.Condition;
import org.junit.jupiter.api.Test;

/** A normal law of five columns, of which two are known: what its particles find by a sketch that is wrong. */
class SketchedTest {
    private static final RunContext RUN = RunContext.quiet(5);
    private static final int DIM = 5;
    private static final double SAME = 0.95;

    /** A long, thin law: deviations 1, each two columns with this correlation. */
    private static final NormalMixture LAW = new NormalMixture(
            new double[] {1, 0}, new double[2][DIM], new double[][] {correlated(1, SAME), correlated(1, SAME)});

    private static double[] correlated(double variance, double correlation) {
        double[] covariance = new double[DIM * DIM];
        Arrays.setAll(covariance, k -> k % (DIM + 1) == 0 ? variance : variance * correlation);
        return covariance;
    }

    /** Half a deviation away, wider, and 7 nats too large. */
    private static double[] wrong(Points x, RunContext run) {
        double[] mean = new double[DIM];
        Arrays.fill(mean, 0.1);
        double[] covariance = correlated(1.2, 0.94);
        return IntStream.range(0, x.size())
                .mapToDouble(n -> 7 + NormalMixture.logNormal(x.row(n), mean, covariance))
                .toArray();
    }

    private static Evidence evidence() {
        return Evidence.of(new Condition.Equal(0, 1.5), new Condition.Equal(3, 0.5));
    }

    /** The regression on x0 + x3, of variance 2 (1 + r), with covariance 2 r. */
    private static final double MEAN = 2 * SAME / (2 * (1 + SAME)) * 2;

    private static final double VARIANCE = 1 - 4 * SAME * SAME / (2 * (1 + SAME));

    private static double logEvidence() {
        return NormalMixture.logNormal(new double[] {1.5, 0.5}, new double[] {0, 0}, new double[] {1, SAME, SAME, 1});
    }

    private static void assertRight(Conditional given) {
        assertEquals(
                logEvidence(),
                given.certainty().logProbability(),
                5 * given.certainty().error());
        assertTrue(given.certainty().error() < 0.1, given.certainty().toString());
        double effective = given.certainty().effectiveSampleSize();
        // More rows than particles: some walk on.
        Points rows = given.draw(DrawRequest.of(3000), RUN).rows();
        for (int column : new int[] {1, 2, 4}) {
            double[] x = rows.column(column);
            double mean = Arrays.stream(x).average().orElseThrow();
            double square =
                    Arrays.stream(x).map(v -> (v - MEAN) * (v - MEAN)).average().orElseThrow();
            // Five standard errors; of a normal law the square's variance is twice its square.
            assertEquals(MEAN, mean, 5 * Math.sqrt(VARIANCE / effective), "mean of x" + column);
            assertEquals(VARIANCE, square, 5 * VARIANCE * Math.sqrt(2 / effective), "variance of x" + column);
        }
    }

    @Test
    void aSketchThatIsWrongChangesNoAnswer() {
        AtomicLong asked = new AtomicLong();
        Conditional given = LAW.conditioner(SketchedTest::wrong, asked, RUN).given(evidence(), 500);
        assertRight(given);
    }

    /** Of a law far from where rows are looked for a sketch saves what finding it asks; the answer is a function of the seed alone. */
    @Test
    void theDensityIsAskedLessOftenThanWithout() {
        Evidence far = Evidence.of(new Condition.Equal(0, 6), new Condition.Equal(3, -6));
        AtomicLong with = new AtomicLong();
        AtomicLong without = new AtomicLong();
        Conditional given = LAW.conditioner(SketchedTest::wrong, with, RUN).given(far, 200);
        long first = with.get();
        LAW.conditioner((x, run) -> new double[x.size()], without, RUN).given(far, 200);
        assertTrue(2 * first < without.get(), first + " and " + without.get());
        Conditional again = LAW.conditioner(SketchedTest::wrong, with, RUN).given(far, 200);
        assertEquals(given.certainty(), again.certainty());
        assertEquals(2 * first, with.get());
    }

    /** A sketch with its only mass elsewhere is not followed. */
    @Test
    void aSketchThatLeadsAstrayIsLeft() {
        Conditional given = LAW.conditioner(
                        (x, run) -> IntStream.range(0, x.size())
                                .mapToDouble(n -> -50 * (x.get(1, n) - 9) * (x.get(1, n) - 9) + 100)
                                .toArray(),
                        new AtomicLong(),
                        RUN)
                .given(evidence(), 500);
        assertRight(given);
    }
}
