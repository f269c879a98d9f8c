package org.eigendrift.api.target;

import org.eigendrift.api.RunContext;
import org.eigendrift.api.plugin.Kind;
import org.eigendrift.api.plugin.Provider;

/**
 * A kind of simulator. The target {@code simulator} runs it and makes a row of each simulation.
 *
 * @param <O> options record
 */
public interface SimulatorProvider<O extends Record> extends Provider<O, RunContext, Simulator> {
    /** The kind of all simulators. */
    Kind<RunContext, Simulator> KIND = new Kind<>("simulator", SimulatorProvider.class);
}
