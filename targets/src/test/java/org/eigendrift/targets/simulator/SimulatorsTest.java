package org.eigendrift.targets.simulator;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.lang.invoke.MethodHandles;
import java.util.List;
import java.util.OptionalLong;
import org.eigendrift.api.CounterRandom;
import org.eigendrift.api.Points;
import org.eigendrift.api.Progress;
import org.eigendrift.api.RunContext;
import org.eigendrift.api.data.Column;
import org.eigendrift.api.data.InMemory;
import org.eigendrift.api.plugin.Chosen;
import org.eigendrift.api.plugin.Option;
import org.eigendrift.api.plugin.OptionSchema;
import org.eigendrift.api.plugin.PluginException;
import org.eigendrift.api.target.Simulator;
import org.eigendrift.api.target.SimulatorProvider;
import org.eigendrift.api.target.Target;
import org.eigendrift.contract.SimulatorContract;
import org.eigendrift.contract.TargetContract;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

class SimulatorsTest {
    private static final RunContext RUN = RunContext.quiet(3);
    private static final Chosen<RunContext, Simulator> LINEAR =
            new Chosen<>(new LinearGaussian(), new LinearGaussian.Options(2, 0.4, 0.1));

    private static Target target(Chosen<RunContext, Simulator> simulator, int rows, RunContext run) {
        return new SimulatorTarget()
                .create(new SimulatorTarget.Options(simulator, rows, 300, OptionalLong.empty()), run);
    }

    @Nested
    class TwoMoonsTest extends SimulatorContract {
        @Override
        protected Simulator simulator() {
            return new TwoMoonsSimulator().create(new TwoMoonsSimulator.Options(), RUN);
        }
    }

    @Nested
    class LinearGaussianTest extends SimulatorContract {
        @Override
        protected Simulator simulator() {
            return LINEAR.create(RUN);
        }
    }

    @Nested
    class SimulatorTargetTest extends TargetContract {
        @Override
        protected Target target() {
            return SimulatorsTest.target(
                    new Chosen<>(new TwoMoonsSimulator(), new TwoMoonsSimulator.Options()), 1000, RUN);
        }
    }

    @Test
    void rowsAreParametersAndOutputsWhateverTheThreads() {
        Target target = target(LINEAR, 5000, RUN);
        assertEquals(
                List.of("theta1", "theta2", "x1", "x2"),
                target.train().columns().stream().map(Column::name).toList());
        Points rows = InMemory.read(target.train(), 5000);
        Points threads = InMemory.read(
                target(LINEAR, 5000, new RunContext(3, 4, Progress.NONE, () -> false))
                        .train(),
                5000);
        assertArrayEquals(rows.values(), threads.values());
        Points few = InMemory.read(target(LINEAR, 100, RUN).train(), 100);
        assertArrayEquals(rows.slice(0, 100).copy().values(), few.values());
        // Covariances of (theta, x): prior 0.4, with x 0.4, of x 0.5; five standard errors of a variance v,
        // v sqrt(2 / 5000).
        double error = 5 * Math.sqrt(2.0 / 5000);
        for (int i = 0; i < 2; i++) {
            assertEquals(0.4, moment(rows, i, i), 0.4 * error);
            assertEquals(0.4, moment(rows, i, 2 + i), 0.5 * error);
            assertEquals(0.5, moment(rows, 2 + i, 2 + i), 0.5 * error);
        }
        assertEquals(0, moment(rows, 0, 1), 0.5 * error);
        assertEquals(0, moment(rows, 2, 3), 0.5 * error);
    }

    private static double moment(Points rows, int i, int j) {
        double sum = 0;
        for (int n = 0; n < rows.size(); n++) {
            sum += rows.get(i, n) * rows.get(j, n) / rows.size();
        }
        return sum;
    }

    /** A simulator with one fault. */
    static final class Faulty implements SimulatorProvider<Faulty.Options> {
        private static final OptionSchema<Options> SCHEMA = OptionSchema.of(MethodHandles.lookup(), Options.class);

        record Options(
                @Option(doc = "name") String output,

                @Option(doc = "value") double value) {}

        @Override
        public String name() {
            return "faulty";
        }

        @Override
        public String summary() {
            return "one fault";
        }

        @Override
        public OptionSchema<Options> options() {
            return SCHEMA;
        }

        @Override
        public Simulator create(Options options, RunContext context) {
            return new Simulator() {
                @Override
                public List<Column> parameters() {
                    return List.of(Column.bounded("theta", 0, 1));
                }

                @Override
                public List<Column> outputs() {
                    return List.of(Column.positive(options.output()));
                }

                @Override
                public void prior(CounterRandom random, long simulation, double[] parameters) {
                    parameters[0] = random.uniform(simulation, 0);
                }

                @Override
                public void simulate(CounterRandom random, long simulation, double[] parameters, double[] outputs) {
                    outputs[0] = simulation == 41 ? options.value() : 1;
                    outputs[simulation == 41 && options.value() == 7 ? 1 : 0] += 0;
                }
            };
        }
    }

    private static String fault(String output, double value) {
        Chosen<RunContext, Simulator> faulty = new Chosen<>(new Faulty(), new Faulty.Options(output, value));
        return assertThrows(
                        PluginException.class,
                        () -> InMemory.read(target(faulty, 100, RUN).train(), 100))
                .getMessage()
                .replaceAll("\\(.*?\\) ", "");
    }

    @Test
    void faultsOfASimulatorNameItAndTheSimulation() {
        assertEquals(
                "plugin 'faulty' made 'x' = NaN in simulation 42, expected a finite number", fault("x", Double.NaN));
        assertEquals(
                "plugin 'faulty' made 'x' = -1.0 in simulation 42, expected a value of " + Column.positive("x"),
                fault("x", -1));
        assertEquals("plugin 'faulty' has two columns 'theta' among parameters and outputs", fault("theta", 1));
        assertEquals(
                "plugin 'faulty' threw java.lang.ArrayIndexOutOfBoundsException: Index 1 out of bounds for length 1",
                fault("x", 7));
    }
}
