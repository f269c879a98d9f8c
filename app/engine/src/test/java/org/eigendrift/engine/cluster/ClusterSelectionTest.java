package org.eigendrift.engine.cluster;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import org.eigendrift.api.CounterRandom;
import org.eigendrift.api.InputException;
import org.eigendrift.api.Points;
import org.eigendrift.api.data.Column;
import org.eigendrift.engine.basis.Cluster;
import org.eigendrift.engine.basis.CoordinateBasis;
import org.eigendrift.engine.basis.Families;
import org.eigendrift.engine.basis.ProductBasis;
import org.eigendrift.engine.settings.ClusterOptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Which functions are chosen: counted by hand, planted, and by chance. */
class ClusterSelectionTest {

    private static List<CoordinateBasis> cosines(int dim, int degree) {
        // One basis for all: they do not depend on data.
        return Collections.nCopies(
                dim, Families.coordinates(List.of("cosine"), degree).get(0));
    }

    private static List<Column> columns(int dim) {
        List<Column> columns = new ArrayList<>();
        for (int i = 0; i < dim; i++) {
            columns.add(Column.bounded("x" + i, -0.5, 2));
        }
        return columns;
    }

    private static ProductBasis choose(
            Map<String, ?> options, List<CoordinateBasis> bases, Function<ProductBasis, CandidateMoments> measure) {
        return new ClusterSelection(
                        ClusterOptions.SCHEMA.of(options),
                        columns(bases.size()),
                        bases,
                        new int[0],
                        measure,
                        ClusterSelectionTest::unneeded)
                .choose();
    }

    private static LeadingMoments unneeded() {
        throw new AssertionError("conditional dependence is not needed");
    }

    private static ProductBasis unmeasured(Map<String, ?> options, List<CoordinateBasis> bases) {
        return choose(options, bases, candidates -> {
            throw new AssertionError("moments are not needed");
        });
    }

    private static long clusters(ProductBasis basis, int order) {
        return basis.clusters().stream().filter(c -> c.order() == order).count();
    }

    private static Set<String> shapes(ProductBasis basis, int order) {
        Set<String> shapes = new TreeSet<>();
        basis.clusters().stream()
                .filter(c -> c.order() == order)
                .forEach(c -> shapes.add(Arrays.toString(c.coordinates())));
        return shapes;
    }

    @Test
    void allClusters() {
        ProductBasis basis = unmeasured(Map.of("select", "all", "order", 3, "cut", "none"), cosines(5, 2));
        assertEquals(5, clusters(basis, 1));
        assertEquals(10, clusters(basis, 2));
        assertEquals(10, clusters(basis, 3));
        assertEquals(5 * 2 + 10 * 4 + 10 * 8, basis.size());
    }

    @Test
    void graphs() {
        Map<String, Object> options = Map.of(
                "select",
                "graph",
                "order",
                3,
                "cut",
                "none",
                "edges",
                List.of(List.of("x0", "x1"), List.of("x2", "x1"), List.of("x3", "x4"), List.of("x2", "x0")));
        ProductBasis basis = unmeasured(options, cosines(5, 2));
        assertEquals(5, clusters(basis, 1));
        assertEquals(Set.of("[0, 1]", "[0, 2]", "[1, 2]", "[3, 4]"), shapes(basis, 2));
        assertEquals(Set.of("[0, 1, 2]"), shapes(basis, 3));
    }

    /**
     * Edges by hand. Chain of 6: 5, closed 6; range 2: 5 + 4, closed 12. Lattice 3 x 4: 3 * 3 + 2 * 4 = 17, closed 24;
     * range 2 adds 3 * 2 + 4 pairs straight on and 2 * 2 * 3 diagonals = 39 in all. A side of 2 has no second way round.
     */
    @ParameterizedTest
    @CsvSource({
        "6, 1, false, 5",
        "6, 1, true, 6",
        "6, 2, false, 9",
        "6, 2, true, 12",
        "3x4, 1, false, 17",
        "3x4, 1, true, 24",
        "3x4, 2, false, 39",
        "2x2, 1, true, 4",
        "6, 64, false, 15"
    })
    void latticesByHand(String shape, int range, boolean periodic, int pairs) {
        List<Integer> sides =
                Arrays.stream(shape.split("x")).map(Integer::valueOf).toList();
        int dim = sides.stream().reduce(1, (a, b) -> a * b);
        Map<String, Object> options = Map.of(
                "select", "lattice", "shape", sides, "range", range, "periodic", periodic, "order", 2, "cut", "none");
        ProductBasis basis = unmeasured(options, cosines(dim, 1));
        assertEquals(dim, clusters(basis, 1));
        assertEquals(pairs, clusters(basis, 2));
    }

