package org.eigendrift.contract;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import java.util.function.DoubleUnaryOperator;
import java.util.stream.Stream;
import org.eigendrift.api.Domain;
import org.eigendrift.api.InputException;
import org.eigendrift.api.RunContext;
import org.eigendrift.api.basis.BasisContext;
import org.eigendrift.api.basis.BasisFamily;
import org.eigendrift.api.basis.Eigenbasis;
import org.eigendrift.api.basis.ProductTable;
import org.eigendrift.api.data.Column;
import org.eigendrift.api.data.Dataset;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/**
 * What every family of eigenbases must satisfy. Extend it, name the provider, its options and a column with rows, and
 * say how accurate the family is.
 *
 * <p>Integrals use a rule of the contract's own, see {@link #rule}; derivatives are checked against differences; no
 * check uses the code under test as its own oracle.
 *
 * @param <O> the family's options
 */
public abstract class BasisFamilyContract<O extends Record> {
    private static final Map<String, Eigenbasis> CREATED = new ConcurrentHashMap<>();
    private static final double[] LEVELS = {0.003, 0.04, 0.21, 0.5, 0.62, 0.87, 0.98};

    /** For subclasses. */
    protected BasisFamilyContract() {}

    /**
     * The family under test.
     *
     * @return the provider
     */
    protected abstract BasisFamily<O> family();

    /**
     * The options under test.
     *
     * @return the family's defaults unless overridden
     */
    protected O options() {
        return family().options().defaults();
    }

    /**
     * Rows of one column for which the family creates a basis.
     *
     * @return a data set of one column
     */
    protected abstract Dataset data();

    /**
     * The accuracy the family promises of values, eigenvalues and products, relative to their size.
     *
     * @param basis the basis under test
     * @return 1e-10 for closed forms; what the basis itself reports where it is numerical
     */
    protected abstract double tolerance(Eigenbasis basis);

    /**
     * The accuracy of E[a phi_a' phi_b'] and E[a phi_a' phi_b' phi_c], relative to the eigenvalues.
     *
     * @param basis the basis under test
     * @return {@link #tolerance} unless overridden; the root of the eigenvalues' error where the family is numerical, as
     *     that is the size of its error in the energy norm
     */
    protected double energyTolerance(Eigenbasis basis) {
        return tolerance(basis);
    }

    /**
     * The accuracy of L phi = -lambda phi pointwise, by differences, relative to lambda.
     *
     * @param basis the basis under test
     * @return 1e-6 unless overridden: differences of fourth order at steps of a 500th wave, and their rounding
     */
    protected double strongTolerance(Eigenbasis basis) {
        return 1e-6;
    }

    /**
     * The degrees under test.
     *
     * @return 1, 5, 28 and 64 unless overridden
     */
    protected int[] degrees() {
        return new int[] {1, 5, 28, 64};
    }

    /**
     * Nodes and weights for integrals over the core with respect to dx: on an interval composite Gauss rules in the
     * angle of x = lower + width sin^2(angle / 2), which also resolves densities that are infinite at the ends like an
     * inverse root; on a circle equal weights; on lines the trapezoidal rule, which converges exponentially for what
     * decays at both ends.
     *
     * @param basis the basis under test
     * @return nodes, then weights
     */
    protected double[][] rule(Eigenbasis basis) {
        return Quadrature.of(basis);
    }

    /**
     * The accuracy of derivatives against differences, relative to their size.
     *
     * @param basis the basis under test
     * @return 1e-8 unless overridden, for analytic functions; more where they are smooth only piece by piece
     */
    protected double differenceTolerance(Eigenbasis basis) {
        return 1e-8;
    }

    private Eigenbasis create(int degree) {
        // A basis is immutable, and some take seconds to make: each is made once for all checks.
        return CREATED.computeIfAbsent(getClass().getName() + " " + degree, key -> createAnew(degree));
    }

    private Eigenbasis createAnew(int degree) {
        Dataset data = data();
        return family().create(options(), new BasisContext(data.columns().get(0), data, degree, RunContext.quiet(1)));
    }

