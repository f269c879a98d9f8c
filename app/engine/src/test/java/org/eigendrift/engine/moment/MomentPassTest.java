package org.eigendrift.engine.moment;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.stream.Stream;
import org.eigendrift.api.Parallel;
import org.eigendrift.api.Points;
import org.eigendrift.engine.basis.Cluster;
import org.eigendrift.engine.basis.CoordinateBasis;
import org.eigendrift.engine.basis.Families;
import org.eigendrift.engine.basis.ProductBasis;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The moment table against averages by loops, and its algebra. */
class MomentPassTest {
    private static final List<String> MIXED = List.of("cosine", "hermite", "cosine", "hermite", "hermite");

    static Stream<List<String>> triples() {
        return Families.triples();
    }

    private static MomentTable table(MomentLayout layout, Points rows, int threads) {
        return table(layout, MomentPass.Sum.PRODUCTS, rows, threads);
    }

    private static MomentTable table(MomentLayout layout, MomentPass.Sum sum, Points rows, int threads) {
        MomentTable table = new MomentTable(layout);
        MomentPass pass = new MomentPass(layout, sum);
        Parallel parallel = new Parallel(threads);
        for (int from = 0; from < rows.size(); from += MomentPass.CHUNK) {
            pass.add(rows.slice(from, Math.min(rows.size(), from + MomentPass.CHUNK)), table, parallel);
        }
        return table;
    }

    /** phi_k of every coordinate at every row, each evaluated by itself. */
    private static double[][][] values(ProductBasis basis, Points rows) {
        double[][][] values = new double[basis.dim()][][];
        for (int i = 0; i < basis.dim(); i++) {
            CoordinateBasis coordinate = basis.coordinate(i);
            values[i] = new double[coordinate.tableSize()][rows.size()];
            for (int k = 0; k < coordinate.tableSize(); k++) {
                for (int n = 0; n < rows.size(); n++) {
                    values[i][k][n] = Families.value(coordinate, k, rows.get(i, n));
                }
            }
        }
        return values;
    }

    /** Sum over rows of a product of functions, and of its absolute values. */
    private static double[] sums(double[][][] values, int[] coordinates, int[] functions, int rows) {
        double[] sums = new double[2];
        for (int n = 0; n < rows; n++) {
            double product = 1;
            for (int axis = 0; axis < coordinates.length; axis++) {
                product *= values[coordinates[axis]][functions[axis]][n];
            }
            sums[0] += product;
            sums[1] += Math.abs(product);
        }
        return sums;
    }

    private static void checkEveryEntry(ProductBasis basis, Points rows) {
        MomentLayout layout = new MomentLayout(basis);
        double[] means = table(layout, rows, 1).means();
        double[][][] values = values(basis, rows);
        int entries = 0;
        for (MomentTensor tensor : layout.tensors()) {
            int[] functions = new int[tensor.coordinates.length];
            for (int e = 0; e < tensor.size; e++) {
                int rest = e;
                for (int axis = functions.length - 1; axis >= 0; axis--) {
                    functions[axis] = tensor.functions[axis][rest % tensor.functions[axis].length];
                    rest /= tensor.functions[axis].length;
                }
                double[] expected = sums(values, tensor.coordinates, functions, rows.size());
                // Both sums err by at most (rows + factors) units of rounding of the sum of sizes; values of functions
                // evaluated in batches or alone agree to the last digits.
                double tolerance = (rows.size() + 100) * 0x1p-52 * expected[1] / rows.size() + 1e-300;
                assertEquals(
                        expected[0] / rows.size(),
                        means[tensor.start + e],
                        tolerance,
                        () -> Arrays.toString(tensor.coordinates) + Arrays.toString(functions));
                entries++;
            }
        }
        assertEquals(layout.size(), entries, "every entry of the table belongs to one tensor");
        assertEquals(means.length, entries);
    }