    /** Triples of a chain need all three distances within the range: 4 of 6 sites at range 2. */
    @Test
    void triplesOfAChain() {
        ProductBasis basis =
                unmeasured(Map.of("select", "lattice", "range", 2, "order", 3, "cut", "none"), cosines(6, 1));
        assertEquals(Set.of("[0, 1, 2]", "[1, 2, 3]", "[2, 3, 4]", "[3, 4, 5]"), shapes(basis, 3));
    }

    @Test
    void mistakesAreNamed() {
        InputException shape = assertThrows(
                InputException.class,
                () -> unmeasured(Map.of("select", "lattice", "shape", List.of(2, 4)), cosines(6, 1)));
        assertEquals("basis.clusters.shape: [2, 4] has 8 sites, but there are 6 columns", shape.getMessage());
        InputException edge = assertThrows(
                InputException.class,
                () -> unmeasured(Map.of("select", "graph", "edges", List.of(List.of("x0", "x33"))), cosines(4, 1)));
        assertTrue(edge.getMessage().startsWith("basis.clusters.edges: there is no column 'x33'; did you mean 'x3'?"));
        assertThrows(InputException.class, () -> ClusterOptions.SCHEMA.of(Map.of("select", "graph")));
        assertThrows(
                InputException.class, () -> ClusterOptions.SCHEMA.of(Map.of("edges", List.of(List.of("x0", "x0")))));
    }

    /**
     * Multi-degrees (a, b) up to 3 kept by hand, cosine rates being squares: none 9; a^2 + b^2 <= 9: 4; a + b <= 3: 3; (a
     * + 1)(b + 1) <= 4: 1.
     */
    @ParameterizedTest
    @CsvSource({"none, 9", "rate, 4", "total-degree, 3", "hyperbolic, 1"})
    void cutsByHand(String cut, int kept) {
        ProductBasis basis = unmeasured(Map.of("select", "all", "order", 2, "cut", cut), cosines(2, 3));
        assertEquals(3 + 3 + kept, basis.size());
    }

    /** With rates 1 alone a pair's 1 + 1 exceeds the fastest single: the cut leaves the pairs empty. */
    @Test
    void aCutMayEmptyClusters() {
        ProductBasis basis = unmeasured(Map.of("select", "all", "order", 2, "cut", "rate"), cosines(4, 1));
        assertEquals(4, basis.size());
        assertEquals(4, basis.clusters().size());
        assertTrue(basis.clusters().stream().allMatch(c -> c.size() > 0));
    }

    /** Candidates with a score of 100 where asked, 0 elsewhere. */
    private static Function<ProductBasis, CandidateMoments> planted(List<int[]> found) {
        return candidates -> {
            int[][] degrees = Families.multiDegrees(candidates);
            double[] means = new double[degrees.length];
            double[] errors = new double[degrees.length];
            Arrays.fill(errors, 0.01);
            for (int f = 0; f < degrees.length; f++) {
                for (int p = 0; p < found.size(); p++) {
                    if (Arrays.equals(degrees[f], found.get(p))) {
                        means[f] = 1 - 0.1 * p;
                    }
                }
            }
            return new CandidateMoments(candidates, means, errors, 100_000);
        };
    }

    private static Set<String> interactions(ProductBasis basis) {
        Set<String> interactions = new TreeSet<>();
        for (int[] degrees : Families.multiDegrees(basis)) {
            if (Arrays.stream(degrees).filter(k -> k > 0).count() > 1) {
                interactions.add(Arrays.toString(degrees));
            }
        }
        return interactions;
    }

    @Test
    void significantFunctionsAreKeptAndSinglesAlways() {
        List<int[]> found = List.of(new int[] {1, 1, 0, 0}, new int[] {0, 2, 1, 0});
        ProductBasis basis = choose(Map.of("select", "significant", "cut", "none"), cosines(4, 2), planted(found));
        assertEquals(Set.of("[1, 1, 0, 0]", "[0, 2, 1, 0]"), interactions(basis));
        assertEquals(4 * 2 + 2, basis.size());
    }

    /** Two linked pairs make their triple a candidate; one pair does not. */
    @Test
    void triplesAreLookedAtOverLinkedPairs() {
        List<int[]> found =
                List.of(new int[] {1, 1, 0, 0}, new int[] {0, 1, 1, 0}, new int[] {1, 1, 1, 0}, new int[] {1, 1, 0, 1});
        ProductBasis basis =
                choose(Map.of("select", "significant", "order", 3, "cut", "none"), cosines(4, 2), planted(found));
        assertEquals(Set.of("[1, 1, 0, 0]", "[0, 1, 1, 0]", "[1, 1, 1, 0]"), interactions(basis));
    }

