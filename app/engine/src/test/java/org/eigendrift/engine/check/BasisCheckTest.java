package org.eigendrift.engine.check;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.IntToDoubleFunction;
import java.util.stream.Stream;
import org.eigendrift.api.CounterRandom;
import org.eigendrift.api.Points;
import org.eigendrift.api.RunContext;
import org.eigendrift.api.basis.BasisContext;
import org.eigendrift.api.basis.BasisFamily;
import org.eigendrift.api.basis.Eigenbasis;
import org.eigendrift.api.basis.ProductTable;
import org.eigendrift.api.data.Column;
import org.eigendrift.api.data.InMemory;
import org.eigendrift.api.plugin.PluginException;
import org.eigendrift.engine.basis.Families;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

class BasisCheckTest {
    private static final CounterRandom RANDOM = new CounterRandom(5);

    private static Eigenbasis meanField(int degree, int rows, IntToDoubleFunction value) {
        double[] values = new double[rows];
        Arrays.setAll(values, value::applyAsDouble);
        BasisFamily<?> family = (BasisFamily<?>) Families.CATALOG.find(BasisFamily.class, "mean-field");
        return create(family, new InMemory(List.of(Column.real("x")), Points.wrap(1, rows, values)), degree);
    }

    private static <O extends Record> Eigenbasis create(BasisFamily<O> family, InMemory data, int degree) {
        return family.create(
                family.options().defaults(),
                new BasisContext(data.columns().get(0), data, degree, RunContext.quiet(1)));
    }

    private static final Eigenbasis NUMERICAL = meanField(5, 500, n -> RANDOM.normal(n, 1));

    private static Eigenbasis right() {
        return Families.coordinates(List.of("cosine"), 6).get(0).basis();
    }

    @TestFactory
    Stream<DynamicTest> everyFamilyPasses() {
        return Families.names()
                .flatMap(family -> Stream.of(1, 2, 5, 12, 28, 40)
                        .map(degree -> dynamicTest(family + " " + degree, () -> {
                            Eigenbasis basis = Families.coordinates(List.of(family), degree)
                                    .get(0)
                                    .basis();
                            assertEquals(Optional.empty(), BasisCheck.fault(basis));
                        })));
    }

    /** Laws that are hard on a numerical family: a check that cries wolf would be worse than none. */
    @TestFactory
    Stream<DynamicTest> numericalBasesOfHardColumnsPass() {
        Map<String, IntToDoubleFunction> columns = new LinkedHashMap<>();
        columns.put("normal", n -> RANDOM.normal(n, 1));
        columns.put("Cauchy", n -> RANDOM.normal(n, 1) / RANDOM.normal(n, 2));
        columns.put("log-normal", n -> Math.exp(1.5 * RANDOM.normal(n, 1)));
        columns.put("exponential", n -> -Math.log(RANDOM.uniform(n, 1)));
        columns.put("two clusters far apart", n -> (n % 3 == 0 ? 100 : 0) + 0.01 * RANDOM.normal(n, 1));
        columns.put("narrow on wide", n -> (n % 2 == 0 ? 1e-3 : 10) * RANDOM.normal(n, 1));
        columns.put("rounded", n -> Math.rint(4 * RANDOM.normal(n, 1)));
        columns.put("half of them zero", n -> n % 2 == 0 ? 0 : RANDOM.normal(n, 1));
        columns.put("uniform", n -> RANDOM.uniform(n, 1));
        columns.put("arcsine", n -> Math.cos(Math.PI * RANDOM.uniform(n, 1)));
        columns.put("far from zero", n -> 1e9 + RANDOM.normal(n, 1));
        columns.put("tiny", n -> 1e-9 * RANDOM.normal(n, 1));
        return columns.entrySet().stream()
                .flatMap(column -> Stream.of(40, 1500)
                        .map(rows -> dynamicTest(column.getKey() + ", " + rows, () -> {
                            Eigenbasis basis = meanField(rows == 40 ? 3 : 12, rows, column.getValue());
                            assertEquals(Optional.empty(), BasisCheck.fault(basis));
                        })));
    }

    private static void assertFault(Eigenbasis wrong, String... parts) {
        String fault = BasisCheck.fault(wrong).orElse("nothing was found");
        for (String part : parts) {
            assertTrue(fault.contains(part), () -> "expected '" + part + "' in: " + fault);
        }
        assertEquals(1, fault.lines().count());
    }

    /** The same faults in a closed form and in a numerical family. */
    private static void assertFault(Function<Eigenbasis, Eigenbasis> fault, String... parts) {
        assertFault(fault.apply(right()), parts);
        assertFault(fault.apply(NUMERICAL), parts);
    }

    @Test
    void aScaledFunctionIsNotOrthonormal() {
        assertFault(
                basis -> new Altered(basis) {
                    @Override
                    double factor(int k) {
                        return k == 2 ? 1.3 : 1;
                    }
                },
                "phi_1 phi_1",
                "not orthonormal");
    }

    @Test
    void scaledFunctionsWithTheirOwnTableAreNotOrthonormalEither() {
        assertFault(
                basis -> new Altered(basis) {
                    @Override
                    double factor(int k) {
                        return k == 2 ? 1.3 : 1;
                    }

                    @Override
                    public ProductTable products() {
                        return table(right, (a, b, c) -> factor(a) * factor(b) / factor(c));
                    }
                },
                "C[2,2,0] = E[phi_2 phi_2] = 1.690, expected 1",
                "not orthonormal");
    }

    private interface Factor {
        double of(int a, int b, int c);
    }

