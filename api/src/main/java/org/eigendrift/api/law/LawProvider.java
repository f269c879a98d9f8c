package org.eigendrift.api.law;

import java.util.Optional;
import org.eigendrift.api.data.Dataset;
import org.eigendrift.api.plugin.Kind;
import org.eigendrift.api.plugin.Provider;

/**
 * A kind of law: fits it to rows, and makes it again from a model file. A configuration chooses it by the block
 * {@code law: {type: NAME, ...}}.
 *
 * <p>Laws that a model file is to hold are {@link StoredLaw}s.
 *
 * <p>{@link #create} fits: it reads the rows as often as it needs and refuses rows that the kind cannot model (a column of
 * a kind it does not know, too few rows) as {@link org.eigendrift.api.InputException}, naming the column and what would do. The
 * law does not depend on the number of threads, bit for bit.
 *
 * @param <O> options record
 */
public interface LawProvider<O extends Record> extends Provider<O, LawContext, Law> {
    /** The kind of all laws. */
    Kind<LawContext, Law> KIND = new Kind<>("law", LawProvider.class);

    /**
     * Makes a law again from a model file.
     *
     * @param in what {@link StoredLaw#write} wrote
     * @return a law that gives the same numbers, bit for bit, and whose provenance is {@link LawReader#provenance}
     * @throws org.eigendrift.api.InputException if the file is damaged, or needs a plugin that is not there
     */
    Law restore(LawReader in);

    /**
     * Whether laws of this kind take a table's columns as they are: levels, whole numbers, gaps. Others are given real columns
     * in their place, levels by their numbers.
     *
     * @return false, unless the kind says otherwise
     */
    default boolean takesTables() {
        return false;
    }

    /**
     * Why a law of this kind should be taken for some rows, where a configuration leaves the choice to the program and flows of
     * real numbers would lose what the columns are.
     *
     * @param train the rows, in columns of the data; read at most once
     * @return the end of a sentence such as {@code column 'sex' is a category}; empty, unless the kind says otherwise
     */
    default Optional<String> suits(Dataset train) {
        return Optional.empty();
    }
}