    private Stream<DynamicTest> eachDegree(Consumer<Eigenbasis> check) {
        return Arrays.stream(degrees())
                .mapToObj(degree -> dynamicTest("degree " + degree, () -> check.accept(create(degree))));
    }

    @Test
    void namesAreWellFormed() {
        Named.check(family());
    }

    /** Samplers of affine processes and guidance ask whether dX = -X dt + sqrt(2) dW on the line: by its coefficients it is or is not. */
    @Test
    void anOrnsteinUhlenbeckProcessIsSaidToBeOne() {
        Eigenbasis basis = create(2);
        boolean is = basis.domain() instanceof Domain.Line;
        for (double x = -3; x <= 3 && is; x += 0.25) {
            is = basis.drift(x) == -x && basis.diffusion(x) == 1;
        }
        assertEquals(is, basis.ornsteinUhlenbeck());
    }

    @TestFactory
    Stream<DynamicTest> sizesHoldTheDegree() {
        return Arrays.stream(degrees())
                .mapToObj(degree -> dynamicTest("degree " + degree, () -> {
                    Eigenbasis basis = create(degree);
                    assertTrue(basis.size() > degree, "the constant and at least one function a degree");
                    assertTrue(
                            basis.tableSize() >= basis.size(),
                            "a table of " + basis.tableSize() + " functions for a basis of " + basis.size());
                    assertEquals(basis.size(), basis.products().size());
                    assertEquals(basis.tableSize(), basis.products().tableSize());
                }));
    }

    @TestFactory
    Stream<DynamicTest> eigenvaluesBeginAtZeroAndDoNotDecrease() {
        return eachDegree(basis -> {
            assertEquals(0, basis.eigenvalue(0));
            assertTrue(basis.eigenvalue(1) > 0, "lambda_1 is " + basis.eigenvalue(1) + ", not above 0");
            for (int k = 2; k < basis.tableSize(); k++) {
                assertTrue(
                        basis.eigenvalue(k) >= basis.eigenvalue(k - 1), "lambda_" + k + " is below the one before it");
            }
            assertTrue(basis.eigenvalueError() >= 0 && basis.eigenvalueError() < 1e-3, "eigenvalue error");
        });
    }

    @TestFactory
    Stream<DynamicTest> functionsAreOrthonormal() {
        return eachDegree(basis -> {
            Sampled at = new Sampled(basis, rule(basis), basis.size());
            for (int a = 0; a < basis.size(); a++) {
                for (int b = a; b < basis.size(); b++) {
                    assertEquals(
                            a == b ? 1 : 0,
                            at.mean(at.values, a, at.values, b),
                            tolerance(basis),
                            "<" + a + "," + b + ">");
                }
            }
        });
    }

    /** E[a phi_a' phi_b'] = lambda_a delta_ab: the weak form of L phi = -lambda phi, boundary terms included. */
    @TestFactory
    Stream<DynamicTest> eigenvaluesAreEnergies() {
        return eachDegree(basis -> {
            Sampled at = new Sampled(basis, rule(basis), basis.size());
            for (int a = 0; a < basis.size(); a++) {
                for (int b = a; b < basis.size(); b++) {
                    double expected = a == b ? basis.eigenvalue(a) : 0;
                    double size = Math.sqrt(basis.eigenvalue(a) * basis.eigenvalue(b)) + basis.eigenvalue(1);
                    assertEquals(
                            expected,
                            at.energy(a, b),
                            energyTolerance(basis) * size,
                            "E[a phi_" + a + "' phi_" + b + "']");
                }
            }
        });
    }

