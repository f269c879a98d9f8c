package org.eigendrift.api.metric;

import java.util.List;
import org.eigendrift.api.Points;

/**
 * Held-out rows beside what a law of some columns given the others draws for each: as good as from the law itself, if that is right.
 *
 * @param columns numbers of the modelled columns, ascending; shared
 * @param truth held-out rows
 * @param draws for each of them, as many rows with the same values given
 * @param nats the log-density of the modelled columns of each held-out row, given the others; shared
 * @param drawnNats the same, of its draws; shared
 */
public record Posteriors(int[] columns, Points truth, List<Points> draws, double[] nats, double[][] drawnNats) {

    /**
     * Checks that shapes agree.
     *
     * @param columns numbers of the modelled columns
     * @param truth held-out rows
     * @param draws a batch for each of them
     * @param nats a number for each of them
     * @param drawnNats an array for each of them
     * @throws IllegalArgumentException if there is not one batch of draws for each row, of one size
     */
    public Posteriors {
        draws = List.copyOf(draws);
        int size = draws.isEmpty() ? 0 : draws.get(0).size();
        if (draws.size() != truth.size()
                || nats.length != truth.size()
                || drawnNats.length != truth.size()
                || draws.stream().anyMatch(d -> d.size() != size || d.dim() != truth.dim())) {
            throw new IllegalArgumentException(truth.size() + " rows, " + draws.size() + " batches of draws, "
                    + nats.length + " and " + drawnNats.length + " densities");
        }
    }
}
