package org.eigendrift.engine.assembly;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.DoubleUnaryOperator;
import java.util.stream.Stream;
import org.eigendrift.api.Parallel;
import org.eigendrift.api.Points;
import org.eigendrift.api.linear.LinearSystem;
import org.eigendrift.api.linear.SymmetricMatrix;
import org.eigendrift.engine.basis.Cluster;
import org.eigendrift.engine.basis.CoordinateBasis;
import org.eigendrift.engine.basis.Families;
import org.eigendrift.engine.basis.ProductBasis;
import org.eigendrift.engine.moment.GridLayout;
import org.eigendrift.engine.moment.MomentLayout;
import org.eigendrift.engine.moment.MomentTable;
import org.eigendrift.engine.moment.SumLayout;
import org.eigendrift.engine.moment.SumPass;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** A(t) and b(t) against their definition E_{p_t}[Gamma(phi_a, phi_b)] and -E_{p_t}[L phi_a] (docs/method.md, 3). */
class AssemblerTest {
    static Stream<List<String>> triples() {
        return Families.triples();
    }

    static Stream<String> families() {
        return Families.names();
    }

    static MomentTable table(ProductBasis basis, Points rows) {
        return table(new MomentLayout(basis), rows);
    }

    static MomentTable table(SumLayout layout, Points rows) {
        MomentTable table = new MomentTable(layout);
        SumPass pass = layout.pass();
        Parallel parallel = new Parallel(1);
        for (int from = 0; from < rows.size(); from += SumPass.CHUNK) {
            pass.add(rows.slice(from, Math.min(rows.size(), from + SumPass.CHUNK)), table, parallel);
        }
        return table;
    }

    /**
     * What a family's own numerics may be off by, nothing for closed forms: products leave out functions from M on, which
     * count with their rate and have decayed as exp(-lambda_M t).
     */
    private static double familyError(ProductBasis basis, double t) {
        double error = 0;
        for (CoordinateBasis coordinate : basis.coordinates()) {
            double fastest = coordinate.rate(coordinate.tableSize() - 1);
            double left = coordinate.basis().products().truncationError() * fastest * Math.exp(-fastest * t);
            error = Math.max(error, 100 * coordinate.basis().eigenvalueError() + left);
        }
        return error;
    }

    /** The definition, with 1-D expectations P_t g at each row from the process alone. */
    private static final class Definition {
        private final ProductBasis basis;
        private final int rows;
        private final int[][] degrees;
        /** For each coordinate and pair of its functions (0 the constant), at each row. */
        private final double[][][][] product;

        private final double[][][][] gamma;
        private final double[][][] generator;

        Definition(ProductBasis basis, List<Semigroup> semigroups, Points rows, double t) {
            this.basis = basis;
            this.rows = rows.size();
            this.degrees = Families.multiDegrees(basis);
            this.product = new double[basis.dim()][][][];
            this.gamma = new double[basis.dim()][][][];
            this.generator = new double[basis.dim()][][];
            for (int i = 0; i < basis.dim(); i++) {
                fill(i, semigroups.get(i), rows.column(i), t);
            }
        }

        private void fill(int i, Semigroup semigroup, double[] x, double t) {
            CoordinateBasis c = basis.coordinate(i);
            int k = c.size();
            product[i] = new double[k][k][];
            gamma[i] = new double[k][k][];
            generator[i] = new double[k][];
            for (int a = 0; a < k; a++) {
                int one = a;
                DoubleUnaryOperator slope = y -> Families.derivative(c, one, y);
                generator[i][a] = a == 0 ? new double[x.length] : semigroup.at(t, semigroup.generator(slope), x);
                for (int b = a; b < k; b++) {
                    int two = b;
                    product[i][a][b] = semigroup.at(t, y -> Families.value(c, one, y) * Families.value(c, two, y), x);
                    gamma[i][a][b] = a == 0
                            ? new double[x.length]
                            : semigroup.at(
                                    t,
                                    y -> c.timeScale()
                                            * c.basis().diffusion(y)
                                            * Families.derivative(c, one, y)
                                            * Families.derivative(c, two, y),
                                    x);
                    product[i][b][a] = product[i][a][b];
                    gamma[i][b][a] = gamma[i][a][b];
                }
            }
        }

        double matrix(int alpha, int beta) {
            double sum = 0;
            for (int n = 0; n < rows; n++) {
                for (int i = 0; i < basis.dim(); i++) {
                    double term = gamma[i][degrees[alpha][i]][degrees[beta][i]][n];
                    for (int j = 0; j < basis.dim(); j++) {
                        term *= j == i ? 1 : product[j][degrees[alpha][j]][degrees[beta][j]][n];
                    }
                    sum += term;
                }
            }
            return sum / rows;
        }