    /** (a pi phi')' / pi = -lambda phi, the derivative by differences of fourth order. */
    @TestFactory
    Stream<DynamicTest> functionsSolveTheEigenproblem() {
        return eachDegree(basis -> {
            double[] x = levels(basis);
            int functions = basis.size();
            double[] values = new double[functions * x.length];
            basis.values(functions, x, 0, x.length, values);
            for (int k = 1; k < functions; k++) {
                for (int n = 0; n < x.length; n++) {
                    double wave = Math.sqrt(basis.diffusion(x[n]) / basis.eigenvalue(k));
                    double h = 2e-3 * Math.min(wave, localScale(basis, x[n]));
                    double flux = 8 * (flux(basis, k, x[n] + h) - flux(basis, k, x[n] - h))
                            - (flux(basis, k, x[n] + 2 * h) - flux(basis, k, x[n] - 2 * h));
                    double generator = flux / (12 * h * Math.exp(basis.logDensity(x[n])));
                    double value = values[k * x.length + n];
                    double slope = flux(basis, k, x[n]) / Math.exp(basis.logDensity(x[n]));
                    // The two terms of L phi cancel where the score is steep.
                    double steepness = 1 / wave + Math.abs(basis.logDensityDerivative(x[n]));
                    double size = Math.abs(value) + Math.abs(slope) * steepness / basis.eigenvalue(k);
                    assertEquals(
                            -basis.eigenvalue(k) * value,
                            generator,
                            strongTolerance(basis) * basis.eigenvalue(k) * (size + 1),
                            "L phi_" + k + " at " + x[n]);
                }
            }
        });
    }

    private static double flux(Eigenbasis basis, int k, double x) {
        double[] values = new double[k + 1];
        double[] derivatives = new double[k + 1];
        basis.valuesAndDerivatives(k + 1, new double[] {x}, 0, 1, values, derivatives);
        return basis.diffusion(x) * Math.exp(basis.logDensity(x)) * derivatives[k];
    }

    /** A step that stays clear of the ends of the domain and resolves the density. */
    private static double localScale(Eigenbasis basis, double x) {
        double spread = basis.quantile(0.75) - basis.quantile(0.25);
        double room = Math.min(x - basis.core().lower(), basis.core().upper() - x);
        return basis.domain() instanceof Domain.Circle ? spread : Math.min(spread, room);
    }

    private static double[] levels(Eigenbasis basis) {
        double[] x = new double[LEVELS.length];
        for (int n = 0; n < x.length; n++) {
            x[n] = basis.quantile(LEVELS[n]);
        }
        return x;
    }

    @TestFactory
    Stream<DynamicTest> derivativesAreThoseOfTheValues() {
        return eachDegree(basis -> {
            int functions = basis.tableSize();
            for (double x : levels(basis)) {
                double wave = Math.sqrt(basis.diffusion(x) / basis.eigenvalue(functions - 1));
                double h = 1e-3 * Math.min(wave, localScale(basis, x));
                double[] around = {x - 2 * h, x - h, x, x + h, x + 2 * h};
                double[] values = new double[functions * 5];
                double[] derivatives = new double[functions * 5];
                basis.valuesAndDerivatives(functions, around, 0, 5, values, derivatives);
                for (int k = 0; k < functions; k++) {
                    int at = 5 * k;
                    double difference =
                            (8 * (values[at + 3] - values[at + 1]) - (values[at + 4] - values[at])) / (12 * h);
                    double size = Math.abs(values[at + 2]) / wave + Math.abs(derivatives[at + 2]);
                    // Rounding: 1e-13 of the value over a step of wave / 1000; truncation is far below.
                    assertEquals(
                            difference,
                            derivatives[at + 2],
                            differenceTolerance(basis) * (size + 0.1 / wave),
                            "phi_" + k + "' at " + x);
                }
            }
        });
    }

