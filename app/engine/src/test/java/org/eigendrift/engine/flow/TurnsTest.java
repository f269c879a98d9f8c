package org.eigendrift.engine.flow;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.eigendrift.api.CounterRandom;

/** Whose turn a draw is, and the bound of mixtures of some of the members. */
class TurnsTest {
    private static double[] weights(List<Integer> parts) {
        double sum = parts.stream().mapToInt(p -> p).sum();
        return parts.stream().mapToDouble(p -> p / sum).toArray();
    }

    /**
     * Every draw is one member's, and the more draws do not change whose. Multiples of the golden section leave counts of any interval
     * within 3.1 of its share up to 300, wherever it begins (their discrepancy times n, over all intervals of the circle).
     */
    @Property(tries = 100)
    void drawsAreDealtByWeight(
            @ForAll @Size(min = 1, max = 5) List<@IntRange(min = 1, max = 9) Integer> parts, @ForAll long seed) {
        double[] weights = weights(parts);
        List<List<Integer>> turns = Turns.of(weights, 300, new CounterRandom(seed));
        List<Integer> all = new ArrayList<>();
        turns.forEach(all::addAll);
        assertEquals(
                IntStream.range(0, 300).boxed().toList(), all.stream().sorted().toList());
        List<List<Integer>> first = Turns.of(weights, 100, new CounterRandom(seed));
        for (int k = 0; k < weights.length; k++) {
            assertEquals(300 * weights[k], turns.get(k).size(), 3.5, "member " + k);
            assertEquals(100 * weights[k], first.get(k).size(), 3.5, "member " + k);
            assertEquals(turns.get(k).subList(0, first.get(k).size()), first.get(k));
        }
    }

    /** Consecutive turns of two members as heavy: no more than two draws in a row are of one, whatever the seed. */
    @Property(tries = 20)
    void neighboursAreMixed(@ForAll long seed) {
        List<Integer> first =
                Turns.of(new double[] {0.5, 0.5}, 200, new CounterRandom(seed)).get(0);
        for (int n = 0; n + 2 < 200; n++) {
            List<Integer> three = List.of(n, n + 1, n + 2);
            assertTrue(!first.containsAll(three), three::toString);
        }
    }

    /** Of all mixtures of some of the members, each with its weight, the one with the highest bound. */
    @Property(tries = 200)
    void theBoundIsThatOfTheBestOfAllChoicesOfMembers(
            @ForAll @Size(min = 1, max = 5) List<@IntRange(min = 1, max = 9) Integer> parts,
            @ForAll @Size(5) List<@IntRange(min = -60, max = 60) Integer> tenths) {
        double[] weights = weights(parts);
        List<MixedBound> members = new ArrayList<>();
        for (int k = 0; k < weights.length; k++) {
            members.add(new MixedBound(weights[k], 0.1 * tenths.get(k)));
        }
        double best = Double.NEGATIVE_INFINITY;
        for (int choice = 1; choice < 1 << weights.length; choice++) {
            double weight = 0;
            double sum = 0;
            for (int k = 0; k < weights.length; k++) {
                if ((choice >> k & 1) == 1) {
                    weight += weights[k];
                    sum += weights[k] * members.get(k).bound();
                }
            }
            best = Math.max(best, Math.log(weight) + sum / weight);
        }
        assertEquals(best, MixedBound.best(members), 1e-13);
    }
}
