package org.eigendrift.engine.metric;

import java.util.Arrays;
import org.eigendrift.api.CounterRandom;

/** Random orders (Fisher and Yates), the same for the same random numbers. */
final class Shuffle {
    private Shuffle() {}

    /**
     * A random order.
     *
     * @param size how many
     * @param random random numbers
     * @param stream which of the orders that these give
     * @return 0 to {@code size - 1}, in that order
     */
    static int[] of(int size, CounterRandom random, long stream) {
        int[] order = new int[size];
        Arrays.setAll(order, n -> n);
        for (int n = size - 1; n > 0; n--) {
            int other = (int) (random.uniform(stream, n) * (n + 1));
            int swap = order[n];
            order[n] = order[other];
            order[other] = swap;
        }
        return order;
    }
}
