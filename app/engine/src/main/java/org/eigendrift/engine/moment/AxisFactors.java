package org.eigendrift.engine.moment;

import java.util.Arrays;
import org.eigendrift.api.Points;
import org.eigendrift.api.basis.ProductTable;
import org.eigendrift.engine.basis.CoordinateBasis;
import org.eigendrift.engine.kernel.MatrixKernel;

/**
 * The factors of one coordinate in A(t) at the rows of a chunk: P_t[phi_a phi_b] and D P_t[a(x) phi_a' phi_b'] for every
 * two functions in use, and exp(-D lambda_a t) phi_a for each. At t = 0 the products are those of values and derivatives
 * themselves; later they are expanded in eigenfunctions, as in the moment table. Not thread-safe.
 */
final class AxisFactors {
    private static final int BLOCK = 256;

    /** Pairs whose coefficients are held at a time. */
    private static final int PAIRS = 128;

    private final CoordinateBasis coordinate;
    private final int i;
    private final int[] functions;
    private final int[] places;
    /** The two functions of each pair. */
    private final int[] firsts;

    private final int[] seconds;
    private final int evaluated;
    private final boolean atZero;
    private final double[] coefficients;
    private int count;
    private double[] values = {};
    private double[] derivatives = {};
    private double[] diffusions = {};
    /** Products of pairs, then their gradients, then single functions, of the time last asked for. */
    private double[] factors = {};

    /**
     * Prepares.
     *
     * @param coordinate the basis of the coordinate
     * @param i its number
     * @param functions numbers of the functions in use, ascending, none the constant; shared
     * @param times the times that will be asked for, descending; not modified
     */
    AxisFactors(CoordinateBasis coordinate, int i, int[] functions, double[] times) {
        this.coordinate = coordinate;
        this.i = i;
        this.functions = functions;
        int highest = functions[functions.length - 1];
        this.places = new int[highest + 1];
        for (int at = 0; at < functions.length; at++) {
            places[functions[at]] = at;
        }
        this.atZero = times[times.length - 1] == 0;
        boolean later = times[0] > 0;
        this.evaluated = later ? coordinate.tableSize() : highest + 1;
        this.coefficients = new double[later ? 2 * PAIRS * evaluated : 0];
        this.firsts = new int[pairs()];
        this.seconds = new int[pairs()];
        for (int a : functions) {
            for (int b : functions) {
                firsts[pair(a, b)] = Math.min(a, b);
                seconds[pair(a, b)] = Math.max(a, b);
            }
        }
    }

    /** The number of pairs of functions in use, each with itself included. */
    int pairs() {
        return functions.length * (functions.length + 1) / 2;
    }

    /** The number of a pair, whichever of the two comes first: its row among the products. */
    int pair(int a, int b) {
        int low = Math.min(places[a], places[b]);
        return GridLayout.triangle(low, places[a] + places[b] - low, functions.length);
    }

    /** The row of a pair's gradients among all factors, given that of its product. */
    int gradientRow(int pair) {
        return pairs() + pair;
    }

    /** The row of a single function among all factors. */
    int singleRow(int a) {
        return 2 * pairs() + places[a];
    }

    /** The place of a single function among those in use. */
    int place(int a) {
        return places[a];
    }

    /** The number of functions in use. */
    int singles() {
        return functions.length;
    }

    /** Numbers that are held for each point. */
    int width() {
        return 2 * pairs() + functions.length + evaluated * (atZero ? 2 : 1);
    }

    /** Factors of the time last asked for: row by row, as many numbers as there are points. */
    double[] factors() {
        return factors;
    }

    /** Values phi_k of the chunk, k times the number of points from the start. */
    double[] values() {
        return values;
    }

    /** Evaluates the functions at a chunk's rows. */
    void load(Points z) {
        count = z.size();
        if (values.length < evaluated * count) {
            values = new double[evaluated * count];
            factors = new double[(2 * pairs() + functions.length) * count];
            derivatives = new double[atZero ? evaluated * count : 0];
            diffusions = new double[atZero ? count : 0];
        }
        if (!atZero) {
            coordinate.values(evaluated, z.values(), z.offset(i), count, values);
            return;
        }
        coordinate.valuesAndDerivatives(evaluated, z.values(), z.offset(i), count, values, derivatives);
        for (int n = 0; n < count; n++) {
            diffusions[n] = coordinate.timeScale() * coordinate.basis().diffusion(z.get(i, n));
        }
    }

    /** Computes the factors of one time. */
    void at(double t) {
        if (t == 0) {
            multiply();
        } else {
            expand(t);
        }
        for (int k = 0; k < functions.length; k++) {
            double decay = Math.exp(-coordinate.rate(functions[k]) * t);
            int from = functions[k] * count;
            int to = singleRow(functions[k]) * count;
            for (int n = 0; n < count; n++) {
                factors[to + n] = decay * values[from + n];
            }
        }
    }

    private void multiply() {
        for (int pair = 0; pair < firsts.length; pair++) {
            int a = firsts[pair] * count;
            int b = seconds[pair] * count;
            int product = pair * count;
            int gradient = gradientRow(pair) * count;
            for (int n = 0; n < count; n++) {
                factors[product + n] = values[a + n] * values[b + n];
                factors[gradient + n] = diffusions[n] * derivatives[a + n] * derivatives[b + n];
            }
        }
    }

    /** Matrix products of the coefficients, damped to time t, with the values. */
    private void expand(double t) {
        int terms = coordinate.termsAt(t);
        Arrays.fill(factors, 0, 2 * pairs() * count, 0);
        for (int from = 0; from < pairs(); from += PAIRS) {
            int some = Math.min(PAIRS, pairs() - from);
            damp(t, terms, from, some);
            expand(terms, 0, from, some);
            expand(terms, PAIRS * terms, gradientRow(from), some);
        }
    }

    private void expand(int terms, int coefficientsFrom, int row, int rows) {
        for (int from = 0; from < count; from += BLOCK) {
            int block = Math.min(BLOCK, count - from);
            MatrixKernel.multiplyAdd(
                    rows,
                    terms,
                    block,
                    coefficients,
                    coefficientsFrom,
                    terms,
                    values,
                    from,
                    count,
                    factors,
                    row * count + from,
                    count);
        }
    }

    /** The coefficients of some pairs' products and then, from {@link #PAIRS} rows on, of their gradients. */
    private void damp(double t, int terms, int from, int some) {
        ProductTable products = coordinate.basis().products();
        Arrays.fill(coefficients, 0, 2 * PAIRS * terms, 0);
        for (int at = 0; at < some; at++) {
            int a = firsts[from + at];
            int b = seconds[from + at];
            for (int term = products.start(a, b); term < products.end(a, b); term++) {
                int c = products.function(term);
                if (c < terms) {
                    double damped = products.coefficient(term) * Math.exp(-coordinate.rate(c) * t);
                    double rate = 0.5 * (coordinate.rate(a) + coordinate.rate(b) - coordinate.rate(c));
                    coefficients[at * terms + c] = damped;
                    coefficients[(PAIRS + at) * terms + c] = rate * damped;
                }
            }
        }
    }
}
