package org.eigendrift.engine.gibbs;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.stream.Stream;
import org.eigendrift.api.CounterRandom;
import org.eigendrift.api.Domain;
import org.eigendrift.api.Parallel;
import org.eigendrift.api.Points;
import org.eigendrift.engine.basis.CoordinateBasis;
import org.eigendrift.engine.basis.Families;
import org.eigendrift.engine.basis.ProductBasis;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** log pi + h and its gradient against sums over the functions, one by one. */
class GibbsEnergyTest {
    static Stream<List<String>> triples() {
        return Families.triples();
    }

    static double[] theta(ProductBasis basis, long seed) {
        CounterRandom random = new CounterRandom(seed);
        double[] theta = new double[basis.size()];
        for (int a = 0; a < theta.length; a++) {
            // Some functions are there but not used.
            theta[a] = a % 7 == 3 ? 0 : 0.3 * random.normal(0, a);
        }
        return theta;
    }

    static double[] values(GibbsEnergy potential, Points z, int threads) {
        Parallel parallel = new Parallel(threads);
        return potential.values(z, parallel);
    }

    /** The value, and the derivatives with respect to each coordinate, of functions of the points where c(x) is. */
    private static double[] direct(ProductBasis basis, double[] theta, double[] x) {
        int dim = basis.dim();
        double[] sum = new double[1 + dim];
        for (int i = 0; i < dim; i++) {
            sum[0] += basis.coordinate(i).basis().logDensity(x[i]);
            sum[1 + i] += basis.coordinate(i).basis().logDensityDerivative(x[i]);
        }
        int[][] degrees = Families.multiDegrees(basis);
        for (int a = 0; a < theta.length; a++) {
            for (int by = 0; by <= dim; by++) {
                double product = theta[a];
                for (int i = 0; i < dim; i++) {
                    CoordinateBasis coordinate = basis.coordinate(i);
                    double c = coordinate.saturate(x[i]);
                    product *= by == 1 + i
                            ? Families.derivative(coordinate, degrees[a][i], c) * coordinate.saturationSlope(x[i])
                            : Families.value(coordinate, degrees[a][i], c);
                }
                sum[by] += product;
            }
        }
        return sum;
    }

    /** Sums of 63 products of functions of size 10 at most, of derivatives of size 100: some hundred roundings of those. */
    @ParameterizedTest
    @MethodSource("triples")
    void valuesAndGradientsAreSumsOverFunctions(List<String> families) {
        ProductBasis basis = Families.complete(Families.coordinates(families, 3), 3);
        double[] theta = theta(basis, 4);
        GibbsEnergy potential = new GibbsEnergy(basis, theta, Confinement.none(basis.dim()), Bounds.NONE);
        Points z = Families.rows(families, 25, 5);
        double[] values = values(potential, z, 1);
        Points gradient = Points.zeros(3, z.size());
        potential.new Here().gradient(z, gradient);
        for (int n = 0; n < z.size(); n++) {
            double[] expected = direct(basis, theta, z.row(n));
            assertEquals(expected[0], values[n], 1e-11 * (1 + Math.abs(expected[0])));
            for (int i = 0; i < 3; i++) {
                assertEquals(expected[1 + i], gradient.get(i, n), 1e-10 * (1 + Math.abs(expected[1 + i])));
            }
        }
    }

    /**
     * Central differences of step 1e-5: an error of 1e-10 times the third derivative, of size 1e4 at most, and of
     * rounding, 1e-15 of the value over the step.
     */
    @ParameterizedTest
    @MethodSource("triples")
    void gradientsAreDifferencesOfValues(List<String> families) {
        ProductBasis basis = Families.complete(Families.coordinates(families, 3), 2);
        GibbsEnergy potential = new GibbsEnergy(basis, theta(basis, 6), Confinement.none(basis.dim()), Bounds.NONE);
        Points z = Families.rows(families, 25, 7);
        Points gradient = Points.zeros(3, z.size());
        potential.new Here().gradient(z, gradient);
        double step = 1e-5;
        for (int i = 0; i < 3; i++) {
            Points up = z.copy();
            Points down = z.copy();
            for (int n = 0; n < z.size(); n++) {
                up.set(i, n, z.get(i, n) + step);
                down.set(i, n, z.get(i, n) - step);
            }
            double[] above = values(potential, up, 1);
            double[] below = values(potential, down, 1);
            for (int n = 0; n < z.size(); n++) {
                double difference = (above[n] - below[n]) / (2 * step);
                if (Double.isFinite(difference)) {
                    assertEquals(difference, gradient.get(i, n), 1e-6 * (1 + Math.abs(difference)));
                }
            }
        }
    }

    /** And their neighbours keep their values to the last bit. */
    @ParameterizedTest
    @MethodSource("triples")
    void pointsOutsideADomainAreImpossible(List<String> families) {
        ProductBasis basis = Families.complete(Families.coordinates(families, 3), 2);
        GibbsEnergy potential = new GibbsEnergy(basis, theta(basis, 8), Confinement.none(basis.dim()), Bounds.NONE);
        Points z = Families.rows(families, 50, 9);
        double[] inside = values(potential, z, 1);
        for (int i = 0; i < 3; i++) {
            Domain domain = basis.coordinate(i).basis().domain();
            for (double outside : new double[] {
                domain.lower() - 1e-9, domain.upper() + 1e-9, Double.NaN, Double.POSITIVE_INFINITY, -1e300
            }) {
                Points some = z.copy();
                some.set(i, 17, outside);
                double[] values = values(potential, some, 1);
                if (!domain.contains(outside)) {
                    assertEquals(Double.NEGATIVE_INFINITY, values[17], outside + " in coordinate " + i);
                }
                for (int n = 0; n < values.length; n++) {
                    assertTrue(n == 17 || values[n] == inside[n], "point " + n);
                }
            }
        }
    }

    /** Points of more than two batches. */
    @ParameterizedTest
    @MethodSource("triples")
    void threadsDoNotChangeABit(List<String> families) {
        ProductBasis basis = Families.complete(Families.coordinates(families, 2), 2);
        GibbsEnergy potential = new GibbsEnergy(basis, theta(basis, 10), Confinement.none(basis.dim()), Bounds.NONE);
        Points z = Families.rows(families, 2500, 11);
        assertArrayEquals(values(potential, z, 1), values(potential, z, 3));
    }
}
