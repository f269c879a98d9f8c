package org.eigendrift.engine.basis;

import java.util.Locale;
import org.eigendrift.api.basis.Eigenbasis;
import org.eigendrift.api.plugin.PluginException;

/**
 * Functions that are not finite where their law has rows: a basis's fault. Far outside, where polynomials overflow, it is the rows
 * that are wrong, and what adds them up says so.
 */
final class FiniteTable {
    /** Beyond the quantiles of this probability on either side no row is expected. */
    private static final double TAIL = 1e-9;

    private FiniteTable() {}

    /**
     * Looks through a table.
     *
     * @param basis the basis
     * @param what what the numbers are, for messages
     * @param functions how many
     * @param x where
     * @param from the first point's place
     * @param count points
     * @param table number k of point n at {@code k * count + n}
     * @throws PluginException if one is not finite at a point where rows are expected
     */
    static void check(Eigenbasis basis, String what, int functions, double[] x, int from, int count, double[] table) {
        int size = functions * count;
        // Not finite if a number is not: four sums, which do not wait for one another.
        double a = 0;
        double b = 0;
        double c = 0;
        double d = 0;
        int k = 0;
        for (; k + 3 < size; k += 4) {
            a += 0 * table[k];
            b += 0 * table[k + 1];
            c += 0 * table[k + 2];
            d += 0 * table[k + 3];
        }
        for (; k < size; k++) {
            a += 0 * table[k];
        }
        if (!(a + b + c + d == 0)) {
            name(basis, what, x, from, count, table, size);
        }
    }

    private static void name(Eigenbasis basis, String what, double[] x, int from, int count, double[] table, int size) {
        double lower = basis.quantile(TAIL);
        double upper = basis.quantile(1 - TAIL);
        for (int k = 0; k < size; k++) {
            double here = x[from + k % count];
            if (!Double.isFinite(table[k]) && here >= lower && here <= upper) {
                throw new PluginException(
                        basis,
                        String.format(
                                Locale.ROOT,
                                "is wrong: at x = %.6g, %sphi_%d is %s; expected a finite number",
                                here,
                                what,
                                k / count,
                                table[k]));
            }
        }
    }
}
