package org.eigendrift.api.law;

import org.eigendrift.api.State;

/**
 * Takes what a law is made of, into a part of a model file of its own. Names are lower-case words, digits, underscores and
 * dots, {@code weights} or {@code tree.parents}; each is written once, and the order of writing is that of the file. Arrays
 * are shared until the file is complete, and not to be modified meanwhile. Not thread-safe.
 *
 * <p>All methods throw {@link IllegalArgumentException} if the name is not of this form or was written before.
 */
public interface LawWriter {

    /**
     * Writes a text: settings, names, anything small.
     *
     * @param name its name
     * @param value any text
     */
    void text(String name, String value);

    /**
     * Writes numbers.
     *
     * @param name their name
     * @param values any numbers, also infinite ones or NaN; kept bit for bit
     */
    void doubles(String name, double[] values);

    /**
     * Writes whole numbers.
     *
     * @param name their name
     * @param values any numbers
     */
    void longs(String name, long[] values);

    /**
     * Writes whole numbers.
     *
     * @param name their name
     * @param values any numbers
     */
    void ints(String name, int[] values);

    /**
     * Writes what was fitted of a frame or basis.
     *
     * @param name its name, a part of its arrays' names: {@code NAME.ARRAY}
     * @param state named arrays
     */
    void state(String name, State state);

    /**
     * Writes a law that this one is made of, of whatever kind and columns, with its provenance.
     *
     * @param name its name, a part of all its names
     * @param law the law
     * @throws org.eigendrift.api.InputException if its kind cannot be written
     */
    void law(String name, Law law);
}
