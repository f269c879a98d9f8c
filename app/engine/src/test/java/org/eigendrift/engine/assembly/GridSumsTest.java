package org.eigendrift.engine.assembly;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.DoubleRange;
import org.eigendrift.api.CounterRandom;
import org.eigendrift.api.Parallel;
import org.eigendrift.api.Points;
import org.eigendrift.api.linear.SymmetricMatrix;
import org.eigendrift.engine.basis.Cluster;
import org.eigendrift.engine.basis.Families;
import org.eigendrift.engine.basis.ProductBasis;
import org.eigendrift.engine.moment.GridLayout;
import org.eigendrift.engine.moment.MomentTable;
import org.eigendrift.engine.moment.SumPass;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** A(t) summed at given times against the moment table and against averages by loops, and the algebra of the sums. */
class GridSumsTest {
    private static final List<String> MIXED = List.of("cosine", "hermite", "fourier", "mean-field", "laguerre");
    private static final double[] TIMES = {1.3, 0.2, 0.03, 1e-4, 0};

    /**
     * Both ways sum the same expansions in other orders: some hundred terms of an entry, each with an error of one unit
     * of rounding of its size, which for polynomials of degree 6 over these rows is up to 1e3 that of the entry's bound
     * sqrt(A_aa A_bb).
     */
    private static final double ROUNDING = 100 * 1e3 * 0x1p-52;

    static Stream<List<String>> triples() {
        return Families.triples();
    }

    private static double[][] dense(SymmetricMatrix matrix) {
        double[][] entries = new double[matrix.size()][matrix.size()];
        for (int a = 0; a < entries.length; a++) {
            for (int b = 0; b < entries.length; b++) {
                entries[a][b] = matrix.get(a, b);
            }
        }
        return entries;
    }

    /** Entries to a share of their bounds by Cauchy and Schwarz, or of 1, A's size at large t. */
    private static void assertClose(double[][] expected, SymmetricMatrix actual, double relative, String what) {
        for (int a = 0; a < expected.length; a++) {
            for (int b = 0; b < expected.length; b++) {
                double size = Math.sqrt(Math.max(1, expected[a][a]) * Math.max(1, expected[b][b]));
                assertEquals(expected[a][b], actual.get(a, b), relative * size, what + " A[" + a + "," + b + "]");
            }
        }
    }

    private static void checkAgainstTable(ProductBasis basis, Points rows, double... times) {
        MomentTable moments = AssemblerTest.table(basis, rows);
        MomentTable grid = AssemblerTest.table(new GridLayout(basis, times), rows);
        double[] expectedMeans = moments.functionMeans(basis);
        double[] means = grid.functionMeans(basis);
        for (int a = 0; a < means.length; a++) {
            assertEquals(expectedMeans[a], means[a], ROUNDING * Math.max(1, Math.abs(means[a])), "m[" + a + "]");
        }
        for (double t : times) {
            double[][] expected = dense(new Assembler(moments.layout(), basis).matrix(moments.means(), t));
            SymmetricMatrix actual = new Assembler(grid.layout(), basis).matrix(grid.means(), t);
            assertClose(expected, actual, ROUNDING, "t = " + t);
        }
    }

    @ParameterizedTest
    @MethodSource("triples")
    void sumsAtPositiveTimesAreThoseThatTheTableGives(List<String> families) {
        Points rows = Families.rows(families, 40, 31);
        for (int order = 1; order <= 3; order++) {
            ProductBasis basis = Families.complete(Families.coordinates(families, 3), order);
            checkAgainstTable(basis, rows, 1.3, 0.2, 0.03, 1e-4);
        }
    }

