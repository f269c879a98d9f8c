package org.eigendrift.targets;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
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
            IntConsumer counted = b -> {
                context.checkCancelled();
                block.accept(b);
                task.advance(1);
            };
            int threads = Math.min(context.threads(), blocks);
            if (threads <= 1) {
                for (int b = 0; b < blocks; b++) {
                    counted.accept(b);
                }
            } else {
                parallel(threads, blocks, counted);
            }
        }
    }

    private static void parallel(int threads, int blocks, IntConsumer block) {
        ExecutorService pool = Executors.newFixedThreadPool(threads, work -> {
            Thread thread = new Thread(work, "targets");
            thread.setDaemon(true);
            return thread;
        });
        try {
            List<Future<?>> pending = new ArrayList<>();
            for (int b = 0; b < blocks; b++) {
                int number = b;
                pending.add(pool.submit(() -> block.accept(number)));
            }
            for (Future<?> future : pending) {
                future.get();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new CancellationException("interrupted");
        } catch (ExecutionException e) {
            if (e.getCause() instanceof RuntimeException failure) {
                throw failure;
            }
            if (e.getCause() instanceof Error failure) {
                throw failure;
            }
            throw new IllegalStateException(e.getCause());
        } finally {
            pool.shutdownNow();
        }
    }
}
