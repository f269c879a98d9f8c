package org.eigendrift.engine.metric;

import java.lang.invoke.MethodHandles;
import java.util.List;
import org.eigendrift.api.RunContext;
import org.eigendrift.api.metric.Figure;
import org.eigendrift.api.metric.Figure.Better;
import org.eigendrift.api.metric.Metric;
import org.eigendrift.api.metric.MetricProvider;
import org.eigendrift.api.plugin.OptionSchema;

/**
 * The closed-form evidence bound on held-out rows: a lower bound of the reverse SDE's mean log-likelihood, in nats a
 * row in the data's own coordinates. It does not bound the probability flow's likelihood.
 */
public final class EvidenceBound implements MetricProvider<EvidenceBound.Options> {
    private static final OptionSchema<Options> SCHEMA = OptionSchema.of(MethodHandles.lookup(), Options.class);

    /** Creates the provider. */
    public EvidenceBound() {}

    /** No options. */
    public record Options() {}

    @Override
    public String name() {
        return "evidence-bound";
    }

    @Override
    public String summary() {
        return "Closed-form lower bound of the reverse SDE's mean log-likelihood of held-out rows";
    }

    @Override
    public OptionSchema<Options> options() {
        return SCHEMA;
    }

    @Override
    public Metric create(Options options, RunContext context) {
        return evaluation -> evaluation
                .evidenceBound()
                .map(bound -> List.of(Figure.of("evidence_bound", "heldout", bound)
                        .better(Better.MORE)
                        .in("nats")))
                .orElse(List.of());
    }
}
