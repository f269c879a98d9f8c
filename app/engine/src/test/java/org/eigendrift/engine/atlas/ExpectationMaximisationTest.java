package org.eigendrift.engine.atlas;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.eigendrift.api.CounterRandom;
import org.eigendrift.api.Parallel;
import org.eigendrift.api.Points;
import org.eigendrift.api.RunContext;
import org.eigendrift.api.State;
import org.eigendrift.api.data.Column;
import org.eigendrift.engine.basis.Families;
import org.junit.jupiter.api.Test;

/** Mixtures from rows of known laws. */
class ExpectationMaximisationTest {
    private static final RunContext RUN = RunContext.quiet(5);
    private static final CounterRandom RANDOM = new CounterRandom(11);

    private static final List<Column> REALS = List.of(Column.real("a"), Column.real("b"));

    /** Where the three clusters of {@link #clusters} lie. */
    private static final ChartFrames FRAMES = new ChartFrames(Families.CATALOG);

    private static final double[][] CENTRES = {{-5, 0}, {5, 1}, {0, 8}};

    /** Three correlated normal clusters, far apart, of shares 1/2, 1/4 and 1/4. */
    private static Points clusters(int count) {
        Points points = Points.zeros(2, count);
        for (int n = 0; n < count; n++) {
            double[] centre = CENTRES[Math.max(0, n % 4 - 1)];
            double first = RANDOM.normal(n, 0);
            points.set(0, n, centre[0] + first);
            points.set(1, n, centre[1] + 0.6 * first + 0.8 * RANDOM.normal(n, 1));
        }
        return points;
    }

    private static ChartMixture fit(List<Column> columns, Points rows, int size, int steps, double prior, int threads) {
        ChartCoordinates coordinates = ChartCoordinates.of(columns, rows, Optional.empty(), FRAMES);
        Parallel parallel = new Parallel(threads);
        return new ExpectationMaximisation(coordinates, coordinates.of(rows), prior, RUN, parallel)
                .fit(size, steps, RUN.random(1));
    }

    @Test
    void oneComponentIsTheShrunkSampleLaw() {
        Points rows = clusters(400);
        double prior = 7;
        State state = fit(REALS, rows, 1, 5, prior, 1).state();
        // In coordinates of mean 0 and variance 1 the covariance is (400 R + 7 * 1) / 407, R the correlation.
        double correlation = correlation(rows);
        double diagonal = (400 + prior) / 407;
        double beside = 400 * correlation / 407;
        double[] w = state.get("whitenings");
        double[] covariance = {
            (w[0] * diagonal) * w[0],
            w[0] * (diagonal * w[2] + beside * w[3]),
            w[2] * (diagonal * w[2] + beside * w[3]) + w[3] * (beside * w[2] + diagonal * w[3])
        };
        // Sums of 400 products and the inverse of a well-conditioned factor.
        assertArrayEquals(new double[] {1, 0, 1}, covariance, 1e-12);
        assertArrayEquals(new double[] {0, 0}, state.get("means"), 1e-13);
    }

    private static double correlation(Points rows) {
        double[] mean = new double[2];
        double[][] square = new double[2][2];
        for (int n = 0; n < rows.size(); n++) {
            for (int i = 0; i < 2; i++) {
                mean[i] += rows.get(i, n) / rows.size();
            }
        }
        for (int n = 0; n < rows.size(); n++) {
            for (int i = 0; i < 2; i++) {
                for (int j = 0; j < 2; j++) {
                    square[i][j] += (rows.get(i, n) - mean[i]) * (rows.get(j, n) - mean[j]);
                }
            }
        }
        return square[0][1] / Math.sqrt(square[0][0] * square[1][1]);
    }

    @Test
    void clustersFarApartAreFound() {
        int count = 8000;
        Points rows = clusters(count);
        ChartMixture mixture = fit(REALS, rows, 3, 100, 1e-3, 1);
        assertEquals(3, mixture.size());
        double[][] responsibilities = mixture.responsibilities(Points.ofRows(CENTRES));
        for (int c = 0; c < 3; c++) {
            int own = c;
            double largest = 0;
            double weight = 0;
            for (int k = 0; k < 3; k++) {
                if (responsibilities[k][own] > largest) {
                    largest = responsibilities[k][own];
                    weight = mixture.state().get("weights")[k];
                }
            }
            // Six deviations apart: what another cluster claims at a centre is below exp(-18).
            assertEquals(1, largest, 1e-7);
            // No row is drawn at random here: shares are exact but for the few rows between the clusters.
            assertEquals(c == 0 ? 0.5 : 0.25, weight, 3.0 / count * 10);
        }
    }

    @Test
    void theLikelihoodNeverFalls() {
        Points rows = clusters(1000);
        double before = Double.NEGATIVE_INFINITY;
        for (int steps = 1; steps <= 12; steps++) {
            // With next to no shrinkage the likelihood itself is what every step raises (Dempster, Laird and Rubin,
            // theorem 1); the tolerance is its rounding.
            ChartMixture mixture = fit(REALS, rows, 5, steps, 1e-9, 1);
            double here = mixture.meanLogDensity(mixture.coordinates().of(rows));
            assertTrue(here >= before - 1e-8, "step " + steps + ": " + here + " after " + before);
            before = here;
        }
    }

