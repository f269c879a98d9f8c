package org.eigendrift.engine.file;

import java.io.IOException;
import org.eigendrift.api.law.Law;

/**
 * How a kind of law is written to a file and read.
 *
 * @param <L> the laws
 */
interface LawCodec<L extends Law> {

    /** The first version of the format that has all that a law needs. */
    int version(L law);

    /** Writes all of a law but rows, columns and kind. */
    void write(L law, Section.Out out);

    /** Reads a law; what it reads is checked. */
    L read(Section.In in) throws IOException;
}