    /** The values of {@code values} and of {@code valuesAndDerivatives} agree, and no batch changes a bit. */
    @TestFactory
    Stream<DynamicTest> batchesDoNotChangeABit() {
        return eachDegree(basis -> {
            int functions = basis.tableSize();
            int points = 1237;
            double[] x = new double[points];
            for (int n = 0; n < points; n++) {
                x[n] = basis.quantile((n + 0.5) / points);
            }
            double[] values = new double[functions * points];
            double[] derivatives = new double[functions * points];
            basis.valuesAndDerivatives(functions, x, 0, points, values, derivatives);
            double[] alone = new double[functions * points];
            basis.values(functions, x, 0, points, alone);
            assertArrayEquals(values, alone, "values with and without derivatives");
            for (int from : new int[] {0, 1, 511, 1000}) {
                for (int count : new int[] {1, 3, 130}) {
                    double[] part = new double[functions * count];
                    double[] partDerivatives = new double[functions * count];
                    basis.valuesAndDerivatives(functions, x, from, count, part, partDerivatives);
                    for (int k = 0; k < functions; k++) {
                        for (int n = 0; n < count; n++) {
                            assertEquals(values[k * points + from + n], part[k * count + n]);
                            assertEquals(derivatives[k * points + from + n], partDerivatives[k * count + n]);
                        }
                    }
                }
            }
        });
    }

    /** Fewer functions are the first of more. */
    @TestFactory
    Stream<DynamicTest> fewerFunctionsAreTheFirstOfMore() {
        return eachDegree(basis -> {
            double[] x = levels(basis);
            double[] all = new double[basis.tableSize() * x.length];
            basis.values(basis.tableSize(), x, 0, x.length, all);
            for (int functions = 1; functions <= Math.min(5, basis.tableSize()); functions++) {
                double[] some = new double[functions * x.length];
                basis.values(functions, x, 0, x.length, some);
                assertArrayEquals(Arrays.copyOf(all, some.length), some);
            }
            assertArrayEquals(
                    new double[] {1, 1, 1, 1, 1, 1, 1}, Arrays.copyOf(all, x.length), "phi_0 is the constant");
        });
    }

    /** C[a,b,c] = E[phi_a phi_b phi_c], and E[a phi_a' phi_b' phi_c] = C (lambda_a + lambda_b - lambda_c) / 2. */
    @TestFactory
    Stream<DynamicTest> coefficientsAreIntegralsOfThree() {
        return eachDegree(basis -> {
            Sampled at = new Sampled(basis, rule(basis), basis.tableSize());
            ProductTable table = basis.products();
            for (int[] pair : pairs(basis.size())) {
                int a = pair[0];
                int b = pair[1];
                double[] dense = new double[basis.tableSize()];
                for (int term = table.start(a, b); term < table.end(a, b); term++) {
                    dense[table.function(term)] = table.coefficient(term);
                }
                double norm = at.productNorm(a, b);
                double energies = basis.eigenvalue(a) + basis.eigenvalue(b);
                for (int c = 0; c < dense.length; c++) {
                    String what = "C[" + a + "," + b + "," + c + "]";
                    assertEquals(at.triple(a, b, c), dense[c], tolerance(basis) * (1 + norm), what);
                    assertEquals(
                            at.energy(a, b, c),
                            0.5 * dense[c] * (energies - basis.eigenvalue(c)),
                            energyTolerance(basis) * (1 + norm) * (energies + basis.eigenvalue(c)),
                            "energy of " + what);
                }
            }
        });
    }

    /**
     * phi_a phi_b = sum_c C phi_c at points, where the expansion is finite; in the mean square within the reported
     * truncation where it is not.
     */
    @TestFactory
    Stream<DynamicTest> productsExpand() {
        return eachDegree(basis -> {
            ProductTable table = basis.products();
            if (table.truncationError() > 0) {
                Sampled at = new Sampled(basis, rule(basis), basis.tableSize());
                for (int[] pair : pairs(basis.size())) {
                    double remainder = at.remainder(table, pair[0], pair[1]);
                    double allowed = (table.truncationError() + tolerance(basis)) * at.productNorm(pair[0], pair[1]);
                    assertTrue(
                            remainder <= allowed,
                            "product " + pair[0] + ", " + pair[1] + ": " + remainder + " is left out, reported are "
                                    + allowed);
                }
                return;
            }
            double[] x = levels(basis);
            int functions = basis.tableSize();
            double[] values = new double[functions * x.length];
            double[] derivatives = new double[functions * x.length];
            basis.valuesAndDerivatives(functions, x, 0, x.length, values, derivatives);
            for (int a = 0; a < basis.size(); a++) {
                for (int b = 0; b < basis.size(); b++) {
                    for (int n = 0; n < x.length; n++) {
                        checkExpansion(basis, a, b, x, n, values, derivatives);
                    }
                }
            }
        });
    }

