package org.eigendrift.api.law;

/**
 * A law that a model file can hold. The kind in its {@link #provenance} is the name of the {@link LawProvider} that reads it
 * back: the name is the format.
 */
public interface StoredLaw extends Law {

    /**
     * Writes everything from which {@link LawProvider#restore} makes the same law again, bit for bit. Columns and
     * provenance are written by whoever calls. Equal laws write equal things in the same order.
     *
     * @param out receives texts and arrays
     */
    void write(LawWriter out);
}
