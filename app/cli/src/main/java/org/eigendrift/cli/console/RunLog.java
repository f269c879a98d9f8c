package org.eigendrift.cli.console;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.classic.spi.ThrowableProxyUtil;
import ch.qos.logback.core.AppenderBase;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps what was logged in memory, so that a file is written only when somebody will want to read it: after a
 * warning, after a fault, or when the user asked for details. Warnings also go to the terminal.
 */
public final class RunLog extends AppenderBase<ILoggingEvent> {
    /** Older lines are dropped; a run logs a few dozen. */
    private static final int MOST_LINES = 10_000;

    private final Deque<String> lines = new ArrayDeque<>();
    private PrintStream echo;
    private boolean verbose;
    private boolean wanted;

    /** Creates an appender that echoes nothing. */
    public RunLog() {
        setName(RunLog.class.getName());
    }

    /**
     * The log of this process.
     *
     * @return the appender that {@link LogConfiguration} attached
     */
    public static RunLog current() {
        LoggerContext context = (LoggerContext) LoggerFactory.getILoggerFactory();
        return (RunLog) context.getLogger(Logger.ROOT_LOGGER_NAME).getAppender(RunLog.class.getName());
    }

    /**
     * Begins anew.
     *
     * @param newEcho receives warnings, and everything if {@code newVerbose}
     * @param newVerbose whether the user asked for details
     */
    public synchronized void begin(PrintStream newEcho, boolean newVerbose) {
        lines.clear();
        echo = newEcho;
        verbose = newVerbose;
        wanted = newVerbose;
    }

    @Override
    protected synchronized void append(ILoggingEvent event) {
        boolean warning = event.getLevel().isGreaterOrEqual(Level.WARN);
        wanted |= warning;
        if (lines.size() == MOST_LINES) {
            lines.removeFirst();
        }
        String throwable =
                event.getThrowableProxy() == null ? "" : "\n" + ThrowableProxyUtil.asString(event.getThrowableProxy());
        lines.addLast(Instant.ofEpochMilli(event.getTimeStamp()) + " " + event.getLevel() + " " + event.getLoggerName()
                + " - " + event.getFormattedMessage() + throwable);
        if (echo != null && (verbose || event.getLevel() == Level.WARN)) {
            echo.println((warning ? "warning: " : "") + event.getFormattedMessage());
        }
    }

    /**
     * Whether there is something in the log that should be kept.
     *
     * @return true after a warning or fault, or if the user asked for details
     */
    public synchronized boolean wanted() {
        return wanted;
    }

    /**
     * Writes the log.
     *
     * @param file where to, in directories that are made if they are not there
     * @throws IOException if it cannot be written
     */
    public synchronized void save(Path file) throws IOException {
        Files.createDirectories(file.toAbsolutePath().getParent());
        Files.write(file, lines);
    }
}
