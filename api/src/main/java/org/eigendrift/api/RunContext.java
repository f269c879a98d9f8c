package org.eigendrift.api;

import java.util.OptionalLong;
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
     * The same run with another seed, for a part of it with random numbers of its own.
     *
     * @param newSeed the seed
     * @return a new context
     */
    public RunContext withSeed(long newSeed) {
        return new RunContext(newSeed, threads, progress, cancelled);
    }

    /**
     * The same run on one thread and without progress, for a part that runs beside others.
     *
     * @return a new context
     */
    public RunContext alone() {
        return new RunContext(seed, 1, Progress.NONE, cancelled);
    }

    /**
     * The run's threads, for independent tasks.
     *
     * @return {@link #threads} of them
     */
    public Parallel parallel() {
        return new Parallel(threads);
    }

    /**
     * A generator for one of this project's purposes.
     *
     * @param purpose what for
     * @return the generator
     */
    public CounterRandom random(Purpose purpose) {
        return random(purpose, 0);
    }

    /**
     * A generator for one of several things of the same purpose.
     *
     * @param purpose what for
     * @param index which of them, from 0
     * @return the generator
     * @throws IllegalArgumentException if the purpose has fewer
     */
    public CounterRandom random(Purpose purpose, long index) {
        if (index < 0 || index >= purpose.width()) {
            throw new IllegalArgumentException(purpose + " has " + purpose.width() + " numbers, not " + index);
        }
        return random(purpose.number() + index);
    }

    /**
     * A generator that follows a seed given for the purpose alone, or else the run's.
     *
     * @param purpose what for
     * @param ownSeed the seed, or empty for the run's
     * @return the generator
     */
    public CounterRandom random(Purpose purpose, OptionalLong ownSeed) {
        return withSeed(ownSeed.orElse(seed)).random(purpose);
    }

    /**
     * A generator for a purpose of an extension's own.
     *
     * @param purpose a number that names the purpose, different for each and none of {@link Purpose}, best drawn at random once
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
