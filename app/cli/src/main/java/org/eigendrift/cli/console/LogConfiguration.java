package org.eigendrift.cli.console;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.spi.Configurator;
import ch.qos.logback.core.spi.ContextAwareBase;
import org.slf4j.Logger;

/** Configures logging in code: parsing a configuration file would take longer than many a run's start. */
public final class LogConfiguration extends ContextAwareBase implements Configurator {

    /** Creates the configurator, found as a service. */
    public LogConfiguration() {}

    @Override
    public ExecutionStatus configure(LoggerContext context) {
        RunLog log = new RunLog();
        log.setContext(context);
        log.start();
        ch.qos.logback.classic.Logger root = context.getLogger(Logger.ROOT_LOGGER_NAME);
        root.setLevel(Level.INFO);
        root.addAppender(log);
        return ExecutionStatus.DO_NOT_INVOKE_NEXT_IF_ANY;
    }
}
