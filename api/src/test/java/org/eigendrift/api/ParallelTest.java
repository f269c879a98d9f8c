package org.eigendrift.api;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicIntegerArray;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Tasks run once each, on any number of threads, and failures come back. */
class ParallelTest {
    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 4})
    void everyTaskRunsOnce(int threads) {
        Parallel parallel = new Parallel(threads);
        for (int n : new int[] {0, 1, 2, 3, 5, 1000}) {
            AtomicIntegerArray runs = new AtomicIntegerArray(n);
            double[] results = new double[n];
            parallel.forEach(n, i -> {
                runs.incrementAndGet(i);
                results[i] = Math.sqrt(i);
            });
            double[] expected = new double[n];
            for (int i = 0; i < n; i++) {
                assertEquals(1, runs.get(i), "task " + i + " of " + n);
                expected[i] = Math.sqrt(i);
            }
            assertArrayEquals(expected, results);
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 4})
    void exceptionsComeBackAndStopFurtherTasks(int threads) {
        Parallel parallel = new Parallel(threads);
        NumericalException thrown = new NumericalException("task 10");
        AtomicInteger begun = new AtomicInteger();
        NumericalException caught = assertThrows(
                NumericalException.class,
                () -> parallel.forEach(1_000_000, i -> {
                    begun.incrementAndGet();
                    if (i == 10) {
                        throw thrown;
                    }
                }));
        assertSame(thrown, caught);
        assertTrue(begun.get() < 1_000_000, "tasks went on after a failure");
        // The threads are still there for what comes next.
        AtomicInteger after = new AtomicInteger();
        parallel.forEach(100, i -> after.incrementAndGet());
        assertEquals(100, after.get());
    }

    /** What is reported must not depend on the number of threads: the first failure in the order of the tasks. */
    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 4})
    void theLowestFailingTaskIsReported(int threads) {
        Parallel parallel = new Parallel(threads);
        for (int trial = 0; trial < 50; trial++) {
            IllegalStateException caught = assertThrows(
                    IllegalStateException.class,
                    () -> parallel.forEach(64, i -> {
                        if (i >= 20) {
                            throw new IllegalStateException("task " + i);
                        }
                    }));
            assertEquals("task 20", caught.getMessage());
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 4})
    void errorsComeBack(int threads) {
        Parallel parallel = new Parallel(threads);
        AssertionError thrown = new AssertionError("broken");
        assertSame(
                thrown,
                assertThrows(
                        AssertionError.class,
                        () -> parallel.forEach(100, i -> {
                            if (i == 3) {
                                throw thrown;
                            }
                        })));
    }

    /** A failure returns only after tasks in progress have ended: they write to the caller's arrays. */
    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void nothingRunsOnAfterAFailure(boolean error) {
        Parallel parallel = new Parallel(2);
        CountDownLatch bothRun = new CountDownLatch(2);
        AtomicBoolean ended = new AtomicBoolean();
        assertThrows(
                Throwable.class,
                () -> parallel.forEach(2, i -> {
                    await(bothRun);
                    if (i == 0) {
                        fail(error);
                    }
                    pause();
                    ended.set(true);
                }));
        assertTrue(ended.get(), "task 1 was still running");
    }

    private static void fail(boolean error) {
        if (error) {
            throw new AssertionError("task 0");
        }
        throw new IllegalStateException("task 0");
    }

    private static void await(CountDownLatch latch) {
        latch.countDown();
        try {
            assertTrue(latch.await(30, TimeUnit.SECONDS), "the other task never began");
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    private static void pause() {
        try {
            Thread.sleep(100);
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }
}