        double rhs(int alpha) {
            double sum = 0;
            for (int n = 0; n < rows; n++) {
                for (int i = 0; i < basis.dim(); i++) {
                    double term = generator[i][degrees[alpha][i]][n];
                    for (int j = 0; j < basis.dim(); j++) {
                        term *= j == i ? 1 : product[j][0][degrees[alpha][j]][n];
                    }
                    sum -= term;
                }
            }
            return sum / rows;
        }
    }

    private static void checkDefinition(List<String> families, int degree, double[] times) {
        List<CoordinateBasis> coordinates = Families.coordinates(families, degree);
        ProductBasis basis = Families.complete(coordinates, 3);
        List<Semigroup> semigroups = coordinates.stream().map(Semigroup::new).toList();
        Points rows = Families.rows(families, 3, 21);
        for (int i = 0; i < rows.dim(); i++) {
            for (int n = 0; n < rows.size(); n++) {
                rows.set(i, n, semigroups.get(i).snap(rows.get(i, n)));
            }
        }
        for (double t : times) {
            Definition definition = new Definition(basis, semigroups, rows, t);
            for (SumLayout layout : List.of(new MomentLayout(basis), new GridLayout(basis, times))) {
                checkDefinition(
                        families + " of " + layout.getClass().getSimpleName(), definition, table(layout, rows), t);
            }
        }
    }

    private static void checkDefinition(String name, Definition definition, MomentTable table, double t) {
        ProductBasis basis = definition.basis;
        Assembler assembler = new Assembler(table.layout(), basis);
        // The oracle's extrapolated differences err by some 1e-7 of the functions' size at cells of 1/300.
        double tolerance = 2e-6 + 20 * familyError(basis, t);
        SymmetricMatrix matrix = assembler.matrix(table.means(), t);
        double[] rhs = assembler.rhs(table.functionMeans(basis), t);
        for (int a = 0; a < basis.size(); a++) {
            double rootA = Math.sqrt(basis.rate(a));
            double diagonalA = Math.max(1, definition.matrix(a, a) / basis.rate(a));
            assertEquals(
                    definition.rhs(a) / rootA,
                    rhs[a],
                    tolerance * Math.sqrt(diagonalA) * rootA,
                    name + " b[" + a + "](" + t + ")");
            for (int b = 0; b < basis.size(); b++) {
                double scale = rootA * Math.sqrt(basis.rate(b));
                double size = Math.max(1, definition.matrix(b, b) / basis.rate(b)) * diagonalA;
                assertEquals(
                        definition.matrix(a, b) / scale,
                        matrix.get(a, b),
                        tolerance * Math.sqrt(size),
                        name + " A[" + a + "," + b + "](" + t + ")");
            }
        }
    }

    @ParameterizedTest
    @MethodSource("triples")
    void theSystemIsItsDefinition(List<String> families) {
        checkDefinition(families, 2, new double[] {0.3});
    }

    @ParameterizedTest
    @MethodSource("families")
    void theSystemOfHigherDegreesIsItsDefinition(String family) {
        checkDefinition(List.of(family), 5, new double[] {1, 0.04});
    }

    /** At t = 0 the definition is an average over rows, without any semigroup. */
    @ParameterizedTest
    @MethodSource("triples")
    void atTimeZeroTheMatrixIsAnAverageOverRows(List<String> families) {
        List<CoordinateBasis> coordinates = Families.coordinates(families, 3);
        Points rows = Families.rows(families, 40, 22);
        for (int order = 1; order <= 3; order++) {
            ProductBasis basis = Families.complete(coordinates, order).upTo(9);
            MomentTable table = table(Families.complete(coordinates, order), rows);
            SymmetricMatrix matrix = new Assembler(table.layout(), basis).matrix(table.means(), 0);
            double[][] gamma = Carre.average(basis, rows);
            // Rounding, some hundred units of the size of the products, and what a numerical family promises.
            double tolerance = 1e-10 + 20 * familyError(basis, 0);
            for (int a = 0; a < basis.size(); a++) {
                for (int b = 0; b < basis.size(); b++) {
                    double scale = Math.sqrt(basis.rate(a) * basis.rate(b));
                    double size = Math.max(1, Math.sqrt(gamma[a][a] * gamma[b][b]) / scale);
                    assertEquals(gamma[a][b] / scale, matrix.get(a, b), tolerance * size, "A[" + a + "," + b + "]");
                }
            }
        }
    }

