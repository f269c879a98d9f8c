package org.eigendrift.targets;

import java.util.function.IntConsumer;
import org.eigendrift.api.Progress;
import org.eigendrift.api.RunContext;

/** Runs numbered pieces of work on the run's threads; the pieces are the same whatever the number of threads. */
public final class Blocks {
    private Blocks() {}

    /**
     * Runs every block once.
     *
     * @param name what is done, for progress
     * @param blocks number of blocks
     * @param context gives threads, progress and cancellation
     * @param block does one block; called from several threads
     */
    public static void run(String name, int blocks, RunContext context, IntConsumer block) {
        try (Progress.Task task = context.progress().begin(name, blocks)) {
            context.parallel().forEach(blocks, b -> {
                context.checkCancelled();
                block.accept(b);
                task.advance(1);
            });
        }
    }
}