    private void checkExpansion(
            Eigenbasis basis, int a, int b, double[] x, int n, double[] values, double[] derivatives) {
        ProductTable table = basis.products();
        double product = 0;
        double productSize = 0;
        double energy = 0;
        double energySize = 0;
        double sum = basis.eigenvalue(a) + basis.eigenvalue(b);
        for (int term = table.start(a, b); term < table.end(a, b); term++) {
            int c = table.function(term);
            double value = table.coefficient(term) * values[c * x.length + n];
            product += value;
            productSize += Math.abs(value);
            energy += 0.5 * value * (sum - basis.eigenvalue(c));
            energySize += 0.5 * Math.abs(value) * (sum + basis.eigenvalue(c));
        }
        String at = "a = " + a + ", b = " + b + ", x = " + x[n];
        double left = values[a * x.length + n] * values[b * x.length + n];
        // Relative to the sum of the moduli: where terms cancel, no sum of doubles can do better.
        assertEquals(left, product, tolerance(basis) * (1 + productSize), "product, " + at);
        double gamma = basis.diffusion(x[n]) * derivatives[a * x.length + n] * derivatives[b * x.length + n];
        assertEquals(gamma, energy, tolerance(basis) * (1 + energySize), "carre du champ, " + at);
    }

    @TestFactory
    Stream<DynamicTest> productsAreSymmetric() {
        return eachDegree(basis -> {
            ProductTable table = basis.products();
            for (int a = 0; a < basis.size(); a++) {
                for (int b = 0; b < basis.size(); b++) {
                    assertEquals(table.end(a, b) - table.start(a, b), table.end(b, a) - table.start(b, a));
                    for (int q = 0; q < table.end(a, b) - table.start(a, b); q++) {
                        assertEquals(table.function(table.start(a, b) + q), table.function(table.start(b, a) + q));
                        assertEquals(
                                table.coefficient(table.start(a, b) + q), table.coefficient(table.start(b, a) + q));
                    }
                }
            }
        });
    }

    @TestFactory
    Stream<DynamicTest> driftIsThatOfTheDensity() {
        return eachDegree(basis -> {
            for (double x : levels(basis)) {
                // Small enough that a density smooth only piece by piece is not seen across more than one joint.
                double h = 1e-5 * localScale(basis, x);
                double score = difference(basis::logDensity, x, h);
                double slope = difference(basis::diffusion, x, h);
                double size = 1 / localScale(basis, x) + Math.abs(score);
                assertEquals(
                        score, basis.logDensityDerivative(x), differenceTolerance(basis) * size, "(log pi)' at " + x);
                double drift = slope + basis.diffusion(x) * score;
                double driftSize = Math.abs(slope) + basis.diffusion(x) * size;
                assertEquals(drift, basis.drift(x), differenceTolerance(basis) * driftSize, "drift at " + x);
            }
        });
    }

    private static double difference(DoubleUnaryOperator f, double x, double h) {
        return (8 * (f.applyAsDouble(x + h) - f.applyAsDouble(x - h))
                        - (f.applyAsDouble(x + 2 * h) - f.applyAsDouble(x - 2 * h)))
                / (12 * h);
    }

    @Test
    void densityIsNormalised() {
        Eigenbasis basis = create(5);
        double[][] rule = rule(basis);
        double sum = tail(basis, -1) + tail(basis, 1);
        for (int n = 0; n < rule[0].length; n++) {
            sum += rule[1][n] * Math.exp(basis.logDensity(rule[0][n]));
        }
        assertEquals(1, sum, tolerance(basis));
        Domain domain = basis.domain();
        if (Double.isFinite(domain.lower())) {
            assertEquals(Double.NEGATIVE_INFINITY, basis.logDensity(domain.lower() - 1e-3));
        }
        if (Double.isFinite(domain.upper())) {
            assertEquals(Double.NEGATIVE_INFINITY, basis.logDensity(domain.upper() + 1e-3));
        }
    }

