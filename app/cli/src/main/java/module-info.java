/**
 * The command line: configuration, plugin loading, wiring, the {@code eigendrift} command.
 *
 * @provides ch.qos.logback.classic.spi.Configurator logging is configured in code
 */
@SuppressWarnings("requires-automatic") // Guice ships no module descriptor
module org.eigendrift.cli {
    requires org.eigendrift.engine;
    requires ch.qos.logback.classic;
    requires ch.qos.logback.core;
    requires com.fasterxml.jackson.databind;
    requires com.google.common; // Guice needs it, but an automatic module does not pull in an explicit one
    requires com.google.guice;
    requires de.siegmar.fastcsv;
    requires info.picocli;
    requires jakarta.inject;
    requires me.tongfei.progressbar;
    requires org.slf4j;
    requires org.snakeyaml.engine.v2;

    opens org.eigendrift.cli to
            info.picocli;
    opens org.eigendrift.cli.run to
            com.google.guice;
    opens org.eigendrift.cli.wiring to
            com.google.guice;

    provides ch.qos.logback.classic.spi.Configurator with
            org.eigendrift.cli.console.LogConfiguration;
}
