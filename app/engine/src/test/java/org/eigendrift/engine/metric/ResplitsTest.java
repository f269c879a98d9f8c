package org.eigendrift.engine.metric;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.eigendrift.api.CounterRandom;
import org.eigendrift.api.Parallel;
import org.eigendrift.api.Points;
import org.eigendrift.api.metric.Figure;
import org.eigendrift.api.metric.MetricProvider;
import org.eigendrift.contract.GivenEvaluation;
import org.junit.jupiter.api.Test;

/** Floors' intervals: the fast ways against plain evaluation of every division, and their coverage. */
class ResplitsTest {
    private static final int FIRST = 90;

    private static Points normal(int size, long seed) {
        CounterRandom random = new CounterRandom(seed);
        Points points = Points.zeros(2, size);
        for (int n = 0; n < size; n++) {
            points.set(0, n, random.normal(n, 0));
            points.set(1, n, random.normal(n, 1) + 0.5 * points.get(0, n));
        }
        return points;
    }

    @Test
    void everyDivisionHasTheWantedSizesAndAllRows() {
        Points pool = normal(150, 1);
        Resplits resplits = new Resplits(FIRST, 60, 20);
        double[] all = pool.column(0);
        Arrays.sort(all);
        double[] chosen = new double[150];
        for (int split = 0; split < 20; split++) {
            Points x = resplits.rows(pool, split, true);
            Points y = resplits.rows(pool, split, false);
            assertEquals(FIRST, x.size());
            assertEquals(60, y.size());
            double[] together = Arrays.copyOf(x.column(0), 150);
            System.arraycopy(y.column(0), 0, together, FIRST, 60);
            Arrays.sort(together);
            assertEquals(0, Arrays.compare(all, together));
            for (int n = 0; n < 150; n++) {
                chosen[n] += resplits.members(split)[n];
            }
        }
        // Each row is chosen Binomial(20, 0.6) times: 0 or 20 times all 150 has a chance below 0.006.
        assertTrue(Arrays.stream(chosen).allMatch(c -> c > 0 && c < 20), Arrays.toString(chosen));
    }

    @Test
    void workLimitsTheNumberOfDivisions() {
        assertEquals(50, Resplits.affordable(1e6));
        assertEquals(25, Resplits.affordable(4e7));
        assertEquals(0, Resplits.affordable(1e8));
        // Without an interval the floor remains.
        Figure figure = new SampleComparison(normal(50, 1), normal(50, 2), Optional.of(normal(50, 3)))
                .distance("fourth_moment_relative_error", FourthMoment::relativeError, 1e9);
        assertTrue(figure.floor().isPresent());
        assertEquals(Optional.empty(), figure.interval());
    }

    @Test
    void pairStatisticOfDivisions() {
        Points pool = normal(150, 2);
        Resplits resplits = new Resplits(FIRST, 60, 20);
        for (int threads = 1; threads <= 3; threads++) {
            Parallel parallel = new Parallel(threads);
            PairStatistic statistic = new PairStatistic(square -> Math.exp(-square / 3), threads);
            double[] values = statistic.resplit(pool, FIRST, resplits, parallel);
            for (int split = 0; split < 20; split++) {
                double expected =
                        statistic.value(resplits.rows(pool, split, true), resplits.rows(pool, split, false), parallel);
                // Sums of 10^4 terms of at most 1, over 10^3 pairs or more.
                assertEquals(expected, values[split], 1e-12);
            }
        }
    }

    @Test
    void slicedDistanceOfDivisions() {
        Points pool = normal(150, 3);
        // A row twice: ties must not matter.
        pool.set(0, 7, pool.get(0, 8));
        pool.set(1, 7, pool.get(1, 8));
        Resplits resplits = new Resplits(FIRST, 60, 20);
        double[][] directions = SlicedWasserstein.directions(2, 11);
        Parallel parallel = new Parallel(2);
        double[] values = SlicedWasserstein.resplit(pool, resplits, directions, parallel);
        for (int split = 0; split < 20; split++) {
            double expected = SlicedWasserstein.root(
                    SlicedWasserstein.costs(
                            List.of(resplits.rows(pool, split, true)),
                            resplits.rows(pool, split, false),
                            directions,
                            parallel)[0]);
            // The order of values that agree to 4e-9 is left open.
            assertEquals(expected, values[split], 1e-7);
        }
    }

    /**
     * Where samples, training and held-out rows have one law, the floor is a further draw from the law whose middle
     * nine tenths the interval estimates. With 50 divisions it should hold about 0.88 of 100 floors (the third of 50
     * values at each end is 0.059 on average); fewer than 75 or all 100 have a chance below 1e-3 each.
     */
    @Test
    void intervalsHoldNineTenthsOfFloors() {
        assertEquals(88, inside(new MaximumMeanDiscrepancy(), "mmd"), 12);
        assertEquals(88, inside(new SlicedWasserstein(), "sliced_wasserstein"), 12);
        assertEquals(88, inside(new SecondMoment(), "second_moment_relative_error"), 12);
    }

    private static int inside(MetricProvider<?> metric, String name) {
        int inside = 0;
        for (int draw = 0; draw < 100; draw++) {
            GivenEvaluation evaluation =
                    GivenEvaluation.of(normal(40, 7000 + draw), normal(40, 8000 + draw), normal(50, 9000 + draw));
            Figure figure = SampleMetricsTest.figure(metric, evaluation, name);
            double floor = figure.floor().orElseThrow();
            double low = figure.interval().orElseThrow().low();
            double high = figure.interval().orElseThrow().high();
            assertTrue(low < high, figure.toString());
            inside += floor >= low && floor <= high ? 1 : 0;
        }
        return inside;
    }
}
