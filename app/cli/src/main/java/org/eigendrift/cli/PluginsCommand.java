package org.eigendrift.cli;

import java.io.PrintStream;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.eigendrift.api.InputException;
import org.eigendrift.api.catalog.Catalog;
import org.eigendrift.cli.config.PluginText;
import org.eigendrift.cli.console.Counted;
import org.eigendrift.cli.plugin.Extras;
import org.eigendrift.cli.plugin.PluginCheck;
import org.eigendrift.cli.plugin.PluginLayers;
import org.eigendrift.cli.plugin.PluginListing;
import org.eigendrift.cli.plugin.PluginLock;
import org.eigendrift.cli.wiring.Session;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code eigendrift plugins}. */
@Command(
        name = "plugins",
        mixinStandardHelpOptions = true,
        description = "Lists what a configuration may name, and the options of each.")
final class PluginsCommand implements Runnable {
    private final Invocation invocation;

    @Mixin
    private GlobalOptions global;

    PluginsCommand(Invocation invocation) {
        this.invocation = invocation;
    }

    @Override
    public void run() {
        listing(global).all();
    }

    @Command(name = "list", mixinStandardHelpOptions = true, description = "Lists every plugin, or those of one kind.")
    void list(
            @Mixin GlobalOptions options,
            @Parameters(arity = "0..1", paramLabel = "KIND", description = "For example solver.") String kind) {
        if (kind == null) {
            listing(options).all();
        } else {
            listing(options).of(Catalog.kind(kind));
        }
    }

    @Command(
            name = "show",
            mixinStandardHelpOptions = true,
            description = "Shows the options of a plugin: key, what is expected, default, what it does.")
    void show(
            @Mixin GlobalOptions options,
            @Parameters(paramLabel = "KIND", description = "For example solver.") String kind,
            @Parameters(paramLabel = "NAME", description = "For example cg.") String name) {
        listing(options).show(Catalog.kind(kind), name);
    }

    @Command(
            name = "add",
            mixinStandardHelpOptions = true,
            description =
                    "Adds a plugin that the distribution brings, but does not load by itself; without a name, lists them.")
    void add(@Parameters(arity = "0..1", paramLabel = "NAME", description = "For example duckdb.") String name) {
        Extras extras = Extras.ofDistribution()
                .orElseThrow(() ->
                        new InputException("plugins add: this program does not run from a distribution that brings"
                                + " plugins; --plugins DIR names directories of your own"));
        PrintStream out = invocation.terminal().out();
        if (name == null) {
            extras.names().forEach(out::println);
        } else {
            out.println("added: " + extras.add(name));
        }
    }

    @Command(
            name = "lock",
            mixinStandardHelpOptions = true,
            description = "Pins the jars of a plugin directory: from then on nothing else is loaded from it.")
    void lock(@Parameters(paramLabel = "DIR", description = "A directory as for --plugins.") Path directory) {
        List<String> jars = PluginLock.write(invocation.working().resolve(directory));
        invocation
                .terminal()
                .out()
                .println(Counted.of(jars.size(), "jar") + " pinned by SHA-256 in " + directory.resolve(PluginLock.FILE)
                        + (jars.isEmpty() ? "" : ": " + String.join(", ", jars)));
    }

    @Command(
            name = "check",
            mixinStandardHelpOptions = true,
            description = "Looks up the plugins of a jar, or of a folder of jars, as a run would: a line for each.")
    int check(
            @Parameters(paramLabel = "JAR", description = "The jar, or the folder of a plugin and its libraries.")
                    Path jar,
            @Option(
                            names = "--options",
                            paramLabel = "BLOCK",
                            description =
                                    "Options of a provider that has some without a default, as 'target mine: {rows: 9}'; may be repeated.")
                    List<String> options,
            @Option(names = "--details", description = "Say of broken rules all that they say.") boolean details) {
        PrintStream out = invocation.terminal().out();
        Map<String, Object> read = new LinkedHashMap<>();
        Stream.ofNullable(options)
                .flatMap(List::stream)
                .forEach(text -> read.put(text, PluginText.value("--options", text)));
        int wrong = new PluginCheck(
                        PluginLayers.ofOne(invocation.working().resolve(jar)), invocation.working(), read, out, details)
                .all();
        return wrong == 0 ? Main.DONE : Main.FAULT;
    }

    private PluginListing listing(GlobalOptions options) {
        return new PluginListing(
                Session.open(invocation.setting(options)).catalog(),
                invocation.terminal().out());
    }
}