    /** phi_1 phi_1 holds functions 0 and 2: (1,1,0) (0,1,1) gives (1,0,1), squares give (2,2,0) and (0,2,2). */
    @Test
    void closureAddsProducts() {
        List<int[]> found = List.of(new int[] {1, 1, 0}, new int[] {0, 1, 1});
        ProductBasis basis = choose(
                Map.of("select", "significant", "order", 2, "cut", "none", "closure", "products"),
                cosines(3, 2),
                planted(found));
        assertEquals(Set.of("[1, 1, 0]", "[0, 1, 1]", "[1, 0, 1]", "[2, 2, 0]", "[0, 2, 2]"), interactions(basis));
    }

    @Test
    void maxSizeKeepsTheMostSignificant() {
        List<int[]> found = List.of(new int[] {1, 1, 0}, new int[] {0, 1, 1}, new int[] {1, 0, 2});
        for (String select : List.of("significant", "all")) {
            ClusterSelection selection = new ClusterSelection(
                    ClusterOptions.SCHEMA.of(Map.of("select", select, "cut", "none", "max_size", 8)),
                    columns(3),
                    cosines(3, 2),
                    new int[0],
                    planted(found),
                    ClusterSelectionTest::unneeded);
            ProductBasis basis = selection.choose();
            assertEquals(8, basis.size());
            assertEquals(Set.of("[1, 1, 0]", "[0, 1, 1]"), interactions(basis), select);
            assertTrue(
                    selection.remarks().stream().anyMatch(r -> r.contains("kept the 8 most significant of")),
                    () -> selection.remarks().toString());
        }
    }

    /** Moments and standard errors by loops. */
    private static Function<ProductBasis, CandidateMoments> measured(Points rows) {
        return candidates -> {
            int size = candidates.size();
            double[] means = new double[size];
            double[] errors = new double[size];
            int[][] degrees = Families.multiDegrees(candidates);
            double[][][] values = new double[rows.dim()][][];
            for (int i = 0; i < rows.dim(); i++) {
                int functions = candidates.coordinate(i).size();
                values[i] = new double[rows.size()][functions];
                for (int n = 0; n < rows.size(); n++) {
                    candidates
                            .coordinate(i)
                            .basis()
                            .values(functions, rows.values(), rows.offset(i) + n, 1, values[i][n]);
                }
            }
            for (int f = 0; f < size; f++) {
                double sum = 0;
                double squares = 0;
                for (int n = 0; n < rows.size(); n++) {
                    double product = 1;
                    for (int i = 0; i < rows.dim(); i++) {
                        product *= values[i][n][degrees[f][i]];
                    }
                    sum += product;
                    squares += product * product;
                }
                means[f] = sum / rows.size();
                errors[f] = Math.sqrt((squares / rows.size() - means[f] * means[f]) / rows.size());
            }
            return new CandidateMoments(candidates, means, errors, rows.size());
        };
    }

    private static Points uniform(int dim, int rows, long seed) {
        CounterRandom random = new CounterRandom(seed);
        Points points = Points.zeros(dim, rows);
        for (int i = 0; i < dim; i++) {
            for (int n = 0; n < rows; n++) {
                points.set(i, n, -0.5 + 2.5 * random.uniform(n, i));
            }
        }
        return points;
    }

    /** x3 a product of x1 and x2 with noise, x0 and x4 apart. */
    @Test
    void plantedInteractionsAreFound() {
        Points rows = uniform(5, 3000, 71);
        CounterRandom random = new CounterRandom(72);
        for (int n = 0; n < rows.size(); n++) {
            double u = (rows.get(1, n) + 0.5) / 2.5;
            double v = (rows.get(2, n) + 0.5) / 2.5;
            double product = Math.max(0, Math.min(1, u * v + 0.05 * random.normal(n, 0)));
            rows.set(3, n, -0.5 + 2.5 * product);
        }
        ProductBasis basis = choose(
                Map.of("select", "significant", "order", 3, "cut", "rate", "false_discovery", 0.01),
                cosines(5, 4),
                measured(rows));
        assertTrue(
                shapes(basis, 2).containsAll(Set.of("[1, 3]", "[2, 3]")),
                shapes(basis, 2).toString());
        assertTrue(shapes(basis, 3).contains("[1, 2, 3]"), shapes(basis, 3).toString());
        long astray = 0;
        for (int c = 0; c < basis.clusters().size(); c++) {
            Cluster cluster = basis.clusters().get(c);
            boolean planted = cluster.axis(0) < 0 && cluster.axis(4) < 0;
            astray += cluster.order() > 1 && !planted ? cluster.size() : 0;
        }
        long interactions = interactions(basis).size();
        // One in a hundred by chance; in one data set perhaps twice and one more.
        assertTrue(astray <= 1 + 0.02 * interactions, astray + " of " + interactions);
    }