    /** Few functions of large clusters, whose entries are summed one by one, and many, which are matrix products. */
    @Property(tries = 40)
    void someFunctionsOfSomeClusters(@ForAll long seed, @ForAll @DoubleRange(min = 0.01, max = 2) double t) {
        CounterRandom random = new CounterRandom(seed);
        ProductBasis whole = Families.complete(Families.coordinates(MIXED, 3), 3);
        List<Cluster> some = new ArrayList<>();
        for (int c = 0; c < whole.clusters().size(); c++) {
            Cluster cluster = whole.clusters().get(c);
            double share = random.uniform(c, 1) < 0.6 ? 0 : random.uniform(c, 2);
            int key = 100 * c;
            some.add(cluster.withPositions(IntStream.range(0, cluster.size())
                    .filter(p -> random.uniform(key + p, 3) < share)
                    .toArray()));
        }
        ProductBasis basis = whole.withClusters(some);
        if (basis.size() > 0) {
            checkAgainstTable(basis, Families.rows(MIXED, 150, 32), t);
        }
    }

    /** At t = 0 factors are values and derivatives themselves, so even truncated families are exact. */
    @ParameterizedTest
    @MethodSource("triples")
    void atTimeZeroTheSumsAreAveragesOverRows(List<String> families) {
        Points rows = Families.rows(families, 40, 33);
        for (int order = 1; order <= 3; order++) {
            ProductBasis basis = Families.complete(Families.coordinates(families, 3), order);
            GridLayout layout = new GridLayout(basis, 0);
            MomentTable table = AssemblerTest.table(layout, rows);
            double[][] gamma = Carre.average(basis, rows);
            SymmetricMatrix unscaled = Assembler.unscaled(layout, basis).matrix(table.means(), 0);
            SymmetricMatrix scaled = new Assembler(layout, basis).matrix(table.means(), 0);
            double[] rhs = Assembler.unscaled(layout, basis).rhs(table.functionMeans(basis), 0);
            for (int a = 0; a < basis.size(); a++) {
                assertEquals(basis.rate(a) * table.functionMeans(basis)[a], rhs[a], 2 * Math.ulp(rhs[a]));
                for (int b = 0; b < basis.size(); b++) {
                    // Sums of 40 rows of up to three products of up to eight factors, no term beyond the bound.
                    double rounding = 200 * 0x1p-52 * Math.sqrt(gamma[a][a] * gamma[b][b]);
                    double scale = Math.sqrt(basis.rate(a) * basis.rate(b));
                    assertEquals(gamma[a][b], unscaled.get(a, b), rounding, families + " [" + a + "," + b + "]");
                    assertEquals(gamma[a][b] / scale, scaled.get(a, b), 2 * rounding / scale);
                }
            }
        }
    }

    /** Fewer rows than functions, so that the matrix is singular: nothing truncated makes it indefinite. */
    @ParameterizedTest
    @MethodSource("triples")
    void atTimeZeroTheMatrixIsPositiveSemidefiniteToRounding(List<String> families) {
        ProductBasis basis = Families.complete(Families.coordinates(families, 4), 3);
        GridLayout layout = new GridLayout(basis, 0);
        MomentTable table = AssemblerTest.table(layout, Families.rows(families, 7, 34));
        double[][] matrix = dense(new Assembler(layout, basis).matrix(table.means(), 0));
        double trace = 0;
        for (int a = 0; a < matrix.length; a++) {
            trace += matrix[a][a];
        }
        for (int a = 0; a < matrix.length; a++) {
            // Entries err by some ten units of rounding, and so does elimination by its pivots' sum, the trace.
            matrix[a][a] += 100 * 0x1p-52 * trace;
        }
        assertTrue(Carre.choleskySucceeds(matrix));
    }

    @Test
    void largeClustersAreSplitIntoPanelsAndStayTheSame() {
        List<String> families = List.of("cosine", "hermite");
        ProductBasis basis =
                Families.complete(Families.coordinates(families, 24), 2).upTo(60);
        checkAgainstTable(basis, Families.rows(families, 30, 35).slice(0, 30), 0.4);
    }

    /** So many pairs of functions that a chunk's rows are taken in pieces. */
    @Test
    void chunksOfManyFactorsAreTakenInPieces() {
        List<String> families = List.of("cosine");
        ProductBasis basis = Families.complete(Families.coordinates(families, 130), 1);
        checkAgainstTable(basis, Families.rows(families, SumPass.CHUNK, 39), 1e-4);
    }

