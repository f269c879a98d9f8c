package org.eigendrift.engine.conditional;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.Optional;
import org.eigendrift.api.InputException;
import org.eigendrift.api.Points;
import org.eigendrift.api.Progress;
import org.eigendrift.api.RunContext;
import org.eigendrift.api.law.Conditional;
import org.eigendrift.api.law.DrawRequest;
import org.eigendrift.api.law.Evidence;
import org.eigendrift.api.law.Evidence.Condition;
import org.junit.jupiter.api.Test;

class ConditioningTest {
    private static final RunContext RUN = RunContext.quiet(5);
    private static final NormalMixture LAW = NormalMixture.ofThree();

    /** Mean and variance of one column of one normal law, given another column; and the weight left to the law. */
    private static double[] given(int k, int column, int known, double value) {
        double[] c = LAW.covariances()[k];
        double slope = c[column * 3 + known] / c[known * 3 + known];
        double mean = LAW.means()[k][column] + slope * (value - LAW.means()[k][known]);
        double variance = c[column * 3 + column] - slope * c[column * 3 + known];
        double log = NormalMixture.logNormal(
                new double[] {value}, new double[] {LAW.means()[k][known]}, new double[] {c[known * 3 + known]});
        return new double[] {mean, variance, LAW.weights()[k] * Math.exp(log)};
    }

    private static double[] moments(Points rows, int column) {
        double[] values = rows.column(column);
        double mean = Arrays.stream(values).average().orElseThrow();
        double variance = Arrays.stream(values)
                .map(v -> (v - mean) * (v - mean))
                .average()
                .orElseThrow();
        return new double[] {mean, variance};
    }

    /** Fourth moments of mixtures of normal laws are below this times the square of their variance here. */
    private static final double KURTOSIS = 6;

    private static void assertMoments(double mean, double variance, Points rows, int column, double effective) {
        double[] found = moments(rows, column);
        double n = Math.min(rows.size(), effective);
        // Five standard errors each.
        assertEquals(mean, found[0], 5 * Math.sqrt(variance / n));
        assertEquals(variance, found[1], 5 * variance * Math.sqrt(KURTOSIS / n));
    }

    @Test
    void oneColumnOfThreeLeavesAMixtureOfTwo() {
        for (double value : new double[] {0.5, 2.2, 4}) {
            Conditional given = LAW.given(Evidence.of(new Condition.Equal(0, value)), RUN);
            double evidence = 0;
            for (int k = 0; k < 2; k++) {
                evidence += given(k, 1, 0, value)[2];
            }
            assertEquals(
                    Math.log(evidence),
                    given.certainty().logProbability(),
                    5 * given.certainty().error() + 1e-12,
                    "x1 = " + value);
            assertTrue(given.certainty().error() < 0.02, given.certainty().toString());
            assertTrue(
                    given.certainty().effectiveSampleSize() > 1000,
                    given.certainty().toString());
            assertTrue(given.certainty().rHat() < 1.02, given.certainty().toString());
            // More rows than particles: some walk on.
            Points rows = given.draw(DrawRequest.of(6_000), RUN).rows();
            for (int column = 1; column < 3; column++) {
                double mean = 0;
                double square = 0;
                for (int k = 0; k < 2; k++) {
                    double[] part = given(k, column, 0, value);
                    mean += part[2] / evidence * part[0];
                    square += part[2] / evidence * (part[1] + part[0] * part[0]);
                }
                assertMoments(
                        mean,
                        square - mean * mean,
                        rows,
                        column,
                        given.certainty().effectiveSampleSize());
            }
            assertTrue(Arrays.stream(rows.column(0)).allMatch(v -> v == value));
        }
    }

    @Test
    void twoColumnsOfThreeAreIntegratedAlongALine() {
        Conditional given = LAW.given(Evidence.of(new Condition.Equal(0, 1.5), new Condition.Equal(2, 0.5)), RUN);
        double evidence = 0;
        double mean = 0;
        for (int k = 0; k < 2; k++) {
            double[] c = LAW.covariances()[k];
            double[] two = {c[0], c[2], c[2], c[8]};
            double[] off = {1.5 - LAW.means()[k][0], 0.5 - LAW.means()[k][2]};
            double weight = LAW.weights()[k] * Math.exp(NormalMixture.logNormal(off, new double[] {0, 0}, two));
            double determinant = two[0] * two[3] - two[1] * two[2];
            double a = (two[3] * off[0] - two[1] * off[1]) / determinant;
            double b = (two[0] * off[1] - two[2] * off[0]) / determinant;
            evidence += weight;
            mean += weight * (LAW.means()[k][1] + c[3] * a + c[5] * b);
        }
        // The tolerance of the integration.
        assertEquals(Math.log(evidence), given.certainty().logProbability(), 2e-5);
        Points rows = given.draw(DrawRequest.of(20_000), RUN).rows();
        double[] found = moments(rows, 1);
        assertEquals(mean / evidence, found[0], 5 * Math.sqrt(found[1] / rows.size()));
        // The log-density of a row is the joint one less that of the evidence.
        double joint = LAW.logDensity(rows.slice(0, 1), RUN).nats()[0];
        assertEquals(
                joint - given.certainty().logProbability(),
                given.logDensity(rows.slice(0, 1), RUN).nats()[0],
                1e-12);
        assertEquals(
                Double.NEGATIVE_INFINITY,
                given.logDensity(Points.ofRows(new double[] {1.4, 0, 0.5}), RUN).nats()[0]);
    }

