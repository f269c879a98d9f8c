package org.eigendrift.engine.kernel;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.IntConsumer;

/**
 * Runs independent tasks on a fixed number of threads. Tasks write to disjoint places, so results do not depend on the
 * number of threads or on which thread runs what.
 */
public final class Parallel implements AutoCloseable {
    private final int threads;
    private final ExecutorService executor;

    /**
     * Starts the threads.
     *
     * @param threads at least 1; with 1 everything runs in the caller
     */
    public Parallel(int threads) {
        this.threads = threads;
        this.executor = threads == 1
                ? null
                : Executors.newFixedThreadPool(threads - 1, task -> {
                    Thread thread = new Thread(task, "eigendrift-worker");
                    thread.setDaemon(true);
                    return thread;
                });
    }

    /**
     * Runs tasks 0 to n - 1 and waits for all of them.
     *
     * @param n number of tasks
     * @param task is given the number of the task; called from several threads
     * @throws RuntimeException what the failing task of the lowest number threw, whatever the number of threads; no
     *     further tasks are begun after a failure, and none runs on
     */
    public void forEach(int n, IntConsumer task) {
        AtomicInteger next = new AtomicInteger();
        AtomicReference<Failure> first = new AtomicReference<>();
        Runnable worker = () -> {
            for (int i = next.getAndIncrement(); i < n; i = next.getAndIncrement()) {
                try {
                    task.accept(i);
                } catch (RuntimeException | Error e) {
                    next.set(n);
                    first.accumulateAndGet(new Failure(i, e), Failure::lower);
                    return;
                }
            }
        };
        List<Future<?>> others = new ArrayList<>();
        for (int t = 1; t < Math.min(threads, n); t++) {
            others.add(executor.submit(worker));
        }
        worker.run();
        boolean interrupted = false;
        for (Future<?> other : others) {
            interrupted |= await(other);
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
        if (first.get() != null) {
            first.get().rethrow();
        }
        if (interrupted) {
            throw new CancellationException("interrupted");
        }
    }

    /** Tasks begin in ascending order, so all below a failing one have begun, and the lowest failure is always seen. */
    private record Failure(int task, Throwable cause) {
        static Failure lower(Failure a, Failure b) {
            return a != null && a.task < b.task ? a : b;
        }

        void rethrow() {
            if (cause instanceof Error error) {
                throw error;
            }
            throw (RuntimeException) cause;
        }
    }

    /** Waits, also through an interruption, because tasks write to the caller's arrays; tells whether there was one. */
    private static boolean await(Future<?> other) {
        boolean interrupted = false;
        while (true) {
            try {
                other.get();
                return interrupted;
            } catch (InterruptedException e) {
                interrupted = true;
            } catch (ExecutionException e) {
                throw new IllegalStateException("a worker does not throw", e);
            }
        }
    }

    @Override
    public void close() {
        if (executor != null) {
            executor.shutdownNow();
        }
    }
}
