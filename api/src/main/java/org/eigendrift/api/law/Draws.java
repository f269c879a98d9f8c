package org.eigendrift.api.law;

import java.util.List;
import org.eigendrift.api.Points;
import org.eigendrift.api.sampler.Outcome;

/**
 * Rows that were drawn.
 *
 * @param rows in the law's columns; the caller's own
 * @param outcome what a batch of them cost
 * @param remarks what a user should know of them, in sentences; empty if they are as they should be
 */
public record Draws(Points rows, Outcome outcome, List<String> remarks) {

    /**
     * Rows that are as they should be.
     *
     * @param rows in the law's columns; the caller's own
     * @param outcome what a batch of them cost
     */
    public Draws(Points rows, Outcome outcome) {
        this(rows, outcome, List.of());
    }

    /**
     * Other rows that were made of these.
     *
     * @param others in the law's columns; the caller's own
     * @return draws at the same cost, with the same remarks
     */
    public Draws withRows(Points others) {
        return new Draws(others, outcome, remarks);
    }
}
