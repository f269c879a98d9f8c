package org.eigendrift.contract;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.eigendrift.api.CounterRandom;
import org.eigendrift.api.data.Column;
import org.eigendrift.api.target.Simulator;
import org.junit.jupiter.api.Test;

/** What every simulator promises. */
public abstract class SimulatorContract {
    private static final int SIMULATIONS = 200;
    private static final CounterRandom PRIOR = new CounterRandom(31);
    private static final CounterRandom NOISE = new CounterRandom(32);

    /** For subclasses. */
    protected SimulatorContract() {}

    /**
     * The simulator under test.
     *
     * @return a new simulator, the same at every call
     */
    protected abstract Simulator simulator();

    /** Parameters and outputs of one simulation. */
    private static double[] row(Simulator simulator, int n) {
        double[] parameters = new double[simulator.parameters().size()];
        double[] outputs = new double[simulator.outputs().size()];
        simulator.prior(PRIOR, n, parameters);
        double[] before = parameters.clone();
        simulator.simulate(NOISE, n, parameters, outputs);
        assertArrayEquals(before, parameters, "simulate modifies the parameters");
        return Stream.of(parameters, outputs).flatMapToDouble(Arrays::stream).toArray();
    }

    @Test
    void parametersAndOutputsAreColumnsOfTheirOwn() {
        Simulator simulator = simulator();
        assertFalse(simulator.parameters().isEmpty(), "no parameter");
        assertFalse(simulator.outputs().isEmpty(), "no output");
        List<String> names = Stream.concat(simulator.parameters().stream(), simulator.outputs().stream())
                .map(Column::name)
                .toList();
        assertEquals(names.stream().distinct().toList(), names, "a name occurs twice");
        assertEquals(simulator.parameters(), simulator().parameters());
        assertEquals(simulator.outputs(), simulator().outputs());
    }

    @Test
    void valuesAreOfTheirColumnsKind() {
        Simulator simulator = simulator();
        List<Column> columns = Stream.concat(simulator.parameters().stream(), simulator.outputs().stream())
                .toList();
        for (int n = 0; n < SIMULATIONS; n++) {
            double[] row = row(simulator, n);
            for (int i = 0; i < row.length; i++) {
                assertTrue(
                        columns.get(i).allows(row[i]), "simulation " + (n + 1) + ", " + columns.get(i) + ": " + row[i]);
            }
        }
    }

    @Test
    void aSimulationDependsOnItsNumberAlone() {
        Simulator simulator = simulator();
        double[][] rows =
                IntStream.range(0, SIMULATIONS).mapToObj(n -> row(simulator, n)).toArray(double[][]::new);
        double[][] backwards = new double[SIMULATIONS][];
        for (int n = SIMULATIONS - 1; n >= 0; n--) {
            backwards[n] = row(simulator, n);
        }
        double[][] together = IntStream.range(0, SIMULATIONS)
                .parallel()
                .mapToObj(n -> row(simulator, n))
                .toArray(double[][]::new);
        for (int n = 0; n < SIMULATIONS; n++) {
            assertArrayEquals(rows[n], backwards[n], "simulation " + (n + 1) + " depends on those before it");
            assertArrayEquals(rows[n], together[n], "simulation " + (n + 1) + " depends on threads");
            assertArrayEquals(rows[n], row(simulator(), n), "simulation " + (n + 1) + " of a new simulator is another");
        }
    }

    @Test
    void simulationsAreDrawnAnew() {
        Simulator simulator = simulator();
        long distinct = IntStream.range(0, SIMULATIONS)
                .mapToObj(n -> Arrays.toString(row(simulator, n)))
                .distinct()
                .count();
        assertTrue(distinct > 1, "all simulations are the same");
        double[] parameters = new double[simulator.parameters().size()];
        double[] again = new double[parameters.length];
        simulator.prior(PRIOR, 0, parameters);
        boolean differs = IntStream.range(1, SIMULATIONS).anyMatch(n -> {
            simulator.prior(PRIOR, n, again);
            return !Arrays.equals(parameters, again);
        });
        assertTrue(differs, "the prior has one value only, and nothing can be learnt of it");
    }
}
