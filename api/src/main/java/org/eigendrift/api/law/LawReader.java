package org.eigendrift.api.law;

import java.util.List;
import org.eigendrift.api.State;
import org.eigendrift.api.data.Column;
import org.eigendrift.api.plugin.ProviderLookup;

/**
 * Gives what {@link LawWriter} took, under the same names. Files may be damaged or hostile: what is read was checked against
 * its checksum and for its type alone, and whoever restores a law checks lengths, ranges and finiteness, and refuses as
 * {@link org.eigendrift.api.InputException}, in words. Arrays are the caller's own. An array that nobody reads is an
 * error of the file. Not thread-safe.
 *
 * <p>All methods that read throw {@link org.eigendrift.api.InputException} if there is nothing of that name and type.
 */
public interface LawReader {

    /**
     * The columns of the law.
     *
     * @return an immutable list, at least one
     */
    List<Column> columns();

    /**
     * How the law came about.
     *
     * @return what its {@link Law#provenance} was when it was written
     */
    Provenance provenance();

    /**
     * The plugins.
     *
     * @return finds providers of frames, bases, other laws
     */
    ProviderLookup providers();

    /**
     * Whether something was written.
     *
     * @param name the name of a text, an array, a state that is not empty, or a law
     * @return whether there is any of that name
     */
    boolean has(String name);

    /**
     * Reads a text.
     *
     * @param name its name
     * @return the text
     */
    String text(String name);

    /**
     * Reads numbers.
     *
     * @param name their name
     * @return a new array, bit for bit as written; perhaps infinite or NaN
     */
    double[] doubles(String name);

    /**
     * Reads whole numbers.
     *
     * @param name their name
     * @return a new array
     */
    long[] longs(String name);

    /**
     * Reads whole numbers.
     *
     * @param name their name
     * @return a new array
     */
    int[] ints(String name);

    /**
     * Reads what was fitted of a frame or basis.
     *
     * @param name its name
     * @return the arrays; empty if none was written
     */
    State state(String name);

    /**
     * Reads a law that this one is made of.
     *
     * @param name its name
     * @return the law, of columns of its own
     */
    Law law(String name);
}
