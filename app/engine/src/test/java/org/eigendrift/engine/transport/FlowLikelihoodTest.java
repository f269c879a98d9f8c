package org.eigendrift.engine.transport;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.eigendrift.api.CounterRandom;
import org.eigendrift.api.Domain;
import org.eigendrift.api.NumericalException;
import org.eigendrift.api.Parallel;
import org.eigendrift.api.Points;
import org.eigendrift.api.basis.Eigenbasis;
import org.eigendrift.api.law.Scores;
import org.eigendrift.api.sampler.TimeGrid;
import org.eigendrift.engine.basis.CoordinateBasis;
import org.eigendrift.engine.basis.Families;
import org.eigendrift.engine.basis.ProductBasis;
import org.eigendrift.engine.model.EigenScoreModel;
import org.eigendrift.engine.model.Models;
import org.eigendrift.engine.model.ThetaPath;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Log-densities along the flow: a change of variables for any coefficients, fitted or not (docs/method.md, 7). */
class FlowLikelihoodTest {
    private static Scores likelihood(EigenScoreModel model, double tolerance, Points z, int threads) {
        Parallel parallel = new Parallel(threads);
        return new FlowLikelihood(model, tolerance, parallel).of(z);
    }

    /** Midpoints of equal cells of the domain; of a line, of the middle 1 - 2e-9 of pi's mass. */
    private static double[] midpoints(CoordinateBasis coordinate, int cells) {
        double[] ends = ends(coordinate);
        double[] points = new double[cells];
        for (int n = 0; n < cells; n++) {
            points[n] = ends[0] + (ends[1] - ends[0]) * (n + 0.5) / cells;
        }
        return points;
    }

    private static double[] ends(CoordinateBasis coordinate) {
        Domain domain = coordinate.basis().core();
        return domain instanceof Domain.Line
                ? new double[] {
                    coordinate.basis().quantile(1e-9), coordinate.basis().quantile(1 - 1e-9)
                }
                : new double[] {domain.lower(), domain.upper()};
    }

    /**
     * Cosines continue evenly and periodically and normal tails vanish, so the midpoint rule converges faster than any
     * power of the cells' size.
     */
    @ParameterizedTest
    @ValueSource(strings = {"cosine cosine", "hermite cosine", "hermite hermite"})
    void densitiesIntegrateToOne(String names) {
        List<String> families = List.of(names.split(" "));
        // Quadratic exponents in hermite: of higher degree some would be no density.
        EigenScoreModel model = Models.arbitrary(families, names.contains("hermite") ? 2 : 3, 1);
        if (!names.contains("hermite")) {
            model = Models.arbitrary(families, 3, 2);
        }
        int cells = 72;
        double[] x = midpoints(model.basis().coordinate(0), cells);
        double[] y = midpoints(model.basis().coordinate(1), cells);
        Points grid = Points.zeros(2, cells * cells);
        for (int n = 0; n < grid.size(); n++) {
            grid.set(0, n, x[n / cells]);
            grid.set(1, n, y[n % cells]);
        }
        Scores likelihood = likelihood(model, 1e-5, grid, 2);
        double sum = 0;
        double largest = Double.NEGATIVE_INFINITY;
        for (double nats : likelihood.nats()) {
            sum += Math.exp(nats);
            largest = Math.max(largest, nats);
        }
        sum *= (x[1] - x[0]) * (y[1] - y[0]);
        assertTrue(likelihood.error() <= 1e-5);
        double uniform = -Math.log((x[1] - x[0]) * (y[1] - y[0]) * cells * cells);
        assertTrue(largest > uniform + 0.2, "the density is not flat");
        // The reported error of the logarithm, what the rule leaves, and 4e-9 of cut tails.
        assertEquals(1, sum, likelihood.error() + 1e-6);
    }

    /** On the line, beyond the core of a numerical family too: as far as pi's tails fall by a factor e^-40. */
    @Test
    void densitiesIntegrateToOneBeyondTheCore() {
        EigenScoreModel model = Models.arbitrary(List.of("mean-field"), 2, 1);
        Eigenbasis basis = model.basis().coordinate(0).basis();
        double lower = basis.core().lower();
        double upper = basis.core().upper();
        double inside = mass(model, lower, upper);
        double left = mass(model, lower - 40 / basis.logDensityDerivative(lower - 1), lower);
        double right = mass(model, upper, upper - 40 / basis.logDensityDerivative(upper + 1));
        assertTrue(left > 0 && left < 1e-6 && right > 0 && right < 1e-6, left + " and " + right);
        // The reported error of logarithms is that of their mean; a few cells may err a hundred times as much.
        assertEquals(1, left + inside + right, 1e-5);
    }

