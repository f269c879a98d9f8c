package org.eigendrift.targets.simulator;

import java.util.List;
import java.util.concurrent.CancellationException;
import org.eigendrift.api.CounterRandom;
import org.eigendrift.api.InputException;
import org.eigendrift.api.NumericalException;
import org.eigendrift.api.Points;
import org.eigendrift.api.RunContext;
import org.eigendrift.api.data.Column;
import org.eigendrift.api.data.Dataset;
import org.eigendrift.api.plugin.PluginException;
import org.eigendrift.api.target.Simulator;
import org.eigendrift.targets.Blocks;
import org.eigendrift.targets.LazyRows;

/**
 * Runs a simulator when its rows are first read, by the run's threads, and keeps them.
 *
 * @param provider of the simulator, for messages
 * @param simulator the simulator
 * @param columns parameters, then outputs
 * @param context threads, progress and cancellation
 */
record Simulations(Object provider, Simulator simulator, List<Column> columns, RunContext context) {
    /** Simulations run by one thread at a time. */
    private static final int BLOCK = 100;

    /** Random numbers of the prior, and of the simulator. */
    private static final int PRIOR = 0;

    private static final int NOISE = 1;

    Dataset rows(CounterRandom random, int rows) {
        CounterRandom prior = random.derive(PRIOR);
        CounterRandom noise = random.derive(NOISE);
        return new LazyRows(columns, rows, () -> {
            Points all = Points.zeros(columns.size(), rows);
            Blocks.run("simulations", (rows + BLOCK - 1) / BLOCK, context, b -> {
                for (int n = b * BLOCK; n < Math.min(rows, (b + 1) * BLOCK); n++) {
                    context.checkCancelled();
                    double[] row = run(prior, noise, n);
                    for (int i = 0; i < row.length; i++) {
                        all.set(i, n, row[i]);
                    }
                }
            });
            return all;
        });
    }

    private double[] run(CounterRandom prior, CounterRandom noise, int n) {
        double[] parameters = new double[simulator.parameters().size()];
        double[] outputs = new double[columns.size() - parameters.length];
        double[] row = new double[columns.size()];
        try {
            simulator.prior(prior, n, parameters);
            System.arraycopy(parameters, 0, row, 0, parameters.length);
            simulator.simulate(noise, n, parameters, outputs);
        } catch (InputException | NumericalException | CancellationException | PluginException e) {
            throw e;
        } catch (RuntimeException | LinkageError e) {
            throw PluginException.thrown(provider, e);
        }
        System.arraycopy(outputs, 0, row, parameters.length, outputs.length);
        for (int i = 0; i < row.length; i++) {
            Column column = columns.get(i);
            if (!column.allows(row[i])) {
                throw new PluginException(
                        provider,
                        "made '" + column.name() + "' = " + row[i] + " in simulation " + (n + 1) + ", expected "
                                + (Double.isFinite(row[i]) ? "a value of " + column : "a finite number"));
            }
        }
        return row;
    }
}
