package org.eigendrift.engine.gibbs;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Collections;
import org.eigendrift.api.CounterRandom;
import org.eigendrift.api.Points;
import org.eigendrift.api.Progress;
import org.eigendrift.api.RunContext;
import org.eigendrift.engine.basis.Families;
import org.eigendrift.engine.basis.ProductBasis;
import org.junit.jupiter.api.Test;

/** At theta = 0 the covariance of orthonormal functions is the identity and their means are 0: the step is the rows' means. */
class FisherScoringTest {
    private static final ProductBasis BASIS =
            Families.complete(Families.coordinates(Collections.nCopies(2, "hermite"), 2), 2);
    private static final GibbsEnergy NORMAL =
            new GibbsEnergy(BASIS, new double[BASIS.size()], Confinement.none(2), Bounds.NONE);
    private static final double[] MEANS = {0.1, -0.05, 0.02, 0.08, -0.1, 0.03, 0, -0.02};

    private static Points normal(int count) {
        Points z = Points.zeros(2, count);
        CounterRandom random = new CounterRandom(4);
        for (int n = 0; n < count; n++) {
            z.set(0, n, random.normal(n, 0));
            z.set(1, n, random.normal(n, 1));
        }
        return z;
    }

    private static double[] step(Points starts, int threads) {
        return new FisherScoring(BASIS, MEANS, starts, new RunContext(7, threads, Progress.NONE, () -> false))
                .step(NORMAL);
    }

    @Test
    void fromThePriorTheStepIsTheMeans() {
        Points starts = normal(16_000);
        double[] step = step(starts, 2);
        assertEquals(BASIS.size(), MEANS.length);
        for (int a = 0; a < step.length; a++) {
            // Five standard errors of a mean over 16,000 walks, and as much for covariances of functions of degree 2,
            // whose
            // products have a variance of up to 15 (the eighth moment of a normal number), times the means.
            assertEquals(MEANS[a], step[a], 5 / Math.sqrt(16_000) * (1 + Math.sqrt(15) * 0.17));
        }
    }

    /** Walks go on: a second step under the same law is the same but for noise, and draws are of that law, elsewhere than before. */
    @Test
    void walksGoOn() {
        Points starts = normal(16_000);
        FisherScoring scoring = new FisherScoring(BASIS, MEANS, starts, RunContext.quiet(7));
        double[] first = scoring.step(NORMAL);
        Points draws = scoring.draws(NORMAL);
        double[] second = scoring.step(NORMAL);
        for (int a = 0; a < first.length; a++) {
            // As above, for a difference of two.
            assertEquals(first[a], second[a], 8 / Math.sqrt(16_000) * (1 + Math.sqrt(15) * 0.17));
        }
        double square = 0;
        double apart = 0;
        for (int n = 0; n < draws.size(); n++) {
            square += draws.get(1, n) * draws.get(1, n) / draws.size();
            apart += Math.abs(draws.get(1, n) - starts.get(1, n)) / draws.size();
        }
        // Five standard errors of a mean square, whose terms have a variance of 2; independent draws are 2 / sqrt(pi)
        // apart.
        assertEquals(1, square, 5 * Math.sqrt(2.0 / 16_000));
        assertEquals(2 / Math.sqrt(Math.PI), apart, 0.1);
    }

    @Test
    void theSameStepOnAnyNumberOfThreadsAndStartsStay() {
        Points starts = normal(3_000);
        double[] before = starts.values().clone();
        assertArrayEquals(step(starts, 1), step(starts, 3));
        assertArrayEquals(before, starts.values());
    }

    @Test
    void manyFunctionsNeedManyWalks() {
        assertTrue(FisherScoring.possible(BASIS, 256));
        assertFalse(FisherScoring.possible(BASIS, 255));
    }
}