    @ParameterizedTest
    @MethodSource("triples")
    void matricesAreSymmetricAndPositiveSemidefiniteToRounding(List<String> families) {
        List<CoordinateBasis> coordinates = Families.coordinates(families, 3);
        ProductBasis basis = Families.complete(coordinates, 2);
        // Fewer rows than functions: at t = 0 the matrix is singular.
        MomentTable table = table(basis, Families.rows(families, 7, 23));
        Assembler assembler = new Assembler(table.layout(), basis);
        for (double t : new double[] {0, 1e-4, 0.01, 0.1, 1, 10}) {
            SymmetricMatrix matrix = assembler.matrix(table.means(), t);
            int n = basis.size();
            double[][] shifted = new double[n][n];
            double trace = 0;
            for (int a = 0; a < n; a++) {
                for (int b = 0; b < n; b++) {
                    shifted[a][b] = matrix.get(a, b);
                    assertEquals(shifted[a][b], matrix.get(b, a), "bit for bit");
                }
                trace += shifted[a][a];
            }
            double rounding = (1e-11 + familyError(basis, t)) * trace;
            for (int a = 0; a < n; a++) {
                shifted[a][a] += rounding;
            }
            assertTrue(Carre.choleskySucceeds(shifted), families + " at t = " + t);
        }
    }

    @Test
    void disjointSupportsGiveExactlyZero() {
        List<String> families = List.of("cosine", "hermite", "cosine", "hermite", "cosine");
        ProductBasis basis = Families.complete(Families.coordinates(families, 2), 2);
        MomentTable table = table(basis, Families.rows(families, 100, 24));
        SymmetricMatrix matrix = new Assembler(table.layout(), basis).matrix(table.means(), 0.1);
        int[][] degrees = Families.multiDegrees(basis);
        int disjoint = 0;
        for (int a = 0; a < basis.size(); a++) {
            for (int b = 0; b < basis.size(); b++) {
                boolean shares = false;
                for (int i = 0; i < basis.dim(); i++) {
                    shares |= degrees[a][i] > 0 && degrees[b][i] > 0;
                }
                if (!shares) {
                    assertEquals(0, matrix.get(a, b));
                    disjoint++;
                }
            }
        }
        assertEquals((long) basis.size() * basis.size() - basis.matrixNonzeros(), disjoint);
    }

    /** A chain long enough that blocks are chosen, and pieces of it short enough that they are not. */
    @Test
    void blocksAgreeWithDenseBitForBit() {
        int dim = 40;
        List<String> families = new ArrayList<>();
        List<int[]> shapes = new ArrayList<>();
        for (int i = 0; i < dim; i++) {
            families.add(i % 3 == 0 ? "hermite" : "cosine");
            shapes.add(new int[] {i});
        }
        for (int i = 0; i + 1 < dim; i++) {
            shapes.add(new int[] {i, i + 1});
        }
        List<CoordinateBasis> coordinates = Families.coordinates(families, 3);
        ProductBasis chain = Families.ofShapes(coordinates, shapes);
        MomentTable table = table(chain, Families.rows(families, 50, 25));
        Assembler blocks = new Assembler(table.layout(), chain);
        assertFalse(blocks.dense());
        SymmetricMatrix sparse = blocks.matrix(table.means(), 0.05);
        assertEquals(chain.matrixNonzeros(), sparse.nonzeros());
        double[] x = new double[chain.size()];
        Arrays.setAll(x, a -> Math.sin(a));
        double[] fromBlocks = new double[x.length];
        double[] fromDense = new double[x.length];
        sparse.apply(x, fromBlocks);
        sparse.toDense().apply(x, fromDense);
        // Sums of at most 3 + 2 * 9 + 2 * 3 + ... = 60 terms of size 1, in other orders.
        assertArrayEquals(fromDense, fromBlocks, 60 * 0x1p-52 * 60);
        for (int from = 0; from < dim; from += 10) {
            List<int[]> some = new ArrayList<>();
            for (int[] shape : shapes) {
                if (shape[0] >= from && shape[shape.length - 1] < from + 10) {
                    some.add(shape);
                }
            }
            ProductBasis piece = Families.ofShapes(coordinates, some);
            Assembler whole = new Assembler(table.layout(), piece);
            assertTrue(whole.dense());
            SymmetricMatrix dense = whole.matrix(table.means(), 0.05);
            int[] indices = piece.indicesIn(chain);
            for (int a = 0; a < piece.size(); a++) {
                for (int b = 0; b < piece.size(); b++) {
                    assertEquals(dense.get(a, b), sparse.get(indices[a], indices[b]));
                }
            }
        }
    }

