package org.eigendrift.engine.flow;

import java.util.ArrayList;
import java.util.List;
import org.eigendrift.api.CounterRandom;

/** Whose turn a draw of a mixture is. */
public final class Turns {
    /** The golden section less 1: of all numbers the one whose multiples fill the interval most evenly. */
    private static final double GOLDEN = 0.5 * (Math.sqrt(5) - 1);

    private Turns() {}

    /**
     * The numbers of the draws of each part, by multiples of the golden section from a random start: each draw's part is
     * drawn by the weights, and of any run of draws every part has its share to within a few.
     *
     * @param weights of the parts, summing to 1; not modified
     * @param count draws
     * @param random gives the start
     * @return for each part the numbers of its draws, ascending
     */
    public static List<List<Integer>> of(double[] weights, int count, CounterRandom random) {
        List<List<Integer>> numbers = new ArrayList<>();
        for (int k = 0; k < weights.length; k++) {
            numbers.add(new ArrayList<>());
        }
        double start = random.uniform(0, 0);
        for (int n = 0; n < count; n++) {
            double left = (start + n * GOLDEN) % 1;
            int k = 0;
            while (k + 1 < weights.length && left >= weights[k]) {
                left -= weights[k++];
            }
            numbers.get(k).add(n);
        }
        return numbers;
    }
}
