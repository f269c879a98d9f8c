package org.eigendrift.targets.simulator;

import java.lang.invoke.MethodHandles;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.stream.Stream;
import org.eigendrift.api.Purpose;
import org.eigendrift.api.RunContext;
import org.eigendrift.api.data.Column;
import org.eigendrift.api.data.Dataset;
import org.eigendrift.api.plugin.Chosen;
import org.eigendrift.api.plugin.Option;
import org.eigendrift.api.plugin.OptionSchema;
import org.eigendrift.api.plugin.PluginException;
import org.eigendrift.api.target.Simulator;
import org.eigendrift.api.target.SimulatorProvider;
import org.eigendrift.api.target.Target;
import org.eigendrift.api.target.TargetProvider;

/** A row of each simulation: parameters, then what is observed of them. */
public final class SimulatorTarget implements TargetProvider<SimulatorTarget.Options> {
    private static final OptionSchema<Options> SCHEMA = OptionSchema.of(MethodHandles.lookup(), Options.class);

    /** Creates the provider. */
    public SimulatorTarget() {}

    /**
     * The options.
     *
     * @param simulator the simulator
     * @param rows simulations to fit
     * @param heldout simulations kept apart
     * @param seed seed of the simulations
     */
    public record Options(
            @Option(doc = "the simulator, a name or {type: NAME, ...}", kind = SimulatorProvider.class)
            Chosen<RunContext, Simulator> simulator,

            @Option(doc = "simulations to fit", value = "10000", min = 1)
            int rows,

            @Option(doc = "simulations kept apart, 0 for none", value = "1000", min = 0)
            int heldout,

            @Option(doc = "seed of the simulations; auto: the run's seed", value = "auto")
            OptionalLong seed) {}

    @Override
    public String name() {
        return "simulator";
    }

    @Override
    public String summary() {
        return "parameters and what a simulator makes of them, for posteriors with 'given'";
    }

    @Override
    public OptionSchema<Options> options() {
        return SCHEMA;
    }

    @Override
    public Target create(Options options, RunContext context) {
        Simulator simulator = options.simulator().create(context);
        List<Column> columns = columns(options.simulator().provider(), simulator);
        Simulations simulations = new Simulations(options.simulator().provider(), simulator, columns, context);
        Dataset train = simulations.rows(context.random(Purpose.TRAIN_ROWS, options.seed()), options.rows());
        Optional<Dataset> heldout = options.heldout() == 0
                ? Optional.empty()
                : Optional.of(
                        simulations.rows(context.random(Purpose.HELDOUT_ROWS, options.seed()), options.heldout()));
        return new Target() {
            @Override
            public Dataset train() {
                return train;
            }

            @Override
            public Optional<Dataset> heldout() {
                return heldout;
            }
        };
    }

    private static List<Column> columns(Object provider, Simulator simulator) {
        List<Column> columns = Stream.concat(simulator.parameters().stream(), simulator.outputs().stream())
                .toList();
        if (simulator.parameters().isEmpty() || simulator.outputs().isEmpty()) {
            throw new PluginException(
                    provider, "has no parameters or no outputs, expected at least one column of each");
        }
        Set<String> names = new HashSet<>();
        for (Column column : columns) {
            if (!names.add(column.name())) {
                throw new PluginException(
                        provider, "has two columns '" + column.name() + "' among parameters and outputs");
            }
        }
        return columns;
    }
}
