package org.eigendrift.samplers.guidance;

import java.util.function.Supplier;
import org.eigendrift.api.guidance.Guidance;
import org.eigendrift.api.guidance.GuidanceContext;
import org.eigendrift.api.guidance.GuidanceProvider;
import org.eigendrift.api.plugin.OptionSchema;

/** A kind of guidance by an observation. */
abstract class ObservedProvider<O extends Record> implements GuidanceProvider<O> {
    private final String name;
    private final String summary;
    private final OptionSchema<O> schema;
    private final boolean curved;

    ObservedProvider(String name, String summary, OptionSchema<O> schema, boolean curved) {
        this.name = name;
        this.summary = summary;
        this.schema = schema;
        this.curved = curved;
    }

    /** What is observed. */
    abstract ObservationOptions observation(O options);

    /** Makes steerings; called once, so that what does not depend on points is computed once. */
    abstract Supplier<Steering> steerings(O options, Observation observation, GuidanceContext context);

    @Override
    public final String name() {
        return name;
    }

    @Override
    public final String summary() {
        return summary;
    }

    @Override
    public final OptionSchema<O> options() {
        return schema;
    }

    @Override
    public final Guidance create(O options, GuidanceContext context) {
        Observation observation = Observation.of(name, observation(options), context);
        Supplier<Steering> steerings = steerings(options, observation, context);
        return new Guided(name, curved, (model, process) -> steerings.get());
    }
}
