package org.eigendrift.api.metric;

import org.eigendrift.api.RunContext;
import org.eigendrift.api.plugin.Kind;
import org.eigendrift.api.plugin.Provider;

/**
 * A kind of metric.
 *
 * @param <O> options record
 */
public interface MetricProvider<O extends Record> extends Provider<O, RunContext, Metric> {
    /** The kind of all metrics. */
    Kind<RunContext, Metric> KIND = new Kind<>("metric", MetricProvider.class);
}