    /** The mass beyond an end of the core that is not one of the domain, in the logarithm of the distance. */
    private static double tail(Eigenbasis basis, int side) {
        double from = side < 0 ? basis.core().lower() : basis.core().upper();
        double to = side < 0 ? basis.domain().lower() : basis.domain().upper();
        if (from == to) {
            return 0;
        }
        double width = basis.core().upper() - basis.core().lower();
        // e^600 widths away even a slow power law is gone; an exponential is within the first.
        double last = Math.min(600, Math.log1p(Math.abs(to - from) / width));
        DoubleUnaryOperator mass = s -> width * Math.exp(s + basis.logDensity(from + side * width * Math.expm1(s)));
        double near = Math.min(1, last);
        return Quadrature.integrate(mass, 0, near) + Quadrature.integrate(mass, near, last);
    }

    /** Functions stay what they are at the end, the density falls for ever and at a bounded rate. */
    @TestFactory
    Stream<DynamicTest> beyondTheCoreFunctionsAreConstant() {
        return eachDegree(basis -> {
            checkBeyond(basis, -1, basis.core().lower(), basis.domain().lower());
            checkBeyond(basis, 1, basis.core().upper(), basis.domain().upper());
        });
    }

    private void checkBeyond(Eigenbasis basis, int side, double end, double boundary) {
        if (end == boundary) {
            return;
        }
        int functions = basis.tableSize();
        double width = basis.core().upper() - basis.core().lower();
        double room = Math.min(Math.abs(boundary - end), 100 * width);
        double[] x = {end, end + side * 1e-6 * room, end + side * 0.3 * room, end + side * 0.999 * room};
        double[] values = new double[functions * x.length];
        double[] derivatives = new double[functions * x.length];
        basis.valuesAndDerivatives(functions, x, 0, x.length, values, derivatives);
        for (int k = 0; k < functions; k++) {
            int at = k * x.length;
            if (k < basis.size()) {
                double slope = Math.sqrt(basis.eigenvalue(k) / basis.diffusion(end)) * (1 + Math.abs(values[at]));
                assertEquals(0, derivatives[at], strongTolerance(basis) * slope, "phi_" + k + "' at the end");
            }
            for (int n = 1; n < x.length; n++) {
                assertEquals(values[at], values[at + n], 1e-9 * Math.abs(values[at]), "phi_" + k + " at " + x[n]);
                assertEquals(0, derivatives[at + n], "phi_" + k + "' at " + x[n]);
            }
        }
        for (int n = 1; n < x.length; n++) {
            assertTrue(basis.logDensity(x[n]) < basis.logDensity(x[n - 1]), "the density falls to " + x[n]);
            assertTrue(Double.isFinite(basis.logDensity(x[n])), "log density at " + x[n]);
        }
        double middle = x[2];
        double h = 1e-3 * Math.min(width, 0.1 * room);
        double score = difference(basis::logDensity, middle, h);
        assertEquals(score, basis.logDensityDerivative(middle), 1e-8 * Math.abs(score), "(log pi)' at " + middle);
        double drift = difference(basis::diffusion, middle, h) + basis.diffusion(middle) * score;
        assertEquals(drift, basis.drift(middle), 1e-8 * Math.abs(drift), "drift at " + middle);
    }

    private static String outside(double level, double quantile) {
        return "the quantile of " + level + " is " + quantile + ", outside the domain";
    }

