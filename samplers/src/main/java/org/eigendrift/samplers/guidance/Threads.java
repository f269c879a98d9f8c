package org.eigendrift.samplers.guidance;

import java.util.concurrent.CancellationException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ForkJoinPool;
import java.util.function.IntConsumer;
import java.util.stream.IntStream;

/** Threads for pieces of work that write to places of their own. */
final class Threads implements AutoCloseable {
    private final ForkJoinPool pool;

    Threads(int threads) {
        this.pool = new ForkJoinPool(threads);
    }

    /** Does pieces 0 to n - 1, on any thread and in any order. */
    void each(int n, IntConsumer piece) {
        try {
            pool.submit(() -> IntStream.range(0, n).parallel().forEach(piece)).get();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new CancellationException("interrupted");
        } catch (ExecutionException e) {
            throw cause(e);
        }
    }

    /** What a piece threw, which the pool may have wrapped in an exception of the same type. */
    private static RuntimeException cause(ExecutionException e) {
        Throwable cause = e;
        while (cause.getCause() != null) {
            cause = cause.getCause();
        }
        if (cause instanceof Error error) {
            throw error;
        }
        return cause instanceof RuntimeException failure ? failure : new IllegalStateException(cause);
    }

    @Override
    public void close() {
        pool.shutdownNow();
    }
}