    /** By Gauss panels of three nodes; the densities are twice differentiable. */
    private static double mass(EigenScoreModel model, double from, double to) {
        int cells = 400;
        double h = (to - from) / cells;
        double[] offsets = {-0.5 * Math.sqrt(0.6), 0, 0.5 * Math.sqrt(0.6)};
        double[] weights = {5.0 / 18, 4.0 / 9, 5.0 / 18};
        Points x = Points.zeros(1, 3 * cells);
        for (int n = 0; n < x.size(); n++) {
            x.set(0, n, from + h * (n / 3 + 0.5 + offsets[n % 3]));
        }
        double[] nats = likelihood(model, 1e-7, x, 2).nats();
        double sum = 0;
        for (int n = 0; n < x.size(); n++) {
            sum += h * weights[n % 3] * Math.exp(nats[n]);
        }
        return sum;
    }

    /** The error is a change on tightening, or a bound by the embedded pair; what is left is smaller. */
    @ParameterizedTest
    @ValueSource(doubles = {1e-1, 1e-2, 1e-3, 1e-4})
    void theReportedErrorCoversTheTrueOne(double tolerance) {
        List<String> families = List.of("cosine", "cosine");
        EigenScoreModel model = Models.arbitrary(families, 6, 2);
        Points z = Families.rows(families, 100, 61);
        Scores likelihood = likelihood(model, tolerance, z, 1);
        Scores fine = likelihood(model, 1e-9, z, 1);
        double change = 0;
        for (int n = 0; n < z.size(); n++) {
            change += Math.abs(fine.nats()[n] - likelihood.nats()[n]) / z.size();
        }
        assertTrue(likelihood.error() <= tolerance);
        assertTrue(change <= likelihood.error(), change + " but reported " + likelihood.error());
        assertTrue(change > 0, "the comparison is with another number of steps");
    }

    @Test
    void rowsOutsideHaveNoDensityAndOthersKeepTheirs() {
        List<String> families = List.of("cosine", "hermite");
        EigenScoreModel model = Models.arbitrary(families, 2, 1);
        Points z = Families.rows(families, 5, 62);
        Scores inside = likelihood(model, 1e-4, z, 1);
        Points some = Points.zeros(2, 7);
        some.paste(1, z);
        some.set(0, 0, model.process().domain(0).upper() + 1e-9);
        some.set(0, 6, Double.NaN);
        Scores all = likelihood(model, 1e-4, some, 1);
        assertEquals(Double.NEGATIVE_INFINITY, all.nats()[0]);
        assertEquals(Double.NEGATIVE_INFINITY, all.nats()[6]);
        for (int n = 0; n < 5; n++) {
            assertEquals(inside.nats()[n], all.nats()[n + 1]);
        }
        Scores none = likelihood(model, 1e-4, some.slice(0, 1), 1);
        assertArrayEquals(new double[] {Double.NEGATIVE_INFINITY}, none.nats());
        assertEquals(0, none.error());
    }

    @Test
    void theSameBitsOnAnyNumberOfThreads() {
        List<String> families = List.of("cosine", "cosine");
        EigenScoreModel model = Models.arbitrary(families, 2, 2);
        Points z = Families.rows(families, 2500, 63);
        Scores one = likelihood(model, 1e-2, z, 1);
        assertArrayEquals(one.nats(), likelihood(model, 1e-2, z, 3).nats());
        double[] first = likelihood(model, 1e-2, z.slice(0, 1500), 2).nats();
        for (int n = 0; n < first.length; n++) {
            assertEquals(one.nats()[n], first[n]);
        }
    }

    /** Alone, in reversed order, in parts of any size: some rows need attempts that their neighbours do not. */
    @ParameterizedTest
    @ValueSource(strings = {"cosine cosine", "hermite cosine", "mean-field fourier"})
    void whatARowGetsIsAFunctionOfTheRow(String names) {
        List<String> families = List.of(names.split(" "));
        // Quadratic exponents in hermite: of higher degree some would be no density.
        EigenScoreModel model = Models.arbitrary(families, names.contains("hermite") ? 2 : 4, 2);
        Points z = Families.rows(families, 700, 64);
        double tolerance = 1e-4;
        double[] together = likelihood(model, tolerance, z, 2).nats();
        int size = z.size();
        double[] reversed = likelihood(
                        model,
                        tolerance,
                        z.select(IntStream.range(0, size).map(n -> size - 1 - n).toArray()),
                        1)
                .nats();
        for (int n = 0; n < size; n++) {
            assertEquals(together[n], reversed[size - 1 - n], "row " + n);
        }
        for (int part : new int[] {1, 7, 256, 257}) {
            int last = part == 1 ? 40 : size;
            for (int from = 0; from < last; from += part) {
                int to = Math.min(size, from + part);
                assertArrayEquals(
                        Arrays.copyOfRange(together, from, to),
                        likelihood(model, tolerance, z.slice(from, to), 1).nats(),
                        "rows from " + from + " in parts of " + part);
            }
        }
    }