    @ParameterizedTest
    @MethodSource("triples")
    void everyEntryIsAnAverage(List<String> families) {
        List<CoordinateBasis> coordinates = Families.coordinates(families, 2);
        Points rows = Families.rows(families, 77, 5);
        for (int order = 1; order <= 3; order++) {
            checkEveryEntry(Families.complete(coordinates, order), rows);
        }
    }

    /** Clusters of order 3 that share one, two and three coordinates; a panel wider and longer than one task's. */
    @Test
    void everyEntryOfFiveCoordinates() {
        List<CoordinateBasis> coordinates = Families.coordinates(MIXED, 2);
        Points rows = Families.rows(MIXED, 50, 6);
        checkEveryEntry(
                Families.ofShapes(
                        coordinates,
                        List.of(new int[] {1}, new int[] {0, 4}, new int[] {0, 1, 2}, new int[] {1, 2, 3}, new int[] {
                            2, 3, 4
                        })),
                rows);
    }

    /** More functions a coordinate than a panel has rows, and more columns than a panel has. */
    @Test
    void everyEntryOfWidePanels() {
        List<String> families = List.of("cosine", "hermite", "cosine");
        List<CoordinateBasis> coordinates = Families.coordinates(families, 12);
        checkEveryEntry(Families.complete(coordinates, 2), Families.rows(families, 130, 7));
    }

    /** Sixty-six pairs of columns' functions, each with 130 rows below each other: more than a panel has. */
    @Test
    void everyEntryOfManyCoordinates() {
        List<String> families = Collections.nCopies(12, "hermite");
        checkEveryEntry(Families.complete(Families.coordinates(families, 6), 2), Families.rows(families, 9, 8));
    }

    /** One function of a column, not the first, beside one of another: between two such clusters both are axes of length 1. */
    @Test
    void everyEntryOfLoneFunctions() {
        List<String> families = List.of("cosine", "hermite", "cosine");
        List<CoordinateBasis> coordinates = Families.coordinates(families, 3);
        List<Cluster> lone = List.of(
                new Cluster(new int[] {0, 1}, new int[] {3, 3}, new int[] {5}),
                new Cluster(new int[] {1, 2}, new int[] {3, 3}, new int[] {7}));
        checkEveryEntry(new ProductBasis(coordinates, lone), Families.rows(families, 130, 11));
    }

    /** Rows that do not fill a block of 128 or a chunk, and one beyond. */
    @ParameterizedTest
    @ValueSource(ints = {1, 2, 127, 128, 129, 2047, 2048, 2049, 4099})
    void boundariesOfBlocksAndChunks(int count) {
        List<String> families = List.of("cosine", "hermite");
        checkEveryEntry(Families.complete(Families.coordinates(families, 3), 2), Families.rows(families, count, 8));
    }

    @ParameterizedTest
    @MethodSource("triples")
    void functionMeansAreThoseOfTheFunctions(List<String> families) {
        List<CoordinateBasis> coordinates = Families.coordinates(families, 3);
        ProductBasis whole = Families.complete(coordinates, 3);
        Points rows = Families.rows(families, 60, 9);
        MomentTable table = table(new MomentLayout(whole), rows, 1);
        MomentTable candidates = table(MomentLayout.ofCandidates(whole), rows, 1);
        MomentTable squares = table(MomentLayout.ofCandidates(whole), MomentPass.Sum.SQUARES, rows, 1);
        double[][][] values = values(whole, rows);
        for (ProductBasis basis : List.of(whole, whole.upTo(2.5))) {
            int[][] degrees = Families.multiDegrees(basis);
            double[] means = table.functionMeans(basis);
            double[] candidateMeans = candidates.functionMeans(basis);
            double[] squareMeans = squares.functionMeans(basis);
            assertEquals(basis.size(), means.length);
            for (int f = 0; f < means.length; f++) {
                double[] expected = new double[3];
                for (int n = 0; n < rows.size(); n++) {
                    double product = 1;
                    for (int i = 0; i < basis.dim(); i++) {
                        product *= degrees[f][i] == 0 ? 1 : values[i][degrees[f][i]][n];
                    }
                    expected[0] += product / rows.size();
                    expected[1] += product * product / rows.size();
                    expected[2] += Math.abs(product) / rows.size();
                }
                // As in checkEveryEntry.
                double rounding = 200 * 0x1p-52;
                assertEquals(expected[0], means[f], rounding * expected[2], Arrays.toString(degrees[f]));
                assertEquals(expected[0], candidateMeans[f], rounding * expected[2], Arrays.toString(degrees[f]));
                assertEquals(expected[1], squareMeans[f], rounding * expected[1], Arrays.toString(degrees[f]));
            }
        }
    }