    /** x1 + 2 x2 - x3 is a mixture of two normal numbers. */
    @Test
    void aSumOfColumnsIsKeptAndHasItsDensity() {
        double[] weights = {1, 2, -1};
        Conditional given = LAW.given(Evidence.of(new Condition.Linear(weights, 2, 2)), RUN);
        double evidence = 0;
        double mean = 0;
        for (int k = 0; k < 2; k++) {
            double middle = 0;
            double variance = 0;
            double with = 0;
            for (int i = 0; i < 3; i++) {
                middle += weights[i] * LAW.means()[k][i];
                with += weights[i] * LAW.covariances()[k][i];
                for (int j = 0; j < 3; j++) {
                    variance += weights[i] * weights[j] * LAW.covariances()[k][3 * i + j];
                }
            }
            double share = LAW.weights()[k]
                    * Math.exp(
                            NormalMixture.logNormal(new double[] {2}, new double[] {middle}, new double[] {variance}));
            evidence += share;
            mean += share * (LAW.means()[k][0] + with / variance * (2 - middle));
        }
        assertEquals(
                Math.log(evidence),
                given.certainty().logProbability(),
                5 * given.certainty().error());
        Points rows = given.draw(DrawRequest.of(4_000), RUN).rows();
        for (int n = 0; n < rows.size(); n++) {
            assertTrue(given.evidence().holds(rows.row(n)));
            assertEquals(2, rows.get(0, n) + 2 * rows.get(1, n) - rows.get(2, n), 1e-12);
        }
        double[] found = moments(rows, 0);
        assertEquals(
                mean / evidence,
                found[0],
                5 * Math.sqrt(found[1] / given.certainty().effectiveSampleSize()));
    }

    @Test
    void rangesThatManyRowsHaveAreAcceptedAndRareOnesAreSought() {
        double[] bounds = {1, 7.5};
        for (double bound : bounds) {
            Conditional given = LAW.given(Evidence.of(new Condition.Within(0, bound, Double.POSITIVE_INFINITY)), RUN);
            double probability = 0;
            for (int k = 0; k < 2; k++) {
                double z = (bound - LAW.means()[k][0]) / Math.sqrt(LAW.covariances()[k][0]);
                probability += LAW.weights()[k] * above(z);
            }
            assertEquals(bound == 1, given instanceof GivenAccepted);
            assertEquals(
                    Math.log(probability),
                    given.certainty().logProbability(),
                    5 * given.certainty().error() + 1e-3);
            Points rows = given.draw(DrawRequest.of(500), RUN).rows();
            assertTrue(Arrays.stream(rows.column(0)).allMatch(v -> v >= bound));
        }
    }

    /** 1 - Phi(z), by Simpson's rule to 12 deviations. */
    private static double above(double z) {
        int steps = 20_000;
        double h = (12 - z) / steps;
        double sum = 0;
        for (int k = 0; k <= steps; k++) {
            double factor = k == 0 || k == steps ? 1 : k % 2 == 1 ? 4 : 2;
            sum += factor * Math.exp(-0.5 * (z + k * h) * (z + k * h));
        }
        return sum * h / 3 / Math.sqrt(2 * Math.PI);
    }

    @Test
    void severalValuesAreCasesWithTheirProbabilities() {
        Evidence values = Evidence.of(new Condition.OneOf(0, new double[] {-1, 3}), new Condition.Equal(2, 1));
        Conditional given = LAW.given(values, RUN);
        double[] each = new double[2];
        for (int k = 0; k < 2; k++) {
            Evidence one = Evidence.of(new Condition.Equal(0, k == 0 ? -1 : 3), new Condition.Equal(2, 1));
            each[k] = Math.exp(LAW.given(one, RUN).certainty().logProbability());
        }
        assertEquals(Math.log(each[0] + each[1]), given.certainty().logProbability(), 1e-12);
        Points rows = given.draw(DrawRequest.of(4_000), RUN).rows();
        double share = Arrays.stream(rows.column(0)).filter(v -> v == 3).count() / 4_000.0;
        double exact = each[1] / (each[0] + each[1]);
        assertEquals(exact, share, 5 * Math.sqrt(exact * (1 - exact) / 4_000));
        assertTrue(Arrays.stream(rows.column(0)).allMatch(v -> v == 3 || v == -1));
    }

