package org.eigendrift.cli;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import org.eigendrift.cli.console.Cancellation;
import org.eigendrift.cli.console.Terminal;

/** Runs the command within this process and keeps what it said. */
final class Command {
    private final Path working;
    private final Cancellation cancellation = new Cancellation();
    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final ByteArrayOutputStream err = new ByteArrayOutputStream();

    Command(Path working) {
        this.working = working;
    }

    Cancellation cancellation() {
        return cancellation;
    }

    int run(String... arguments) {
        out.reset();
        err.reset();
        Terminal terminal = new Terminal(
                new PrintStream(out, true, StandardCharsets.UTF_8),
                new PrintStream(err, true, StandardCharsets.UTF_8),
                false,
                Terminal.USUAL_COLUMNS);
        return new Main(terminal, cancellation, working).run(arguments);
    }

    String out() {
        return out.toString(StandardCharsets.UTF_8);
    }

    String err() {
        return err.toString(StandardCharsets.UTF_8).strip();
    }
}