    @Test
    void theSameBitsOnAnyNumberOfThreads() {
        List<CoordinateBasis> coordinates = Families.coordinates(MIXED, 3);
        MomentLayout layout = new MomentLayout(Families.complete(coordinates, 2));
        Points rows = Families.rows(MIXED, 5000, 10);
        MomentTable one = table(layout, rows, 1);
        for (int threads = 2; threads <= 4; threads++) {
            MomentTable many = table(layout, rows, threads);
            assertEquals(one, many);
            assertArrayEquals(one.limbs(), many.limbs());
        }
    }

    /** Merging and taking back, with parts cut at a chunk's end: no bit differs. */
    @Test
    void tablesOfWholeChunksAddAndSubtractExactly() {
        List<CoordinateBasis> coordinates = Families.coordinates(MIXED, 3);
        MomentLayout layout = new MomentLayout(Families.complete(coordinates, 2));
        Points rows = Families.rows(MIXED, 3 * MomentPass.CHUNK + 11, 11);
        MomentTable first = table(layout, rows.slice(0, MomentPass.CHUNK), 1);
        MomentTable second = table(layout, rows.slice(MomentPass.CHUNK, rows.size()), 2);
        MomentTable all = table(layout, rows, 1);
        MomentTable merged = first.copy();
        merged.add(second);
        assertEquals(all, merged);
        assertArrayEquals(all.limbs(), merged.limbs());
        assertArrayEquals(all.means(), merged.means());
        MomentTable otherWay = second.copy();
        otherWay.add(first);
        assertEquals(all, otherWay);
        merged.subtract(second);
        assertEquals(first, merged);
        merged.subtract(first);
        assertEquals(new MomentTable(layout), merged);
        assertNotEquals(first, second);
    }

    /**
     * With parts cut anywhere sums differ by the rounding of chunk sums alone, about 2048 u = 2e-13 of the sums of
     * sizes at worst and its root in practice.
     */
    @ParameterizedTest
    @ValueSource(ints = {1, 100, 2500})
    void tablesOfOddPartsAddAndSubtractToRounding(int cut) {
        List<CoordinateBasis> coordinates = Families.coordinates(MIXED, 2);
        MomentLayout layout = new MomentLayout(Families.complete(coordinates, 2));
        Points rows = Families.rows(MIXED, 5003, 12);
        MomentTable all = table(layout, rows, 1);
        MomentTable first = table(layout, rows.slice(0, cut), 1);
        MomentTable second = table(layout, rows.slice(cut, rows.size()), 1);
        MomentTable merged = first.copy();
        merged.add(second);
        assertClose(all.means(), merged.means(), 1e-12);
        all.subtract(second);
        assertEquals(cut, all.rows());
        assertClose(first.means(), all.means(), 1e-10);
    }

    private static void assertClose(double[] expected, double[] actual, double relative) {
        for (int e = 0; e < expected.length; e++) {
            assertEquals(expected[e], actual[e], relative * Math.max(1, Math.abs(expected[e])), "entry " + e);
        }
    }

    @Test
    void moreRowsCannotBeTakenThanThereAre() {
        List<String> families = List.of("cosine");
        MomentLayout layout = new MomentLayout(Families.complete(Families.coordinates(families, 3), 1));
        MomentTable small = table(layout, Families.rows(families, 5, 1), 1);
        MomentTable large = table(layout, Families.rows(families, 6, 1), 1);
        assertThrows(IllegalArgumentException.class, () -> small.subtract(large));
    }
}