    /** Eight clusters on a ring, 6 deviations between neighbours; of few first centres, two are often in one of them. */
    @Test
    void allClustersAreFoundFromAnySeed() {
        int count = 4000;
        Points rows = Points.zeros(2, count);
        for (int n = 0; n < count; n++) {
            double angle = Math.PI / 4 * (n % 8);
            rows.set(0, n, 2 * Math.cos(angle) + 0.25 * RANDOM.normal(n, 4));
            rows.set(1, n, 2 * Math.sin(angle) + 0.25 * RANDOM.normal(n, 5));
        }
        ChartCoordinates coordinates = ChartCoordinates.of(REALS, rows, Optional.empty(), FRAMES);
        Points u = coordinates.of(rows);
        Parallel parallel = new Parallel(1);
        ExpectationMaximisation em = new ExpectationMaximisation(coordinates, u, 1, RUN, parallel);
        for (int seed = 0; seed < 20; seed++) {
            double[] weights = em.fit(8, 100, new CounterRandom(seed)).state().get("weights");
            for (double weight : weights) {
                // An eighth of the rows each; the tails beyond 3 deviations, where neighbours meet, are 0.3 % of
                // them.
                assertEquals(0.125, weight, 0.002, "seed " + seed);
            }
        }
    }

    /** 200 clusters of 40 rows in 24 columns: a component needs 26 rows, and of 5,000 rows none had that many. */
    @Test
    void manyComponentsHaveRowsEnoughToBeginWith() {
        int dim = 24;
        int size = 200;
        Points rows = Points.zeros(dim, 40 * size);
        List<Column> columns = new ArrayList<>();
        for (int i = 0; i < dim; i++) {
            columns.add(Column.real("c" + i));
            for (int n = 0; n < rows.size(); n++) {
                rows.set(i, n, 5 * RANDOM.normal(n % size, 100 + i) + RANDOM.normal(n, 200 + i));
            }
        }
        // Centres are 5 sqrt(48) = 35 deviations apart; a few clusters in a thousand draws share a centre all the same.
        assertTrue(fit(columns, rows, size, 3, 1, 2).size() > 0.9 * size);
    }

    @Test
    void aMixtureIsImprovedFromWhereItIs() {
        Points rows = clusters(4000);
        ChartCoordinates coordinates = ChartCoordinates.of(REALS, rows, Optional.empty(), FRAMES);
        Points u = coordinates.of(rows);
        Parallel parallel = new Parallel(1);
        ExpectationMaximisation em = new ExpectationMaximisation(coordinates, u, 1, RUN, parallel);
        ChartMixture begun = em.fit(4, 3, RUN.random(1));
        State whole = em.fit(4, 40, RUN.random(1)).state();
        State continued = em.improve(begun, 37).state();
        for (String name : whole.names()) {
            // The same steps, but for the last one's gain, which the second run does not know before its second.
            assertArrayEquals(whole.get(name), continued.get(name), 0, name);
        }
    }

    @Test
    void anglesAreGroupedAcrossTheirSeam() {
        List<Column> columns = List.of(Column.angle("phi", 0, 360), Column.positive("r"));
        int count = 2000;
        Points rows = Points.zeros(2, count);
        for (int n = 0; n < count; n++) {
            double angle = (n % 2 == 0 ? 0 : 180) + 20 * RANDOM.normal(n, 2);
            rows.set(0, n, angle - 360 * Math.floor(angle / 360));
            rows.set(1, n, Math.exp(RANDOM.normal(n, 3)));
        }
        ChartMixture mixture = fit(columns, rows, 2, 100, 1, 1);
        double[][] r = mixture.responsibilities(
                Points.ofRows(new double[] {359, 1}, new double[] {1, 1}, new double[] {179, 1}));
        int seam = r[0][0] > 0.5 ? 0 : 1;
        // Nine deviations lie between the groups.
        assertEquals(1, r[seam][0], 1e-6);
        assertEquals(1, r[seam][1], 1e-6);
        assertEquals(0, r[seam][2], 1e-6);
        // The deviation of 20 degrees has the standard error 20 / sqrt(2 * 1000); four of them.
        double[] deviations = mixture.state().get("deviations");
        assertEquals(20, Math.toDegrees(deviations[0]), 4 * 20 / Math.sqrt(2000));
        assertEquals(20, Math.toDegrees(deviations[1]), 4 * 20 / Math.sqrt(2000));
    }

    @Test
    void theSameBitsOnAnyNumberOfThreads() {
        Points rows = clusters(9000);
        State one = fit(REALS, rows, 4, 20, 1, 1).state();
        State three = fit(REALS, rows, 4, 20, 1, 3).state();
        for (String name : one.names()) {
            assertArrayEquals(one.get(name), three.get(name), 0, name);
        }
    }

    @Test
    void componentsWithoutRowsAreLeftOut() {
        Points rows = Points.zeros(2, 12);
        for (int n = 0; n < 12; n++) {
            rows.set(0, n, n < 6 ? -1 : 1);
            rows.set(1, n, n % 2);
        }
        ChartMixture mixture = fit(REALS, rows, 6, 20, 1, 1);
        // A component needs dim + 2 = 4 rows: six of two rows each cannot be.
        assertTrue(mixture.size() <= 3, mixture.size() + " components");
    }
}