    @ParameterizedTest
    @MethodSource("triples")
    void restrictedBasesGivePrincipalSubmatrices(List<String> families) {
        ProductBasis basis = Families.complete(Families.coordinates(families, 3), 3);
        MomentTable table = table(basis, Families.rows(families, 30, 26));
        SymmetricMatrix whole = new Assembler(table.layout(), basis).matrix(table.means(), 0.03);
        double[] wholeRhs = new Assembler(table.layout(), basis).rhs(table.functionMeans(basis), 0.03);
        for (double bound : new double[] {1, 2, 3.5, 6, 12}) {
            ProductBasis slow = basis.upTo(bound);
            Assembler assembler = new Assembler(table.layout(), slow);
            SymmetricMatrix part = assembler.matrix(table.means(), 0.03);
            double[] rhs = assembler.rhs(table.functionMeans(slow), 0.03);
            int[] indices = slow.indicesIn(basis);
            for (int a = 0; a < slow.size(); a++) {
                assertEquals(wholeRhs[indices[a]], rhs[a]);
                for (int b = 0; b < slow.size(); b++) {
                    assertEquals(whole.get(indices[a], indices[b]), part.get(a, b), "bit for bit");
                }
            }
        }
    }

    /** Every so many functions of each cluster, so that most axes hold some degrees and not others. */
    private static ProductBasis everyOther(ProductBasis basis, int stride) {
        List<Cluster> some = new ArrayList<>();
        for (Cluster cluster : basis.clusters()) {
            int[] positions = Arrays.stream(cluster.positions())
                    .filter(p -> p % stride == stride / 2)
                    .toArray();
            some.add(cluster.withPositions(positions));
        }
        return basis.withClusters(some);
    }

    @ParameterizedTest
    @MethodSource("triples")
    void tablesCutToTheFunctionsInUseGiveTheSameSystems(List<String> families) {
        ProductBasis whole = Families.complete(Families.coordinates(families, 3), 3);
        Points rows = Families.rows(families, 30, 29);
        MomentTable wholeTable = table(whole, rows);
        for (int stride : new int[] {2, 3, 5}) {
            ProductBasis some = everyOther(whole, stride);
            MomentTable cut = table(some, rows);
            assertTrue(cut.layout().size() <= wholeTable.layout().size());
            assertArrayEquals(wholeTable.functionMeans(some), cut.functionMeans(some));
            SymmetricMatrix expected = new Assembler(wholeTable.layout(), some).matrix(wholeTable.means(), 0.07);
            SymmetricMatrix actual = new Assembler(cut.layout(), some).matrix(cut.means(), 0.07);
            for (int a = 0; a < some.size(); a++) {
                for (int b = 0; b < some.size(); b++) {
                    assertEquals(expected.get(a, b), actual.get(a, b), "bit for bit");
                }
            }
        }
    }

    /** The slowest moment decays as exp(-t), so A - 1 does too: at T = 12 below 1e-5 of its size at 0. */
    @ParameterizedTest
    @MethodSource("triples")
    void matricesTendToTheIdentity(List<String> families) {
        ProductBasis basis = Families.complete(Families.coordinates(families, 2), 3);
        MomentTable table = table(basis, Families.rows(families, 30, 27));
        Assembler assembler = new Assembler(table.layout(), basis);
        double far = distanceToIdentity(assembler.matrix(table.means(), 40));
        assertTrue(far <= 1e-12 + 20 * familyError(basis, 40), families + ": " + far);
        double four = distanceToIdentity(assembler.matrix(table.means(), 8));
        double five = distanceToIdentity(assembler.matrix(table.means(), 9));
        // The next decay is exp(-2t) or slower families' own second rate, at least twice the first for most.
        assertEquals(Math.exp(-1), five / four, 0.02 + familyError(basis, 9) / five);
    }

    private static double distanceToIdentity(SymmetricMatrix matrix) {
        double distance = 0;
        for (int a = 0; a < matrix.size(); a++) {
            for (int b = 0; b < matrix.size(); b++) {
                distance = Math.max(distance, Math.abs(matrix.get(a, b) - (a == b ? 1 : 0)));
            }
        }
        return distance;
    }

    @Test
    void systemsCarryTimeAndRidgeAndScaleTheta() {
        List<String> families = List.of("hermite", "cosine");
        ProductBasis basis = Families.complete(Families.coordinates(families, 2), 2);
        MomentTable table = table(basis, Families.rows(families, 30, 28));
        Assembler assembler = new Assembler(table.layout(), basis);
        LinearSystem system = assembler.system(table.means(), table.functionMeans(basis), 0.2, 0.125);
        assertEquals(0.2, system.time());
        assertEquals(0.125, system.shift());
        double[] theta = new double[basis.size()];
        Arrays.setAll(theta, a -> 1.0 + a);
        double[] y = assembler.scaled(theta);
        double[] back = assembler.theta(y);
        for (int a = 0; a < theta.length; a++) {
            assertEquals(Math.sqrt(basis.rate(a)) * theta[a], y[a], 4 * Math.ulp(y[a]));
            assertEquals(theta[a], back[a], 4 * Math.ulp(theta[a]));
        }
    }
}
