package org.eigendrift.engine.moment;

import java.util.Arrays;
import java.util.stream.IntStream;
import org.eigendrift.api.basis.ProductTable;
import org.eigendrift.engine.basis.Cluster;

/** Ascending lists of function numbers. */
final class Ascending {
    private Ascending() {}

    static int[] union(int[] a, int[] b) {
        return IntStream.concat(Arrays.stream(a), Arrays.stream(b))
                .distinct()
                .sorted()
                .toArray();
    }

    /** The functions of each axis that a cluster's active products hold. */
    static int[][] used(Cluster cluster) {
        int[][] used = new int[cluster.order()][];
        for (int axis = 0; axis < used.length; axis++) {
            boolean[] held = new boolean[cluster.degree(axis) + 1];
            for (int index = 0; index < cluster.size(); index++) {
                held[cluster.functionAt(cluster.position(index), axis)] = true;
            }
            used[axis] = numbers(held);
        }
        return used;
    }

    /** The functions in which the products of two lists of functions are expanded. */
    static int[] products(ProductTable products, int[] a, int[] b) {
        boolean[] held = new boolean[products.tableSize()];
        int count = 0;
        for (int i = 0; i < a.length && count < held.length; i++) {
            for (int j = 0; j < b.length && count < held.length; j++) {
                for (int term = products.start(a[i], b[j]); term < products.end(a[i], b[j]); term++) {
                    count += held[products.function(term)] ? 0 : 1;
                    held[products.function(term)] = true;
                }
            }
        }
        return numbers(held);
    }

    private static int[] numbers(boolean[] held) {
        return IntStream.range(0, held.length).filter(k -> held[k]).toArray();
    }
}
