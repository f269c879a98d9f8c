package org.eigendrift.cli.run;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.eigendrift.api.Points;

/** Counts rows that lack a value, which {@code missing: drop} leaves out, and remembers where the first are. */
final class Gaps {
    /** Rows that a sentence names. */
    private static final int SHOWN = 5;

    private final List<Long> first = new ArrayList<>();
    private long seen;
    private long lacking;

    /**
     * Looks at the next row.
     *
     * @param rows rows
     * @param n number of the row among these
     * @return whether it has all its values
     */
    boolean add(Points rows, int n) {
        seen++;
        for (int i = 0; i < rows.dim(); i++) {
            if (Double.isNaN(rows.get(i, n))) {
                lacking++;
                if (first.size() < SHOWN) {
                    first.add(seen);
                }
                return false;
            }
        }
        return true;
    }

    /**
     * What was found.
     *
     * @param fate what becomes of such rows
     * @return a sentence; empty if there are none
     */
    Optional<String> sentence(String fate) {
        if (lacking == 0) {
            return Optional.empty();
        }
        return Optional.of(lacking + " of " + seen + " rows lack a value and " + fate + " (missing: drop): row"
                + (lacking == 1 ? " " : "s ")
                + first.stream().map(String::valueOf).collect(Collectors.joining(", "))
                + (lacking > SHOWN ? ", ..." : ""));
    }
}
