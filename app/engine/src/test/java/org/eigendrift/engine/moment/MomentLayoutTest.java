package org.eigendrift.engine.moment;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.List;
import org.eigendrift.engine.basis.Cluster;
import org.eigendrift.engine.basis.CoordinateBasis;
import org.eigendrift.engine.basis.Families;
import org.eigendrift.engine.basis.ProductBasis;
import org.junit.jupiter.api.Test;

/** Which moments a table holds, counted by hand. */
class MomentLayoutTest {
    /** Of two chains' links, the product of the slowest functions alone: position 0 of the full tensor. */
    private static ProductBasis links(List<String> families, int degree) {
        List<CoordinateBasis> coordinates = Families.coordinates(families, degree);
        int[] degrees = {degree, degree};
        return new ProductBasis(
                coordinates,
                List.of(
                        new Cluster(new int[] {0, 1}, degrees, new int[] {0}),
                        new Cluster(new int[] {1, 2}, degrees, new int[] {0})));
    }

    /** Cosines multiply as c1 c1 = 1 + c2 / sqrt 2; Hermite polynomials as h1 h1 = 1 + sqrt 2 h2. */
    @Test
    void axesHoldTheFunctionsOfProductsAndTheirFactors() {
        for (String family : List.of("cosine", "hermite")) {
            MomentLayout layout = new MomentLayout(links(List.of(family, family, family), 6));
            List<MomentTensor> tensors = layout.tensors();
            assertEquals(3, tensors.size());
            assertArrayEquals(new int[] {0, 1}, tensors.get(0).coordinates);
            assertArrayEquals(new int[][] {{0, 1, 2}, {0, 1, 2}}, tensors.get(0).functions);
            assertArrayEquals(new int[] {0, 1, 2}, tensors.get(1).coordinates);
            assertArrayEquals(new int[][] {{1}, {0, 2}, {1}}, tensors.get(1).functions);
            assertArrayEquals(new int[] {1, 2}, tensors.get(2).coordinates);
            assertArrayEquals(new int[][] {{0, 1, 2}, {0, 1, 2}}, tensors.get(2).functions);
            assertEquals(9 + 2 + 9, layout.size());
        }
    }

    /** One coordinate alone and in a pair, of degree 3: the pair's tensor is joined with what the two share. */
    @Test
    void tensorsOfTheSameCoordinatesAreJoinedWhereThatIsNoLarger() {
        List<CoordinateBasis> coordinates = Families.coordinates(List.of("cosine", "cosine"), 3);
        ProductBasis basis = Families.complete(coordinates, 2);
        MomentLayout layout = new MomentLayout(basis);
        // Products of cosines up to 3 reach degree 6; the pair's own tensor of 7 x 7 holds the mixed blocks' 7 x 3.
        assertEquals(7 + 7 + 49, layout.size());
    }

    @Test
    void momentsThatWereNotSummedAreNotFound() {
        ProductBasis some = links(List.of("cosine", "cosine", "cosine"), 4);
        MomentLayout layout = new MomentLayout(some);
        Cluster other = new Cluster(new int[] {0, 1}, new int[] {4, 4}, new int[] {10});
        assertThrows(IllegalArgumentException.class, () -> layout.indicesOf(other));
        Cluster elsewhere = new Cluster(new int[] {0, 2}, new int[] {4, 4}, new int[] {0});
        assertThrows(IllegalArgumentException.class, () -> layout.indicesOf(elsewhere));
    }
}
