package org.eigendrift.engine.data;

import java.util.List;
import java.util.function.IntConsumer;
import org.eigendrift.api.Parallel;
import org.eigendrift.api.RunContext;
import org.eigendrift.api.data.Dataset;
import org.eigendrift.api.pass.Distributed;
import org.eigendrift.api.pass.Passes;
import org.eigendrift.api.pass.Summary;

/**
 * Reads rows on this machine: block after block, the summaries of a reading side by side.
 *
 * @param data the rows
 * @param run stops readings when cancelled
 * @param parallel runs the tasks
 */
public record LocalPasses(Dataset data, RunContext run, Parallel parallel) implements Passes {
    /**
     * Reads rows here, or where they are.
     *
     * @param data the rows
     * @param run stops readings when cancelled
     * @param parallel runs the tasks
     * @return passes over them
     */
    public static Passes over(Dataset data, RunContext run, Parallel parallel) {
        return data instanceof Distributed elsewhere
                ? new Elsewhere(elsewhere, parallel)
                : new LocalPasses(data, run, parallel);
    }

    private record Elsewhere(Distributed data, Parallel parallel) implements Passes {
        @Override
        public List<Object> read(List<Summary<?>> summaries) {
            return data.read(summaries);
        }

        @Override
        public void each(int tasks, IntConsumer task) {
            parallel.forEach(tasks, task);
        }
    }

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
