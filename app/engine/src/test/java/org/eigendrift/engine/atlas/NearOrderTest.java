package org.eigendrift.engine.atlas;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.Random;
import java.util.stream.IntStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.eigendrift.api.Points;
import org.junit.jupiter.api.Test;

class NearOrderTest {

    /** Few different values in the first coordinate, so that there are ties. */
    private static Points rows(int size, long seed) {
        Random random = new Random(seed);
        Points rows = Points.zeros(3, size);
        for (int n = 0; n < size; n++) {
            rows.set(0, n, random.nextInt(4));
            rows.set(1, n, random.nextGaussian());
            rows.set(2, n, n);
        }
        return rows;
    }

    @Property(tries = 100)
    void theRowsAreTheSame(
            @ForAll @IntRange(min = 1, max = 400) int size,
            @ForAll @IntRange(min = 1, max = 40) int block,
            @ForAll long seed) {
        Points rows = rows(size, seed);
        Points ordered = NearOrder.of(rows, 2, block);
        int[] places =
                IntStream.range(0, size).map(n -> (int) ordered.get(2, n)).toArray();
        assertArrayEquals(
                IntStream.range(0, size).toArray(),
                Arrays.stream(places).sorted().toArray());
        for (int n = 0; n < size; n++) {
            assertArrayEquals(rows.row(places[n]), ordered.row(n));
        }
    }

    /** On a line blocks are intervals one after the other: sorted blocks, whatever the order within them. */
    @Property(tries = 100)
    void blocksOfALineFollowEachOther(
            @ForAll @IntRange(min = 1, max = 400) int size,
            @ForAll @IntRange(min = 1, max = 40) int block,
            @ForAll long seed) {
        Points rows = rows(size, seed).copy();
        double[] line = rows.column(1);
        Points ordered = NearOrder.of(Points.wrap(1, size, line.clone()), 1, block);
        Arrays.sort(line);
        for (int from = 0; from < size; from += block) {
            int to = Math.min(size, from + block);
            double[] here = Arrays.copyOfRange(ordered.column(0), from, to);
            Arrays.sort(here);
            assertArrayEquals(Arrays.copyOfRange(line, from, to), here);
        }
    }

    /** 64 blocks of a uniform square are boxes whose areas sum to no more than the square: 64 random blocks would cover it 64 times. */
    @Test
    void blocksOfASquareAreSmallBoxes() {
        int block = 64;
        Random random = new Random(3);
        Points rows = Points.wrap(2, 64 * block, random.doubles(2 * 64 * block).toArray());
        Points ordered = NearOrder.of(rows, 2, block);
        double area = 0;
        for (int from = 0; from < rows.size(); from += block) {
            double product = 1;
            for (int i = 0; i < 2; i++) {
                double[] values = Arrays.copyOfRange(ordered.column(i), from, from + block);
                Arrays.sort(values);
                product *= values[block - 1] - values[0];
            }
            area += product;
        }
        assertTrue(area <= 1, "boxes of " + area);
        assertEquals(64 * block, ordered.size());
    }

    @Test
    void oneBlockAndRowsWithoutSuchCoordinatesStayAsTheyAre() {
        Points rows = rows(20, 1);
        assertSame(rows, NearOrder.of(rows, 2, 20));
        assertSame(rows, NearOrder.of(rows, 0, 5));
    }
}
