package org.eigendrift.cli;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.eigendrift.cli.console.Cancellation;
import org.eigendrift.cli.console.ProgressBars;
import org.eigendrift.cli.console.RunLog;
import org.eigendrift.cli.console.Terminal;
import org.eigendrift.cli.run.Setting;

/** One invocation of the command: where it speaks, where it stands, and where its results go once that is known. */
final class Invocation {
    static final String LOG = "eigendrift.log";

    private final Terminal terminal;
    private final Cancellation cancellation;
    private final Path working;
    private Path directory;

    Invocation(Terminal terminal, Cancellation cancellation, Path working) {
        this.terminal = terminal;
        this.cancellation = cancellation;
        this.working = working.toAbsolutePath().normalize();
    }

    Terminal terminal() {
        return terminal;
    }

    Cancellation cancellation() {
        return cancellation;
    }

    /** The working directory, absolute. */
    Path working() {
        return working;
    }

    /** What the parts of a command are given; from here on the log knows how much the user wants to hear. */
    Setting setting(GlobalOptions options) {
        RunLog.current().begin(terminal.err(), options.verbose());
        return new Setting(
                terminal,
                ProgressBars.on(terminal),
                cancellation,
                working,
                options.threads(),
                options.kernel(),
                options.plugins(),
                Version.all());
    }

    /** Says where results go, once it has been checked that they can be written there. */
    void resultsIn(Path checked) {
        directory = checked;
    }

    /** A file of results, absolute. */
    Path resultFile(Path file) {
        return working.resolve(file).normalize();
    }

    Optional<Path> directory() {
        return Optional.ofNullable(directory);
    }

    /** Where the log is written if there is need: beside the results, else where the user stands or temporary files go. */
    Path logFile() {
        if (directory != null) {
            return directory.resolve(LOG);
        }
        Path here = Files.isWritable(working) ? working : Path.of(System.getProperty("java.io.tmpdir"));
        return here.resolve(LOG);
    }

    /** What is left after an interruption, in words. */
    String kept() {
        return directory == null ? "" : "; what was done is kept in " + directory;
    }
}
