package org.eigendrift.cli;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.eigendrift.api.InputException;
import org.eigendrift.cli.wiring.KernelChoice;
import picocli.CommandLine.Option;

/** Options that every command takes. */
final class GlobalOptions {
    @Option(
            names = "--plugins",
            paramLabel = "DIR",
            description = "Also load plugins from this directory: each jar, and each folder of jars, is one plugin."
                    + " May be repeated.")
    private List<Path> plugins = new ArrayList<>();

    @Option(
            names = "--threads",
            paramLabel = "N",
            description = "Threads to use (default: as many as the machine has). Results do not depend on it.")
    private Integer threads;

    @Option(
            names = "--kernel",
            paramLabel = "NAME",
            description =
                    "Which kernel forms sums of products: portable, vector, blas of the plugin of OpenBLAS, or auto, which"
                            + " begins with portable and takes vector in very long runs (default: auto). Only with blas do"
                            + " results differ, in their last digits.")
    private String kernel = KernelChoice.AUTO;

    @Option(
            names = {"-v", "--verbose"},
            description = "Say on standard error what is done, and keep it in eigendrift.log.")
    private boolean verbose;

    boolean verbose() {
        return verbose;
    }

    int threads() {
        if (threads != null && threads < 1) {
            throw new InputException("--threads: expected a whole number of at least 1, found " + threads);
        }
        return threads == null ? Runtime.getRuntime().availableProcessors() : threads;
    }

    String kernel() {
        return kernel;
    }

    /** Refuses what a command on Spark does not take. */
    void refuseElsewhere() {
        EngineOptions.refuse(threads != null, "--threads");
        EngineOptions.refuse(!plugins.isEmpty(), "--plugins");
        EngineOptions.refuse(!kernel.equals(KernelChoice.AUTO), "--kernel");
    }

    /** The directories the user named, after {@code plugins/} of the distribution. */
    List<Path> plugins() {
        List<Path> all = new ArrayList<>();
        String home = System.getProperty("eigendrift.home");
        if (home != null && Files.isDirectory(Path.of(home, "plugins"))) {
            all.add(Path.of(home, "plugins"));
        }
        all.addAll(plugins);
        return all;
    }
}
