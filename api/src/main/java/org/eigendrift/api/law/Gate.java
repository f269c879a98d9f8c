package org.eigendrift.api.law;

import org.eigendrift.api.Points;
import org.eigendrift.api.State;

/**
 * Cuts rows into cells, of which members of a mixture are fitted to the rows. A row goes where its values say, alone: the
 * same row goes to the same cell in whatever file it stands, so that fits can be merged and rows unlearned member by member.
 * Immutable, thread-safe.
 */
public interface Gate {

    /**
     * Its kind: model files name it.
     *
     * @return the name of the {@link GateProvider} that makes it again
     */
    String kind();

    /**
     * The number of cells.
     *
     * @return at least 1
     */
    int cells();

    /**
     * The cell of each row.
     *
     * @param rows rows of data; not modified
     * @return cells, and with which probability the rows were given to them
     */
    Given give(Points rows);

    /**
     * The numbers that make the gate.
     *
     * @return its state: gates of equal states give every row to the same cell
     */
    State state();

    /**
     * Where rows went.
     *
     * @param cells for each row its cell; the caller's own
     * @param logProbabilities for each row the logarithm of the probability with which it goes there: 0 where the rule is
     *     strict; the caller's own
     */
    record Given(int[] cells, double[] logProbabilities) {}
}
