package org.eigendrift.cli;

import java.nio.file.Path;
import java.util.Optional;
import org.eigendrift.api.InputException;
import org.eigendrift.cli.config.SampleSettings;
import picocli.CommandLine.Option;

/** What commands take that draw samples. */
final class DrawOptions {
    @Option(
            names = {"-n", "--count"},
            required = true,
            paramLabel = "N",
            description = "How many samples.")
    private int count;

    @Option(
            names = "--seed",
            paramLabel = "S",
            defaultValue = "0",
            description = "Seed (default: ${DEFAULT-VALUE}); the same seed gives the same samples.")
    private long seed;

    @Option(
            names = {"-o", "--out"},
            required = true,
            paramLabel = "FILE",
            description = "Where the samples go; the ending chooses the format: .npy, .csv, ...")
    private Path out;

    /** How many are asked for, which must be so many at least. */
    int count(int least) {
        if (count < least) {
            throw new InputException("--count: expected a whole number of at least " + least + ", found " + count);
        }
        return count;
    }

    long seed() {
        return seed;
    }

    SampleSettings settings(int least) {
        return new SampleSettings(count(least), seed, Optional.empty(), Optional.empty(), false);
    }

    Path file(Invocation invocation) {
        return invocation.resultFile(out);
    }
}
