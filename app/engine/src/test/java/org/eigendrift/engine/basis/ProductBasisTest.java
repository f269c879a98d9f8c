package org.eigendrift.engine.basis;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Numbering, rates and restriction of product functions. */
class ProductBasisTest {
    private static final List<String> FAMILIES = List.of("cosine", "hermite", "cosine", "hermite");

    private static ProductBasis basis(int degree) {
        return Families.ofShapes(
                Families.coordinates(FAMILIES, degree),
                List.of(new int[] {0}, new int[] {3}, new int[] {0, 1}, new int[] {1, 2}, new int[] {0, 2, 3}));
    }

    /** The last coordinate varies fastest: position 7 of degrees (2, 3, 4) is (1, 2, 4) by hand. */
    @Test
    void positionsByHand() {
        Cluster cluster = Cluster.full(new int[] {2, 5, 9}, new int[] {2, 3, 4});
        assertEquals(24, cluster.tensorSize());
        int[] degrees = {cluster.functionAt(7, 0), cluster.functionAt(7, 1), cluster.functionAt(7, 2)};
        assertArrayEquals(new int[] {1, 2, 4}, degrees);
        assertEquals(1, cluster.axis(5));
        assertEquals(-1, cluster.axis(4));
        assertTrue(cluster.isFull());
        assertEquals(cluster, cluster.withPositions(cluster.positions()));
    }

    @Test
    void clustersAreEqualByWhatTheyHold() {
        Cluster cluster = Cluster.full(new int[] {2, 5}, new int[] {2, 3});
        Cluster same = new Cluster(new int[] {2, 5}, new int[] {2, 3}, new int[] {0, 1, 2, 3, 4, 5});
        assertEquals(same, cluster);
        assertEquals(same.hashCode(), cluster.hashCode());
        Cluster some = cluster.withPositions(new int[] {0, 4});
        assertFalse(some.isFull());
        assertEquals(2, some.size());
        assertEquals(4, some.position(1));
        assertEquals(3, some.degree(1));
        assertEquals("[2, 5]x2", some.toString());
        assertNotEquals(some, cluster);
        assertNotEquals(Cluster.full(new int[] {2, 4}, new int[] {2, 3}), cluster);
        assertNotEquals(new Cluster(new int[] {2, 5}, new int[] {3, 2}, cluster.positions()), cluster);
        assertNotEquals(cluster, (Object) "a cluster");
        // Arrays that are given out are copies.
        cluster.coordinates()[0] = 9;
        cluster.positions()[0] = 9;
        assertEquals(same, cluster);
    }

    @Test
    void functionsAreNumberedClusterByCluster() {
        ProductBasis basis = basis(2);
        assertArrayEquals(new int[] {0, 2, 4, 8, 12, 20}, basis.starts());
        for (int c = 0; c <= basis.clusters().size(); c++) {
            assertEquals(basis.starts()[c], basis.start(c));
        }
        assertEquals(20, basis.size());
        assertEquals(4, basis.dim());
        assertEquals(4, basis.coordinates().size());
        assertSame(basis.coordinates().get(1), basis.coordinate(1));
        List<Cluster> none = List.of(
                basis.clusters().get(0).withPositions(new int[0]),
                basis.clusters().get(2));
        assertEquals(List.of(basis.clusters().get(2)), basis.withClusters(none).clusters());
    }

    /** Each coordinate is trusted where it was and where other rows were seen. */
    @Test
    void otherRowsWidenWhatIsTrusted() {
        ProductBasis basis = basis(2);
        List<CoordinateBasis.Range> first = Collections.nCopies(4, new CoordinateBasis.Range(-0.1, 0.2));
        List<CoordinateBasis> narrow = basis.coordinates().stream()
                .map(c -> new CoordinateBasis(c.basis(), first.get(0)))
                .toList();
        ProductBasis wide = new ProductBasis(narrow, basis.clusters())
                .trustedIn(Collections.nCopies(4, new CoordinateBasis.Range(0.1, 0.7)));
        for (int i = 0; i < 4; i++) {
            CoordinateBasis expected =
                    new CoordinateBasis(basis.coordinate(i).basis(), new CoordinateBasis.Range(-0.1, 0.7));
            assertEquals(expected.range(), wide.coordinate(i).range());
            assertEquals(expected.trusted(), wide.coordinate(i).trusted());
        }
        assertEquals(basis.clusters(), wide.clusters());
    }

    /** cosine: D (k pi / width)^2 = k^2 with D = 1 / lambda_1; hermite: k. */
    @Test
    void ratesAddUp() {
        ProductBasis basis = basis(3);
        int[][] degrees = Families.multiDegrees(basis);
        for (int f = 0; f < basis.size(); f++) {
            int[] k = degrees[f];
            assertEquals(k[0] * k[0] + k[1] + k[2] * k[2] + k[3], basis.rate(f), 1e-13 * basis.rate(f));
        }
    }

    @Test
    void neighboursShareACoordinate() {
        ProductBasis basis = basis(2);
        assertArrayEquals(new int[] {2, 4}, basis.neighbours(0));
        assertArrayEquals(new int[] {4}, basis.neighbours(1));
        assertArrayEquals(new int[] {3, 4}, basis.neighbours(2));
        assertArrayEquals(new int[] {4}, basis.neighbours(3));
        assertArrayEquals(new int[] {}, basis.neighbours(4));
        // Sizes 2, 2, 4, 4, 8: squares 4 + 4 + 16 + 16 + 64, twice 2 * (4 + 8) + 2 * 8 + 4 * (4 + 8) + 4 * 8.
        assertEquals(104 + 2 * (24 + 16 + 48 + 32), basis.matrixNonzeros());
    }

    @Test
    void restrictionKeepsExactlyTheSlowFunctions() {
        ProductBasis basis = basis(3);
        int[][] all = Families.multiDegrees(basis);
        for (double bound : new double[] {0.5, 1, 2, 3, 7.5, 100}) {
            ProductBasis slow = basis.upTo(bound);
            int[] indices = slow.indicesIn(basis);
            int[][] some = Families.multiDegrees(slow);
            int at = 0;
            for (int f = 0; f < basis.size(); f++) {
                if (basis.rate(f) <= bound) {
                    assertEquals(f, indices[at]);
                    assertArrayEquals(all[f], some[at]);
                    assertEquals(basis.rate(f), slow.rate(at));
                    at++;
                }
            }
            assertEquals(at, slow.size());
            for (int i = 0; i < basis.dim(); i++) {
                int coordinate = i;
                int used =
                        Arrays.stream(some).mapToInt(k -> k[coordinate]).max().orElse(0);
                assertEquals(used, slow.usedDegree(i));
            }
        }
    }

    @Test
    void clustersMustFitTheCoordinates() {
        List<CoordinateBasis> coordinates = Families.coordinates(FAMILIES, 3);
        Cluster lower = Cluster.full(new int[] {0, 1}, new int[] {3, 2});
        Cluster beyond = Cluster.full(new int[] {4}, new int[] {3});
        assertThrows(IllegalArgumentException.class, () -> new ProductBasis(coordinates, List.of(lower)));
        assertThrows(IllegalArgumentException.class, () -> new ProductBasis(coordinates, List.of(beyond)));
    }
}
