package org.eigendrift.cli.spark;

import java.io.Serial;

/** What ended in Spark and is no mistake of the input. */
public final class SparkFailure extends RuntimeException {
    @Serial
    private static final long serialVersionUID = 1;

    SparkFailure(String message) {
        super(message);
    }
}