    @Test
    void quantilesCutOffTheirProbability() {
        Eigenbasis basis = create(5);
        double last = basis.quantile(LEVELS[0]);
        assertTrue(basis.domain().contains(last), outside(LEVELS[0], last));
        for (int n = 1; n < LEVELS.length; n++) {
            double next = basis.quantile(LEVELS[n]);
            assertTrue(next > last, "quantiles increase");
            assertTrue(basis.domain().contains(next), outside(LEVELS[n], next));
            double probability = Quadrature.integrate(x -> Math.exp(basis.logDensity(x)), last, next);
            assertEquals(LEVELS[n] - LEVELS[n - 1], probability, tolerance(basis), "between " + last + " and " + next);
            last = next;
        }
        for (double u : new double[] {0x1p-54, 1 - 0x1p-53}) {
            double end = basis.quantile(u);
            assertTrue(basis.domain().contains(end), outside(u, end));
            assertTrue(Double.isFinite(basis.drift(end)), "drift at " + end);
        }
    }

    @TestFactory
    Stream<DynamicTest> stateRestoresEveryBit() {
        return Arrays.stream(degrees())
                .mapToObj(degree -> dynamicTest("degree " + degree, () -> {
                    Eigenbasis basis = create(degree);
                    Eigenbasis again =
                            family().restore(options(), data().columns().get(0), degree, basis.state());
                    assertEquals(basis.domain(), again.domain());
                    assertEquals(basis.core(), again.core());
                    assertEquals(basis.size(), again.size());
                    assertEquals(basis.tableSize(), again.tableSize());
                    assertEquals(basis.eigenvalueError(), again.eigenvalueError());
                    assertEquals(
                            basis.products().truncationError(), again.products().truncationError());
                    int functions = basis.tableSize();
                    double[] x = levels(basis);
                    assertArrayEquals(x, levels(again), "quantiles");
                    double[][] values = new double[2][functions * x.length];
                    double[][] derivatives = new double[2][functions * x.length];
                    basis.valuesAndDerivatives(functions, x, 0, x.length, values[0], derivatives[0]);
                    again.valuesAndDerivatives(functions, x, 0, x.length, values[1], derivatives[1]);
                    assertArrayEquals(values[0], values[1], "values");
                    assertArrayEquals(derivatives[0], derivatives[1], "derivatives");
                    for (int k = 0; k < functions; k++) {
                        assertEquals(basis.eigenvalue(k), again.eigenvalue(k), "lambda_" + k);
                    }
                    for (double point : x) {
                        assertEquals(basis.logDensity(point), again.logDensity(point));
                        assertEquals(basis.drift(point), again.drift(point));
                        assertEquals(basis.diffusion(point), again.diffusion(point));
                    }
                    assertEqualTables(basis.products(), again.products());
                }));
    }

    private static void assertEqualTables(ProductTable one, ProductTable other) {
        int terms = one.end(one.size() - 1, one.size() - 1);
        assertEquals(terms, other.end(other.size() - 1, other.size() - 1));
        for (int term = 0; term < terms; term++) {
            assertEquals(one.function(term), other.function(term));
            assertEquals(one.coefficient(term), other.coefficient(term));
        }
    }

    @Test
    void degreesOutOfRangeAreRefused() {
        for (int degree : new int[] {0, -3, 1_000_000}) {
            InputException refusal = assertThrows(InputException.class, () -> createAnew(degree));
            assertOneLineNaming(refusal, data().columns().get(0).name());
            assertTrue(
                    refusal.getMessage().contains(String.valueOf(degree)),
                    "a refusal names the degree " + degree + "; it says: " + refusal.getMessage());
        }
    }

    @Test
    void otherKindsOfColumnsAreRefused() {
        List<Column> columns = List.of(
                Column.real("other"),
                Column.positive("other"),
                Column.bounded("other", 0, 1),
                Column.angle("other", 0, 2 * Math.PI));
        for (Column column : columns) {
            if (!family().accepts(column.kind())) {
                BasisContext context = new BasisContext(column, data(), 3, RunContext.quiet(1));
                assertOneLineNaming(
                        assertThrows(InputException.class, () -> family().create(options(), context)), "other");
            }
        }
        assertTrue(family().accepts(data().columns().get(0).kind()), "the contract's own column");
    }

