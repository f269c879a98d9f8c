package org.eigendrift.contract;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.util.List;
import java.util.Optional;
import org.eigendrift.api.Points;
import org.eigendrift.api.State;
import org.eigendrift.api.catalog.Catalog;
import org.eigendrift.api.data.Column;
import org.eigendrift.api.law.Gate;
import org.eigendrift.api.law.GateProvider;
import org.junit.jupiter.api.Test;

/** What every gate promises. */
public abstract class GateContract {
    /** For subclasses. */
    protected GateContract() {}

    /**
     * The gate under test.
     *
     * @return a gate, the same at every call
     */
    protected abstract Gate gate();

    /**
     * Rows that it cuts.
     *
     * @return at least two rows; not modified
     */
    protected abstract Points rows();

    /**
     * What makes the gate again from a model file.
     *
     * @return its provider; empty if another part of the file does
     */
    protected Optional<GateProvider<?>> provider() {
        return Optional.empty();
    }

    /**
     * The columns of the rows.
     *
     * @return real ones named x1, x2, ..., unless overridden
     */
    protected List<Column> columns() {
        return java.util.stream.IntStream.rangeClosed(1, rows().dim())
                .mapToObj(i -> Column.real("x" + i))
                .toList();
    }

    @Test
    void everyRowGoesToACellWithAProbability() {
        Gate gate = gate();
        Points rows = rows();
        double[] before = rows.values().clone();
        Gate.Given given = gate.give(rows);
        assertArrayEquals(before, rows.values(), "give modifies the rows");
        assertTrue(gate.cells() >= 1, "cells: " + gate.cells());
        assertEquals(rows.size(), given.cells().length, "a cell for each row");
        assertEquals(rows.size(), given.logProbabilities().length, "a probability for each row");
        for (int n = 0; n < rows.size(); n++) {
            int cell = given.cells()[n];
            assertTrue(
                    cell >= 0 && cell < gate.cells(),
                    "row " + (n + 1) + " goes to cell " + cell + " of " + gate.cells());
            double log = given.logProbabilities()[n];
            assertTrue(
                    log <= 0 && log > Double.NEGATIVE_INFINITY, "row " + (n + 1) + " goes there with exp(" + log + ")");
        }
    }

    @Test
    void aRowGoesWhereItsValuesSayAlone() {
        Points rows = rows();
        Gate.Given all = gate().give(rows);
        for (int n = rows.size() - 1; n >= 0; n--) {
            Gate.Given alone = gate().give(rows.slice(n, n + 1));
            assertEquals(all.cells()[n], alone.cells()[0], "row " + (n + 1) + " alone goes elsewhere");
            assertEquals(
                    all.logProbabilities()[n], alone.logProbabilities()[0], "row " + (n + 1) + " alone has other odds");
        }
        assertEquals(0, gate().give(rows.slice(0, 0)).cells().length, "no rows, no cells");
    }

    @Test
    void aGateMadeAgainGivesEveryRowToTheSameCell() {
        assumeTrue(provider().isPresent(), "no provider restores it");
        Gate gate = gate();
        assertEquals(provider().get().name(), gate.kind(), "the kind names the provider that restores it");
        State state = gate.state();
        Gate again = provider().get().restore(columns(), state, Catalog.discover(List.of()));
        assertEquals(gate.kind(), again.kind());
        assertEquals(gate.cells(), again.cells());
        assertEquals(state.names(), again.state().names());
        for (String name : state.names()) {
            assertArrayEquals(state.get(name), again.state().get(name), name);
        }
        assertArrayEquals(gate.give(rows()).cells(), again.give(rows()).cells());
        assertArrayEquals(
                gate.give(rows()).logProbabilities(), again.give(rows()).logProbabilities());
    }

    @Test
    void rowsAreTheCallersOwn() {
        Gate gate = gate();
        Gate.Given first = gate.give(rows());
        int[] cells = first.cells().clone();
        java.util.Arrays.fill(first.cells(), -1);
        java.util.Arrays.fill(first.logProbabilities(), 1);
        assertArrayEquals(cells, gate.give(rows()).cells(), "what was returned is kept and used again");
        assertFalse(gate.kind().isBlank(), "a gate without a kind");
    }
}
