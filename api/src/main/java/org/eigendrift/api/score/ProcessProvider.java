package org.eigendrift.api.score;

import java.util.Optional;
import org.eigendrift.api.plugin.Kind;
import org.eigendrift.api.plugin.Provider;

/**
 * A kind of affine process, for exactly solvable models; created for a number of coordinates.
 *
 * @param <O> options record
 */
public interface ProcessProvider<O extends Record> extends Provider<O, Integer, AffineProcess> {
    /** The kind of all processes. */
    Kind<Integer, AffineProcess> KIND = new Kind<>("process", ProcessProvider.class);

    /** At a few times, drift and noise against differences of alpha and sigma; draws of the prior against its density. */
    @Override
    default Optional<String> fault(Integer dim, AffineProcess made) {
        return ProcessCheck.fault(dim, made);
    }
}