    /** What a point gets in one integration is near what all get together, and depends on no other point. */
    @Test
    void onceGivesTheSameWhateverStandsBeside() {
        EigenScoreModel model = Models.arbitrary(List.of("hermite", "cosine"), 4, 2);
        Points z = draws(model, 300, 1);
        z.set(1, 7, Double.POSITIVE_INFINITY);
        double tolerance = 1e-3;
        Parallel parallel = new Parallel(2);
        FlowLikelihood flow = new FlowLikelihood(model, tolerance, parallel);
        double[] all = flow.once(z);
        assertEquals(Double.NEGATIVE_INFINITY, all[7]);
        assertArrayEquals(Arrays.copyOfRange(all, 100, 120), flow.once(z.slice(100, 120)));
        double[] together = likelihood(model, 1e-7, z, 1).nats();
        double sum = 0;
        for (int n = 0; n < all.length; n++) {
            // Infinite in both outside the domain.
            sum += all[n] == together[n] ? 0 : Math.abs(all[n] - together[n]) / all.length;
        }
        // The tolerance is that of a step, of which there are nine, halved where a row needs it.
        assertTrue(sum < 2 * 9 * tolerance, "mean error " + sum);
    }

    private static Points draws(EigenScoreModel model, int count, int threads) {
        Parallel parallel = new Parallel(threads);
        Points starts = Points.zeros(model.process().dim(), count);
        model.process().prior(new CounterRandom(71), 0, starts);
        return new FlowLikelihood(model, 1e-4, parallel).draw(starts);
    }

    /**
     * Of draws x of p, E g(x) / p(x) is the integral of g, whatever g: of three functions whose integrals are known, each
     * mean within five of its standard errors. Cosines of whole periods integrate to 0, their squares to half.
     */
    @ParameterizedTest
    @ValueSource(strings = {"cosine cosine", "fourier cosine"})
    void drawsFollowTheDensity(String names) {
        List<String> families = List.of(names.split(" "));
        EigenScoreModel model = Models.arbitrary(families, 3, 2);
        int count = 4000;
        Points x = draws(model, count, 2);
        double[] nats = likelihood(model, 1e-4, x, 2).nats();
        double volume = 1;
        for (int i = 0; i < 2; i++) {
            Domain domain = model.process().domain(i);
            volume *= domain.upper() - domain.lower();
        }
        double[] expected = {1, 0, 0.25};
        double[] sums = new double[3];
        double[] squares = new double[3];
        for (int n = 0; n < count; n++) {
            double product = 1;
            for (int i = 0; i < 2; i++) {
                Domain domain = model.process().domain(i);
                product *= Math.cos(2 * Math.PI * (x.get(i, n) - domain.lower()) / (domain.upper() - domain.lower()));
            }
            double[] g = {1, product, product * product};
            for (int k = 0; k < 3; k++) {
                double weight = g[k] / (volume * Math.exp(nats[n]));
                sums[k] += weight / count;
                squares[k] += weight * weight / count;
            }
        }
        assertTrue(squares[0] - 1 > 0.02, "the density is not flat: " + squares[0]);
        for (int k = 0; k < 3; k++) {
            double error = Math.sqrt((squares[k] - sums[k] * sums[k]) / count);
            assertEquals(expected[k], sums[k], 5 * error, "function " + k);
        }
    }

    @Test
    void drawsDependOnTheirNumberAlone() {
        EigenScoreModel model = Models.arbitrary(List.of("cosine", "hermite"), 2, 2);
        Points all = draws(model, 2500, 1);
        assertArrayEquals(all.values(), draws(model, 2500, 3).values());
        assertEquals(2500, Arrays.stream(all.column(0)).distinct().count());
        for (int count : new int[] {0, 1, 1024, 1500}) {
            Points first = draws(model, count, 2);
            assertEquals(count, first.size());
            for (int i = 0; i < 2; i++) {
                for (int n = 0; n < count; n++) {
                    assertEquals(all.get(i, n), first.get(i, n));
                }
            }
        }
    }

    /** h = -x^4 drives the flow dx/dt = -h' to infinity in finite time: there is no density to report. */
    @Test
    void flowsThatEscapeAreAnError() {
        ProductBasis basis = Families.complete(Families.coordinates(List.of("hermite"), 4), 1);
        TimeGrid grid = TimeGrid.of(2, 1);
        double[][] theta = {{0, 0, 0, -3}, {0, 0, 0, -3}};
        EigenScoreModel model = new EigenScoreModel(basis, new ThetaPath(grid, theta));
        NumericalException thrown = assertThrows(
                NumericalException.class,
                () -> likelihood(model, 1e-3, Points.ofRows(new double[] {0.1}, new double[] {4}), 1));
        assertEquals(1, thrown.getMessage().lines().count());
        assertTrue(thrown.getMessage().startsWith("the flow from the point (4.0) of"), thrown.getMessage());
    }
}
