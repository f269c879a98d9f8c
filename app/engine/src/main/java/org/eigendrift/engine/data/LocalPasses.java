package org.eigendrift.engine.data;

import java.util.List;
import java.util.function.IntConsumer;
import org.eigendrift.api.RunContext;
import org.eigendrift.api.data.Dataset;
import org.eigendrift.api.pass.Passes;
import org.eigendrift.api.pass.Summary;
import org.eigendrift.engine.kernel.Parallel;

/**
 * Reads rows on this machine: block after block, the summaries of a reading side by side.
 *
 * @param data the rows
 * @param run stops readings when cancelled
 * @param parallel runs the tasks
 */
public record LocalPasses(Dataset data, RunContext run, Parallel parallel) implements Passes {
    @Override
    public List<Object> read(List<Summary<?>> summaries) {
        List<Gathering<?>> gatherings = Gathering.of(summaries);
        Passes.blocks(
                data,
                run,
                (rows, first) -> parallel.forEach(
                        gatherings.size(), g -> gatherings.get(g).add(rows, first)));
        return Gathering.results(gatherings);
    }

    @Override
    public void each(int tasks, IntConsumer task) {
        parallel.forEach(tasks, task);
    }
}
