package org.eigendrift.cli;

import java.io.Console;
import java.io.IOException;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CancellationException;
import org.eigendrift.api.InputException;
import org.eigendrift.api.NumericalException;
import org.eigendrift.api.plugin.Nearest;
import org.eigendrift.api.plugin.PluginException;
import org.eigendrift.cli.console.Cancellation;
import org.eigendrift.cli.console.RunLog;
import org.eigendrift.cli.console.Terminal;
import org.eigendrift.cli.plugin.Blame;
import org.eigendrift.cli.spark.SparkFailure;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import picocli.CommandLine;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.UnmatchedArgumentException;

/**
 * The {@code eigendrift} command. Exit codes: 0 done, 2 the user's input is wrong (one line for each mistake on
 * standard error), 1 a fault of ours (one line that names the log), 130 interrupted.
 */
public final class Main {
    static final int DONE = 0;
    static final int FAULT = 1;
    static final int WRONG_INPUT = 2;
    static final int INTERRUPTED = 130;

    /** Wide enough for the examples in the help texts. */
    private static final int HELP_COLUMNS = 110;

    private final Terminal terminal;
    private final Invocation invocation;

    /**
     * Creates the command.
     *
     * @param terminal where it speaks to the user
     * @param cancellation tells it to stop
     * @param working the directory against which paths of the command line are resolved
     */
    Main(Terminal terminal, Cancellation cancellation, Path working) {
        this.terminal = terminal;
        this.invocation = new Invocation(terminal, cancellation, working);
    }

    /**
     * Runs the command and ends the process.
     *
     * @param arguments the command line
     */
    public static void main(String[] arguments) {
        Runtime.getRuntime().addShutdownHook(new Thread(Main::refuseExit, "exit"));
        Cancellation cancellation = new Cancellation();
        cancellation.onInterrupt();
        int code = FAULT;
        try {
            code = new Main(terminal(System.out, System.err), cancellation, Path.of("")).run(arguments);
        } catch (RuntimeException | Error e) {
            // There is no log to keep it: the exit below would take it along.
            System.err.println("a fault in eigendrift: " + e);
            e.printStackTrace(System.err);
        } finally {
            System.out.flush();
            cancellation.ended();
            System.exit(code);
        }
    }

    /** A plugin that ends the process would leave a run without results that looks like one that went well. */
    private static void refuseExit() {
        Blame.ofExit().ifPresent(plugin -> {
            System.err.println("a plugin's part (" + plugin + ") called System.exit; nothing more was done");
            Runtime.getRuntime().halt(FAULT);
        });
    }

    /** The start script tells whether standard error is a terminal; without it the console says so. */
    private static Terminal terminal(PrintStream out, PrintStream err) {
        String told = System.getProperty("eigendrift.terminal");
        boolean interactive = told == null ? isTerminal(System.console()) : !told.isEmpty();
        int columns = told != null && told.matches("[1-9]\\d{1,3}") ? Integer.parseInt(told) : Terminal.USUAL_COLUMNS;
        return new Terminal(out, err, interactive, columns);
    }

    /** From Java 22 on there may be a console in a pipe, and isTerminal() tells; before, a console is a terminal. */
    private static boolean isTerminal(Console console) {
        if (console == null) {
            return false;
        }
        try {
            return (boolean) MethodHandles.publicLookup()
                    .findVirtual(Console.class, "isTerminal", MethodType.methodType(boolean.class))
                    .invokeExact(console);
        } catch (NoSuchMethodException | IllegalAccessException e) {
            return true;
        } catch (RuntimeException | Error e) {
            throw e;
        } catch (Throwable e) {
            throw new IllegalStateException("Console.isTerminal", e);
        }
    }

    /**
     * Runs the command.
     *
     * @param arguments the command line
     * @return the exit code
     */
    int run(String... arguments) {
        if (arguments.length == 1 && Version.OPTIONS.contains(arguments[0])) {
            // Nothing of the commands is needed for it; reading their options takes longer than all the rest.
            new Version().lines().forEach(terminal.out()::println);
            return DONE;
        }
        RunLog.current().begin(terminal.err(), false);
        CommandLine line = new CommandLine(new EigendriftCommand(), new CommandFactory(invocation));
        CommandFactory.needed(arguments).forEach(line::addSubcommand);
        line.setOut(new PrintWriter(terminal.out(), true))
                .setErr(new PrintWriter(terminal.err(), true))
                .setCaseInsensitiveEnumValuesAllowed(true)
                .setUsageHelpWidth(HELP_COLUMNS)
                .setParameterExceptionHandler((e, args) -> wrongUsage(e))
                .setExecutionExceptionHandler((e, command, parsed) -> failed(e));
        int code;
        try {
            code = line.execute(arguments);
        } catch (Error e) {
            code = failed(e);
        }
        saveLog(code);
        return code;
    }

    private int wrongUsage(ParameterException e) {
        terminal.err()
                .println(usage(e) + "; see '"
                        + e.getCommandLine().getCommandSpec().qualifiedName() + " --help'");
        return WRONG_INPUT;
    }

    private static String usage(ParameterException e) {
        if (e instanceof UnmatchedArgumentException unmatched) {
            Set<String> commands = e.getCommandLine().getSubcommands().keySet();
            String first = unmatched.getUnmatched().get(0);
            if (!commands.isEmpty() && !first.startsWith("-")) {
                return "unknown command '" + first + "'" + Nearest.hint(first, commands);
            }
            if (!unmatched.getSuggestions().isEmpty()) {
                return oneLine(e.getMessage()) + "; did you mean '"
                        + unmatched.getSuggestions().get(0) + "'?";
            }
        }
        return oneLine(e.getMessage());
    }

    private int failed(Throwable e) {
        if (e instanceof InputException) {
            terminal.err().println(e.getMessage());
            return WRONG_INPUT;
        }
        if (e instanceof CancellationException) {
            terminal.err().println("interrupted" + invocation.kept());
            return INTERRUPTED;
        }
        Logger log = LoggerFactory.getLogger(Main.class);
        log.error("the command failed", e);
        terminal.err().println(fault(e) + "; details in " + invocation.logFile());
        return FAULT;
    }

    private static String fault(Throwable e) {
        if (e instanceof NumericalException || e instanceof PluginException || e instanceof SparkFailure) {
            return oneLine(e.getMessage());
        }
        if (e instanceof OutOfMemoryError) {
            return "out of memory; give more with EIGENDRIFT_OPTS=-Xmx8g, or fit with a smaller basis";
        }
        return oneLine(Blame.of(e).orElse("a fault in eigendrift: " + e));
    }

    private static String oneLine(String text) {
        return String.valueOf(text).replaceAll("\\s*\\R\\s*", " ");
    }

    private void saveLog(int code) {
        RunLog log = RunLog.current();
        Optional<Path> directory = invocation.directory();
        try {
            if (code == FAULT || directory.isPresent() && log.wanted()) {
                log.save(invocation.logFile());
            } else if (directory.isPresent()) {
                // What an earlier run logged here says nothing about the files of this one.
                Files.deleteIfExists(invocation.logFile());
            }
        } catch (IOException e) {
            terminal.err().println("the log could not be written: " + e.getMessage());
        }
    }
}
