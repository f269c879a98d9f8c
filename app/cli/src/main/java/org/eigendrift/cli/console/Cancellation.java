package org.eigendrift.cli.console;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;

/**
 * Whether the user asked to stop. Ctrl-C sets it and then waits for the command to end by itself, so that what was
 * done is kept.
 */
public final class Cancellation implements BooleanSupplier {
    /** A command looks at the flag between chunks and steps, far more often than this. */
    private static final long PATIENCE_SECONDS = 20;

    private final CountDownLatch ended = new CountDownLatch(1);
    private volatile boolean cancelled;

    /** Creates a flag that is not set. */
    public Cancellation() {}

    @Override
    public boolean getAsBoolean() {
        return cancelled;
    }

    /** Asks the command to stop. */
    public void cancel() {
        cancelled = true;
    }

    /** Says that the command has ended. */
    public void ended() {
        ended.countDown();
    }

    /**
     * Makes Ctrl-C (and a plain kill) cancel instead of dropping everything.
     */
    public void onInterrupt() {
        Runtime.getRuntime().addShutdownHook(new Thread(this::cancelAndWait, "cancel"));
    }

    private void cancelAndWait() {
        cancel();
        try {
            ended.await(PATIENCE_SECONDS, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
