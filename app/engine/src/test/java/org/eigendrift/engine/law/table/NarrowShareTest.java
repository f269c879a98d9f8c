package org.eigendrift.engine.law.table;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The share of narrow kernels that a price buys. */
class NarrowShareTest {
    private static final double[] CHAIN = {1, 0, 0, 0};

    /** Rows of which so many, the first, are likelier by narrow kernels than by the chain, and all others are not at all. */
    private static List<double[]> heldout(int rows, int likelier) {
        double[] none = new double[rows];
        Arrays.fill(none, Double.NEGATIVE_INFINITY);
        double[] narrow = none.clone();
        Arrays.fill(narrow, 0, likelier, 20);
        return List.of(new double[rows], none, none, narrow);
    }

    /** A row that narrow kernels do not reach loses the logarithm of the others' share. */
    @Test
    void allRowsPay() {
        double[] shares = TableFit.nearer(heldout(50, 0), CHAIN, 0.3);
        // Twenty halvings of an interval of 0.9.
        assertEquals(1 - Math.exp(-0.3), shares[3], 1e-6);
        assertEquals(Math.exp(-0.3), shares[0], 1e-6);
    }

    /** What a few rows gain does not pay for what the others lose: of 50 rows 45 lose, 0.06 nats for all. */
    @Test
    void gainsOfSomeRowsAreNotSpent() {
        double[] shares = TableFit.nearer(heldout(50, 5), CHAIN, 0.06);
        assertEquals(1 - Math.exp(-0.06 / 0.9), shares[3], 1e-6);
    }

    @Test
    void noPriceBuysNothing() {
        assertArrayEquals(CHAIN, TableFit.nearer(heldout(50, 5), CHAIN, 0));
    }
}
