package org.eigendrift.api.guidance;

import org.eigendrift.api.RunContext;
import org.eigendrift.api.plugin.Kind;
import org.eigendrift.api.plugin.Provider;

/**
 * A kind of corrector.
 *
 * @param <O> options record
 */
public interface CorrectorProvider<O extends Record> extends Provider<O, RunContext, Corrector> {
    /** The kind of all correctors. */
    Kind<RunContext, Corrector> KIND = new Kind<>("corrector", CorrectorProvider.class);
}
