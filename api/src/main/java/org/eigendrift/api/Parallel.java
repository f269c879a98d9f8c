package org.eigendrift.api;

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
 * Runs independent tasks on a fixed number of threads, the caller's and others from one pool of the process. Tasks write to
 * disjoint places, so results do not depend on the number of threads or on which thread runs what. Nothing is to be closed; threads
 * that nobody uses end. Tasks may run tasks themselves. Thread-safe.
 */
public final class Parallel {
    private static final ExecutorService POOL = Executors.newCachedThreadPool(task -> {
        Thread thread = new Thread(task, "eigendrift-worker");
        thread.setDaemon(true);
        return thread;
    });

    private final int threads;

    /**
     * A share of the pool.
     *
     * @param threads at least 1; with 1 everything runs in the caller
     * @throws IllegalArgumentException if it is below 1
     */
    public Parallel(int threads) {
        if (threads < 1) {
            throw new IllegalArgumentException("threads: " + threads);
        }
        this.threads = threads;
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
            others.add(POOL.submit(worker));
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
}
