package org.eigendrift.cli.wiring;

import java.io.PrintStream;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.eigendrift.api.Progress;
import org.eigendrift.api.catalog.Catalog;
import org.eigendrift.api.plugin.Kind;
import org.eigendrift.api.plugin.Provider;
import org.eigendrift.cli.console.Cancellation;
import org.eigendrift.cli.console.Terminal;
import org.eigendrift.cli.plugin.PluginLayers;
import org.eigendrift.cli.run.Setting;

/** All plugins that come with the program, and more that are nothing but classes. */
final class OneMore {
    private OneMore() {}

    static Catalog catalog(Provider<?, ?, ?>... more) {
        Catalog found = PluginLayers.catalog(List.of());
        List<Provider<?, ?, ?>> providers = new ArrayList<>();
        for (Kind<?, ?> kind : Catalog.KINDS) {
            providers.addAll(found.all(kind));
        }
        providers.addAll(List.of(more));
        return Catalog.of(providers);
    }

    static Session session(Path directory, PrintStream out, Catalog catalog) {
        return Session.of(
                new Setting(
                        new Terminal(out, out, false, Terminal.USUAL_COLUMNS),
                        Progress.NONE,
                        new Cancellation(),
                        directory,
                        1,
                        "portable",
                        List.of(),
                        Map.of()),
                catalog);
    }
}
