package org.eigendrift.api.law;

import java.util.List;

/**
 * How a law came about.
 *
 * @param kind name of the kind of law, as its provider has it
 * @param rows rows fitted, at least 0
 * @param decisions what was decided, in order
 */
public record Provenance(String kind, long rows, List<Decision> decisions) {

    /**
     * Copies the list.
     *
     * @param kind name of the kind of law
     * @param rows rows fitted
     * @param decisions what was decided
     */
    public Provenance {
        decisions = List.copyOf(decisions);
    }
}