    /**
     * Without any dependence every discovery is false, and the rule finds some in a share q of data sets (Benjamini and
     * Hochberg 1995, theorem 1 with all hypotheses true): of 200 at q = 0.1, 20 with a standard deviation of 4.2; the
     * band is four of them.
     */
    @Test
    void falseDiscoveriesAreAsRareAsNamed() {
        List<CoordinateBasis> bases = cosines(4, 3);
        int discovered = 0;
        for (int trial = 0; trial < 200; trial++) {
            ProductBasis basis = choose(
                    Map.of("select", "significant", "cut", "none", "false_discovery", 0.1),
                    bases,
                    measured(uniform(4, 400, 1000 + trial)));
            discovered += interactions(basis).isEmpty() ? 0 : 1;
        }
        assertTrue(discovered >= 3 && discovered <= 37, discovered + " of 200");
    }

    /** erfc(z / sqrt 2) in Python's math module. */
    @ParameterizedTest
    @CsvSource({
        "0.0, 1.0",
        "1e-08, 0.9999999920211544",
        "0.5, 0.6170750774519738",
        "1.0, 0.31731050786291415",
        "1.959963984540054, 0.05000000000000004",
        "2.0, 0.04550026389635844",
        "3.0, 0.0026997960632601913",
        "4.0, 6.334248366623993e-05",
        "4.24, 2.235197866424112e-05",
        "4.25, 2.137705154986886e-05",
        "5.0, 5.733031437583892e-07",
        "6.0, 1.9731752900754024e-09",
        "8.0, 1.2441921148543639e-15",
        "10.0, 1.5239706048321186e-23",
        "20.0, 5.507248237212663e-89",
        "37.0, 1.1451142445050278e-299"
    })
    void tailsOfTheNormalLaw(double z, double expected) {
        // 1 - erf cancels up to z = 3 sqrt 2, where terms of 170 leave 4e-14.
        assertEquals(expected, CandidateMoments.twoSided(z), 4e-14 + 1e-12 * expected);
        assertEquals(expected, CandidateMoments.twoSided(z), 1e-8 * expected);
    }

    @Test
    void scoresByHand() {
        ProductBasis basis = unmeasured(Map.of("select", "all", "order", 1), cosines(1, 3));
        CandidateMoments moments = new CandidateMoments(basis, new double[] {0, -3, 2}, new double[] {0, 1.5, 0}, 10);
        assertEquals(0, moments.score(0));
        assertEquals(2, moments.score(1));
        assertEquals(Double.POSITIVE_INFINITY, moments.score(2));
        assertTrue(moments.single(1));
    }

    /** Scores 5, 3, 2.6, 2, 1 of five pairs: p = 5.7e-7, 0.0027, 0.0093, 0.046, 0.32 against q r / 5. */
    @Test
    void theStepUpRuleByHand() {
        ProductBasis basis = unmeasured(Map.of("select", "all", "order", 2, "cut", "none"), cosines(2, 3));
        double[] means = new double[basis.size()];
        double[] errors = new double[basis.size()];
        Arrays.fill(errors, 1);
        double[] scores = {2.6, -5, 1, 0, 2, 3, 0, 0, 0};
        System.arraycopy(scores, 0, means, 6, 9);
        CandidateMoments moments = new CandidateMoments(basis, means, errors, 10);
        // Nine pairs: q r / 9 at q = 0.05 is 0.0056, 0.011, 0.017, 0.022: three pass.
        assertEquals(Set.of(6, 7, 11), kept(moments.discoveries(0.05)));
        // At q = 0.11: 0.012, 0.024, 0.037, 0.0489: the fourth, 0.0455, passes and takes those before it along.
        assertEquals(Set.of(6, 7, 10, 11), kept(moments.discoveries(0.11)));
        // At q = 1e-5 only the first.
        assertEquals(Set.of(7), kept(moments.discoveries(1e-5)));
        boolean[] keep = moments.discoveries(1e-5);
        for (int f = 0; f < 6; f++) {
            assertTrue(keep[f], "functions of one coordinate are kept");
        }
        assertFalse(keep[8]);
    }

    private static Set<Integer> kept(boolean[] keep) {
        Set<Integer> kept = new TreeSet<>();
        for (int f = 6; f < keep.length; f++) {
            if (keep[f]) {
                kept.add(f);
            }
        }
        return kept;
    }
}
