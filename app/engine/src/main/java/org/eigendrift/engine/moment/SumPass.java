package org.eigendrift.engine.moment;

import org.eigendrift.api.Parallel;
import org.eigendrift.api.Points;

/** Fills moment tables of one layout from rows, a chunk at a time. Not thread-safe. */
public interface SumPass {
    /** Rows of a chunk, whose sums are formed in double before they enter the exact sums. */
    int CHUNK = 2048;

    /**
     * Adds rows to a table. Each sum is computed by one thread and in one order, so it does not depend on their number.
     *
     * @param z rows in frame coordinates, inside the domains, at most {@link #CHUNK}; not modified
     * @param table receives the sums, of the layout that made the pass; modified
     * @param parallel runs the tasks
     */
    void add(Points z, MomentTable table, Parallel parallel);
}
