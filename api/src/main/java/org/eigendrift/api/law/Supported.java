package org.eigendrift.api.law;

import java.util.Optional;
import org.eigendrift.api.Points;

/** A law that can tell why a row is impossible. */
public interface Supported extends Law {

    /**
     * Names the columns that make rows impossible.
     *
     * @param rows rows; not modified
     * @param nats their log-densities; not modified
     * @param which what the rows are called: {@code held-out}
     * @return one sentence with an example and a remedy; empty if every row has a finite log-density
     */
    Optional<String> impossible(Points rows, double[] nats, String which);
}