    @Test
    void gapsAreIntegratedOver() {
        Points rows = Points.ofRows(new double[] {1.5, Double.NaN, 0.5}, new double[] {0, 0, 0}, new double[] {
            Double.NaN, Double.NaN, Double.NaN
        });
        double[] nats = LAW.logDensity(rows, RUN).nats();
        Evidence two = Evidence.of(new Condition.Equal(0, 1.5), new Condition.Equal(2, 0.5));
        assertEquals(LAW.given(two, RUN).certainty().logProbability(), nats[0], 1e-12);
        assertEquals(LAW.logDensity(rows.slice(1, 2), RUN).nats()[0], nats[1], 0);
        assertEquals(0, nats[2], 1e-12);
        Conditional first = LAW.given(Evidence.of(new Condition.Equal(0, 1.5)), RUN);
        double gap = first.logDensity(rows.slice(0, 1), RUN).nats()[0];
        // The tolerance of two integrations.
        assertEquals(nats[0] - first.certainty().logProbability(), gap, 4e-5);
    }

    @Test
    void rowsDependOnTheirNumberAlone() {
        RunContext three = new RunContext(5, 3, Progress.NONE, () -> false);
        for (Evidence evidence : new Evidence[] {
            Evidence.of(new Condition.Equal(0, 1)),
            Evidence.of(new Condition.Within(0, 1, 2)),
            Evidence.of(new Condition.Equal(0, 1), new Condition.Equal(1, 0)),
            Evidence.of(new Condition.OneOf(0, new double[] {0, 1}), new Condition.Equal(1, 0))
        }) {
            Points all =
                    LAW.given(evidence, RUN).draw(DrawRequest.of(4_200), RUN).rows();
            Points part = LAW.given(evidence, three)
                    .draw(new DrawRequest(4_050, 100, Optional.empty()), three)
                    .rows();
            assertArrayEquals(all.slice(4_050, 4_150).values(), part.values());
        }
    }

    @Test
    void whereNothingIsLeftFreeTheRowIsTheAnswer() {
        double[] row = {1, 0.5, -1};
        Conditional given = LAW.given(
                Evidence.of(
                        new Condition.Equal(0, 1),
                        new Condition.Equal(1, 0.5),
                        new Condition.Linear(new double[] {1, 1, 2}, -0.5, -0.5)),
                RUN);
        // The sum moves twice as fast as the column it determines: its density is half the row's.
        double log = LAW.logDensity(Points.ofRows(row), RUN).nats()[0] - Math.log(2);
        assertEquals(log, given.certainty().logProbability(), 1e-12);
        assertArrayEquals(row, given.draw(DrawRequest.of(3), RUN).rows().row(2), 1e-12);
        assertEquals(0, given.logDensity(Points.ofRows(row), RUN).nats()[0], 1e-12);
    }

    /** What the README shows. */
    @Test
    void aLawIsAskedInFiveLines() {
        Conditional given = LAW.given(Evidence.of(new Condition.Within(0, 1, 2)), RUN);
        Points rows = given.draw(DrawRequest.of(1000), RUN).rows();
        double[] nats = given.logDensity(rows, RUN).nats();
        double probability = Math.exp(given.certainty().logProbability());
        // p(x) / p(x given A) is the probability of A, whatever x in A.
        double joint = Math.exp(LAW.logDensity(rows, RUN).nats()[0] - nats[0]);
        assertEquals(probability, joint, 1e-12);
    }

    private static void assertRefused(String expected, Condition... conditions) {
        String message = assertThrows(InputException.class, () -> LAW.given(Evidence.of(conditions), RUN))
                .getMessage();
        assertTrue(message.contains(expected), message);
    }

    @Test
    void whatCannotBeIsRefusedWithTheReason() {
        assertRefused("contradict", new Condition.Equal(0, 1), new Condition.Equal(0, 2));
        assertRefused("contradict", new Condition.Equal(0, 1), new Condition.Within(0, 2, 3));
        assertRefused(
                "contradict",
                new Condition.Equal(0, 1),
                new Condition.Equal(1, 1),
                new Condition.Linear(new double[] {1, 1, 0}, 3, 3));
        // A range of what is given leaves the other column no value either, though that has no bounds.
        assertRefused(
                "contradict",
                new Condition.Equal(0, 1),
                new Condition.Equal(1, 1),
                new Condition.Linear(new double[] {1, 1, 0}, 3, 4));
        assertRefused("no mass", new Condition.Equal(0, 1e300));
        assertRefused("column 3 of a table of 3", new Condition.Equal(3, 1));
        assertRefused(
                "found Infinity, expected a value that is finite", new Condition.Equal(0, Double.POSITIVE_INFINITY));
        assertRefused("found a gap", new Condition.Equal(0, Double.NaN));
    }

    @Test
    void aFurtherConditionIsOneOfBoth() {
        Conditional first = LAW.given(Evidence.of(new Condition.Equal(0, 1.5)), RUN);
        Conditional second = first.given(Evidence.of(new Condition.Equal(2, 0.5)), RUN);
        Conditional both = LAW.given(Evidence.of(new Condition.Equal(0, 1.5), new Condition.Equal(2, 0.5)), RUN);
        assertEquals(both.certainty(), second.certainty());
    }
}