    @ParameterizedTest
    @MethodSource("triples")
    void restrictedBasesGivePrincipalSubmatrices(List<String> families) {
        ProductBasis basis = Families.complete(Families.coordinates(families, 3), 3);
        MomentTable table = AssemblerTest.table(new GridLayout(basis, TIMES), Families.rows(families, 30, 36));
        SymmetricMatrix whole = new Assembler(table.layout(), basis).matrix(table.means(), 0.03);
        double[] means = table.functionMeans(basis);
        for (double bound : new double[] {1, 2, 3.5, 6, 12}) {
            ProductBasis slow = basis.upTo(bound);
            SymmetricMatrix part = new Assembler(table.layout(), slow).matrix(table.means(), 0.03);
            double[] slowMeans = table.functionMeans(slow);
            int[] indices = slow.indicesIn(basis);
            for (int a = 0; a < slow.size(); a++) {
                assertEquals(means[indices[a]], slowMeans[a]);
                for (int b = 0; b < slow.size(); b++) {
                    assertEquals(whole.get(indices[a], indices[b]), part.get(a, b), "bit for bit");
                }
            }
        }
    }

    private static MomentTable table(GridLayout layout, Points rows, int threads) {
        MomentTable table = new MomentTable(layout);
        SumPass pass = layout.pass();
        Parallel parallel = new Parallel(threads);
        for (int from = 0; from < rows.size(); from += SumPass.CHUNK) {
            pass.add(rows.slice(from, Math.min(rows.size(), from + SumPass.CHUNK)), table, parallel);
        }
        return table;
    }

    @Test
    void theSameBitsOnAnyNumberOfThreads() {
        GridLayout layout = new GridLayout(Families.complete(Families.coordinates(MIXED, 3), 2), TIMES);
        Points rows = Families.rows(MIXED, 2500, 37);
        MomentTable one = table(layout, rows, 1);
        for (int threads = 2; threads <= 4; threads++) {
            assertArrayEquals(one.limbs(), table(layout, rows, threads).limbs());
        }
    }

    /** Merging and taking back, with parts cut at a chunk's end: no bit differs. */
    @Test
    void sumsOfWholeChunksAddAndSubtractExactly() {
        GridLayout layout = new GridLayout(Families.complete(Families.coordinates(MIXED, 2), 2), TIMES);
        Points rows = Families.rows(MIXED, 2 * SumPass.CHUNK + 11, 38);
        MomentTable first = table(layout, rows.slice(0, SumPass.CHUNK), 1);
        MomentTable second = table(layout, rows.slice(SumPass.CHUNK, rows.size()), 2);
        MomentTable all = table(layout, rows, 1);
        MomentTable merged = second.copy();
        merged.add(first);
        assertEquals(all, merged);
        assertArrayEquals(all.limbs(), merged.limbs());
        merged.subtract(second);
        assertEquals(first, merged);
        merged.subtract(first);
        assertEquals(new MomentTable(layout), merged);
        assertNotEquals(first, second);
    }

    @Test
    void thereIsOneSumForEachEntryOfTheTriangleAndTime() {
        ProductBasis basis = Families.complete(Families.coordinates(List.of("cosine", "cosine"), 2), 2);
        // Functions 2, 2 and 4; triangles 3 + 3 + 10, blocks of singles with the pair 2 * 4 each.
        assertEquals(8 + 3 * 32, new GridLayout(basis, 2, 1, 0).size());
        assertEquals(32, GridLayout.entries(basis));
    }

    @Test
    void otherTimesThanThoseOfTheGridAreRefused() {
        ProductBasis basis = Families.complete(Families.coordinates(List.of("cosine"), 2), 1);
        GridLayout layout = new GridLayout(basis, 1, 0.5);
        assertEquals(1, layout.indexOf(0.5));
        double[] means = new double[layout.size()];
        Assembler assembler = new Assembler(layout, basis);
        assertThrows(IllegalArgumentException.class, () -> assembler.matrix(means, Math.nextUp(0.5)));
        for (double[] times : List.of(new double[] {1, 1}, new double[] {1, 2}, new double[] {1, -1})) {
            assertThrows(IllegalArgumentException.class, () -> new GridLayout(basis, times), Arrays.toString(times));
        }
    }
}
