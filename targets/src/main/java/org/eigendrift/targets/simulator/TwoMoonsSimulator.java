package org.eigendrift.targets.simulator;

import java.lang.invoke.MethodHandles;
import java.util.List;
import org.eigendrift.api.CounterRandom;
import org.eigendrift.api.RunContext;
import org.eigendrift.api.data.Column;
import org.eigendrift.api.plugin.OptionSchema;
import org.eigendrift.api.target.Simulator;
import org.eigendrift.api.target.SimulatorProvider;

/**
 * Two parameters, uniform on (-1, 1): x = (r cos a + 0.25 - |theta1 + theta2| / sqrt 2, r sin a + (theta2 - theta1) / sqrt 2), a uniform on
 * (-pi/2, pi/2), r ~ N(0.1, 0.01^2). The posterior has two crescents (Greenberg, Nonnenmacher, Macke, Automatic posterior transformation
 * for likelihood-free inference, ICML 2019).
 */
public final class TwoMoonsSimulator implements SimulatorProvider<TwoMoonsSimulator.Options> {
    private static final OptionSchema<Options> SCHEMA = OptionSchema.of(MethodHandles.lookup(), Options.class);

    /** Creates the provider. */
    public TwoMoonsSimulator() {}

    /** Nothing to choose. */
    public record Options() {}

    @Override
    public String name() {
        return "two-moons";
    }

    @Override
    public String summary() {
        return "two parameters whose posterior has two crescents";
    }

    @Override
    public OptionSchema<Options> options() {
        return SCHEMA;
    }

    @Override
    public Simulator create(Options options, RunContext context) {
        return new Moons();
    }

    private static final class Moons implements Simulator {
        private static final List<Column> PARAMETERS =
                List.of(Column.bounded("theta1", -1, 1), Column.bounded("theta2", -1, 1));
        private static final List<Column> OUTPUTS = List.of(Column.real("x1"), Column.real("x2"));

        @Override
        public List<Column> parameters() {
            return PARAMETERS;
        }

        @Override
        public List<Column> outputs() {
            return OUTPUTS;
        }

        @Override
        public void prior(CounterRandom random, long simulation, double[] parameters) {
            for (int i = 0; i < parameters.length; i++) {
                parameters[i] = 2 * random.uniform(simulation, i) - 1;
            }
        }

        @Override
        public void simulate(CounterRandom random, long simulation, double[] parameters, double[] outputs) {
            double angle = Math.PI * (random.uniform(simulation, 0) - 0.5);
            double radius = 0.1 + 0.01 * random.normal(simulation, 0);
            outputs[0] = radius * Math.cos(angle) + 0.25 - Math.abs(parameters[0] + parameters[1]) / Math.sqrt(2);
            outputs[1] = radius * Math.sin(angle) + (parameters[1] - parameters[0]) / Math.sqrt(2);
        }
    }
}