    private static void assertOneLineNaming(InputException refusal, String column) {
        assertTrue(
                refusal.getMessage().contains("'" + column + "'"),
                "a refusal names the column '" + column + "'; it says: " + refusal.getMessage());
        assertFalse(refusal.getMessage().contains("\n"), "a refusal has one line; it says: " + refusal.getMessage());
    }

    /** A few pairs that cover small, large, equal and unequal factors. */
    private static List<int[]> pairs(int size) {
        int last = size - 1;
        return List.of(
                new int[] {0, last},
                new int[] {1, 1},
                new int[] {1, last},
                new int[] {last / 2, last / 2},
                new int[] {last / 3, last},
                new int[] {last, last});
    }

    /** Functions at the nodes of a rule, with the density in the weights; conditioned on the core where there is one. */
    private static final class Sampled {
        final double[] values;
        final double[] derivatives;
        private final double[] weights;
        private final double[] energyWeights;
        private final int nodes;

        Sampled(Eigenbasis basis, double[][] rule, int functions) {
            double[][] kept = withMass(basis, rule);
            double[] x = kept[0];
            nodes = x.length;
            values = new double[functions * nodes];
            derivatives = new double[functions * nodes];
            basis.valuesAndDerivatives(functions, x, 0, nodes, values, derivatives);
            weights = new double[nodes];
            energyWeights = new double[nodes];
            double tails = tail(basis, -1) + tail(basis, 1);
            for (int n = 0; n < nodes; n++) {
                weights[n] = kept[1][n] * Math.exp(basis.logDensity(x[n])) / (1 - tails);
                energyWeights[n] = weights[n] * basis.diffusion(x[n]);
            }
        }

        /** Without the nodes so far out that polynomials overflow where the density underflows. */
        private static double[][] withMass(Eigenbasis basis, double[][] rule) {
            int count = 0;
            double[][] kept = new double[2][rule[0].length];
            for (int n = 0; n < rule[0].length; n++) {
                if (basis.logDensity(rule[0][n]) > -650) {
                    kept[0][count] = rule[0][n];
                    kept[1][count++] = rule[1][n];
                }
            }
            return new double[][] {Arrays.copyOf(kept[0], count), Arrays.copyOf(kept[1], count)};
        }

        double mean(double[] f, int a, double[] g, int b) {
            double sum = 0;
            for (int n = 0; n < nodes; n++) {
                sum += weights[n] * f[a * nodes + n] * g[b * nodes + n];
            }
            return sum;
        }

        double energy(int a, int b) {
            double sum = 0;
            for (int n = 0; n < nodes; n++) {
                sum += energyWeights[n] * derivatives[a * nodes + n] * derivatives[b * nodes + n];
            }
            return sum;
        }

        double energy(int a, int b, int c) {
            double sum = 0;
            for (int n = 0; n < nodes; n++) {
                sum += energyWeights[n]
                        * derivatives[a * nodes + n]
                        * derivatives[b * nodes + n]
                        * values[c * nodes + n];
            }
            return sum;
        }

        double triple(int a, int b, int c) {
            double sum = 0;
            for (int n = 0; n < nodes; n++) {
                sum += weights[n] * values[a * nodes + n] * values[b * nodes + n] * values[c * nodes + n];
            }
            return sum;
        }

        double productNorm(int a, int b) {
            double sum = 0;
            for (int n = 0; n < nodes; n++) {
                double product = values[a * nodes + n] * values[b * nodes + n];
                sum += weights[n] * product * product; // from the left: the square alone may overflow
            }
            return Math.sqrt(sum);
        }

        /** The L2(pi) norm of phi_a phi_b - sum_c C phi_c. */
        double remainder(ProductTable table, int a, int b) {
            double sum = 0;
            for (int n = 0; n < nodes; n++) {
                double rest = values[a * nodes + n] * values[b * nodes + n];
                for (int term = table.start(a, b); term < table.end(a, b); term++) {
                    rest -= table.coefficient(term) * values[table.function(term) * nodes + n];
                }
                sum += weights[n] * rest * rest;
            }
            return Math.sqrt(sum);
        }
    }
}
