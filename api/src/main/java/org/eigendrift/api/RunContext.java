package org.eigendrift.api;

import java.util.concurrent.CancellationException;
import java.util.function.BooleanSupplier;

/**
 * What a run offers to every extension.
 *
 * @param seed seed of the run; an extension derives its own generator with {@link #random}
 * @param threads threads an extension may use, at least 1; results never depend on it
 * @param progress receives progress
 * @param cancelled whether the user asked to stop
 * @param services what there is beside
 */
public record RunContext(long seed, int threads, Progress progress, BooleanSupplier cancelled, Services services) {

    /**
     * Checks the number of threads.
     *
     * @param seed seed of the run
     * @param threads threads an extension may use
     * @param progress receives progress
     * @param cancelled whether the user asked to stop
     * @param services what there is beside
     * @throws IllegalArgumentException if it is below 1
     */
    public RunContext {
        if (threads < 1) {
            throw new IllegalArgumentException("threads: " + threads);
        }
    }

    /**
     * A context without services.
     *
     * @param seed seed of the run
     * @param threads threads an extension may use
     * @param progress receives progress
     * @param cancelled whether the user asked to stop
     * @throws IllegalArgumentException if the number of threads is below 1
     */
    public RunContext(long seed, int threads, Progress progress, BooleanSupplier cancelled) {
        this(seed, threads, progress, cancelled, Services.NONE);
    }

    /**
     * A context without progress or cancellation, for one thread.
     *
     * @param seed seed of the run
     * @return the context
     */
    public static RunContext quiet(long seed) {
        return new RunContext(seed, 1, Progress.NONE, () -> false);
    }

    /**
     * A generator for one purpose.
     *
     * @param purpose a number that names the purpose, different for each
     * @return the generator
     */
    public CounterRandom random(long purpose) {
        return new CounterRandom(seed).derive(purpose);
    }

    /**
     * Stops here if the user asked to; called between chunks and steps.
     *
     * @throws CancellationException if so
     */
    public void checkCancelled() {
        if (cancelled.getAsBoolean()) {
            throw new CancellationException("interrupted");
        }
    }
}
