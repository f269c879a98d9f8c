package com.example.drift;

import java.lang.invoke.MethodHandles;
import java.util.List;
import org.eigendrift.api.CounterRandom;
import org.eigendrift.api.RunContext;
import org.eigendrift.api.data.Column;
import org.eigendrift.api.plugin.Option;
import org.eigendrift.api.plugin.OptionSchema;
import org.eigendrift.api.target.Simulator;
import org.eigendrift.api.target.SimulatorProvider;

/** A sample that decays at a rate between 0.1 and 2: what is left of it after 1 and after 3, seen with noise. */
public final class Decay implements SimulatorProvider<Decay.Options> {
    private static final OptionSchema<Options> SCHEMA = OptionSchema.of(MethodHandles.lookup(), Options.class);
    private static final double[] TIMES = {1, 3};

    /**
     * Options.
     *
     * @param noise standard deviation of what is seen
     */
    public record Options(
            @Option(doc = "Standard deviation of what is seen", value = "0.05", min = 0)
            double noise) {}

    /** Creates the provider. */
    public Decay() {}

    @Override
    public String name() {
        return "decay";
    }

    @Override
    public String summary() {
        return "the rate of a decay, and what is left at two times";
    }

    @Override
    public OptionSchema<Options> options() {
        return SCHEMA;
    }

    @Override
    public Simulator create(Options options, RunContext run) {
        return new Simulator() {
            @Override
            public List<Column> parameters() {
                return List.of(Column.bounded("rate", 0.1, 2));
            }

            @Override
            public List<Column> outputs() {
                return List.of(Column.real("early"), Column.real("late"));
            }

            @Override
            public void prior(CounterRandom random, long simulation, double[] parameters) {
                parameters[0] = 0.1 + 1.9 * random.uniform(simulation, 0);
            }

            @Override
            public void simulate(CounterRandom random, long simulation, double[] parameters, double[] outputs) {
                for (int i = 0; i < outputs.length; i++) {
                    outputs[i] = Math.exp(-parameters[0] * TIMES[i]) + options.noise() * random.normal(simulation, i);
                }
            }
        };
    }
}