    private static ProductTable table(Eigenbasis basis, Factor factor) {
        ProductTable table = basis.products();
        double[][][] dense = new double[basis.size()][basis.size()][basis.tableSize()];
        for (int a = 0; a < basis.size(); a++) {
            for (int b = 0; b < basis.size(); b++) {
                for (int term = table.start(a, b); term < table.end(a, b); term++) {
                    int c = table.function(term);
                    dense[a][b][c] = factor.of(a, b, c) * table.coefficient(term);
                }
            }
        }
        return ProductTable.of(basis.size(), basis.tableSize(), table.truncationError(), (a, b, c) -> dense[a][b][c]);
    }

    @Test
    void aWrongProductTableIsFound() {
        assertFault(
                basis -> new Altered(basis) {
                    @Override
                    public ProductTable products() {
                        return table(right, (a, b, c) -> c == 2 ? 0.5 : 1);
                    }
                },
                "phi_1 phi_1 is",
                "product table gives");
    }

    @Test
    void halvedEigenvaluesAreFound() {
        assertFault(
                basis -> new Altered(basis) {
                    @Override
                    public double eigenvalue(int k) {
                        return 0.5 * right.eigenvalue(k);
                    }
                },
                "L phi_1 is",
                "functions and eigenvalues do not belong together");
    }

    @Test
    void negativeAndUnorderedEigenvaluesAreFound() {
        assertFault(
                basis -> new Altered(basis) {
                    @Override
                    public double eigenvalue(int k) {
                        return -right.eigenvalue(k);
                    }
                },
                "its eigenvalue lambda_1 is -",
                "expected lambda_0 = 0 < lambda_1 <=");
        assertFault(
                basis -> new Altered(basis) {
                    @Override
                    public double eigenvalue(int k) {
                        return right.eigenvalue(k == 2 ? 3 : k == 3 ? 2 : k);
                    }
                },
                "its eigenvalue lambda_3 is");
    }

    @Test
    void aWrongDerivativeIsFound() {
        assertFault(
                basis -> new Altered(basis) {
                    @Override
                    public void valuesAndDerivatives(
                            int functions, double[] x, int from, int count, double[] values, double[] derivatives) {
                        super.valuesAndDerivatives(functions, x, from, count, values, derivatives);
                        for (int n = 0; n < count; n++) {
                            derivatives[3 * count + n] *= 0.9;
                        }
                    }
                },
                "the derivative of phi_3 is",
                "differences of its values give");
    }

    @Test
    void aDensityThatIsNotNormalisedIsFound() {
        assertFault(
                basis -> new Altered(basis) {
                    @Override
                    public double logDensity(double x) {
                        return right.logDensity(x) + 0.5;
                    }
                },
                "the density is not normalised");
    }

    @Test
    void aWrongQuantileIsFound() {
        assertFault(
                basis -> new Altered(basis) {
                    @Override
                    public double quantile(double u) {
                        return right.quantile(u * u);
                    }
                },
                "the quantile is not the density's");
        assertFault(
                basis -> new Altered(basis) {
                    @Override
                    public double quantile(double u) {
                        return right.quantile(1 - u);
                    }
                },
                "its quantile of 0.27",
                "expected increasing values");
    }

    @Test
    void aDriftOfTheWrongSignIsFound() {
        Eigenbasis wrong = new Altered(NUMERICAL) {
            @Override
            public double drift(double x) {
                return -right.drift(x);
            }
        };
        assertFault(wrong, "the drift");
    }

    @Test
    void whatIsNotFiniteOrMissingIsFound() {
        assertFault(
                basis -> new Altered(basis) {
                    @Override
                    double factor(int k) {
                        return k == 4 ? Double.NaN : 1;
                    }
                },
                "phi_4 is NaN");
        assertFault(
                basis -> new Altered(basis) {
                    @Override
                    double factor(int k) {
                        return k == 0 ? 2 : 1;
                    }
                },
                "phi_0 is 2.000");
        assertFault(
                basis -> new Altered(basis) {
                    @Override
                    public ProductTable products() {
                        return null;
                    }
                },
                "null for its domain, core, products or state");
        assertFault(
                basis -> new Altered(basis) {
                    @Override
                    public int size() {
                        return 3;
                    }
                },
                "it has 3 functions");
        assertFault((Eigenbasis) null, "returned null");
    }

    /** The sentence that says so once ended in an error of its own. */
    @Test
    void noDiffusionAndNoDensityAtAQuantileAreFound() {
        assertFault(
                basis -> new Altered(basis) {
                    @Override
                    public double diffusion(double x) {
                        return -2;
                    }
                },
                "which is a quantile, its diffusion coefficient is -2.000, its drift ");
        assertFault(
                basis -> new Altered(basis) {
                    @Override
                    public double logDensity(double x) {
                        return Double.NEGATIVE_INFINITY;
                    }
                },
                "its log density -Infinity and (log pi)' ");
        assertFault(
                basis -> new Altered(basis) {
                    @Override
                    public double logDensityDerivative(double x) {
                        return x > right.quantile(0.9) ? Double.NaN : right.logDensityDerivative(x);
                    }
                },
                "(log pi)' NaN; expected a positive number and finite ones");
    }

    @Test
    void whatIsRightIsGivenBack() {
        Eigenbasis right = right();
        assertSame(right, BasisCheck.checked("a plugin", right));
    }

    @Test
    void thePluginIsNamedWithItsClass() {
        Object provider = Families.CATALOG.find(BasisFamily.class, "cosine");
        Eigenbasis wrong = new Altered(right()) {
            @Override
            public double eigenvalue(int k) {
                return 0.5 * right.eigenvalue(k);
            }
        };
        String message = assertThrows(PluginException.class, () -> BasisCheck.checked(provider, wrong))
                .getMessage();
        assertTrue(message.startsWith("plugin 'cosine' (org.eigendrift.bases.CosineFamily"), message);
    }
}
