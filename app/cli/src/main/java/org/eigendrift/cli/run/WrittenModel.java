package org.eigendrift.cli.run;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.Optional;
import org.eigendrift.api.InputException;
import org.eigendrift.api.NumericalException;
import org.eigendrift.api.Points;
import org.eigendrift.api.RunContext;
import org.eigendrift.api.catalog.Catalog;
import org.eigendrift.api.law.DrawRequest;
import org.eigendrift.api.law.Law;
import org.eigendrift.api.plugin.PluginException;
import org.eigendrift.cli.plugin.PluginLayers;
import org.eigendrift.engine.Eigendrift;
import org.eigendrift.engine.check.CheckedLaw;

/**
 * Model files that are read again before they count, where plugins of others are about: that a law was written does not say that it
 * can be read. The program's own laws are held to that by tests.
 */
final class WrittenModel {
    private static final int ROWS = 8;

    private WrittenModel() {}

    /**
     * Writes a law.
     *
     * @param law the law
     * @param file a temporary file
     * @param catalog finds the plugins that the law was made with
     * @throws PluginException if a law of others is another one when it is read, or cannot be read
     * @throws NumericalException if what was written cannot be read
     */
    static void write(Law law, Path file, Catalog catalog) {
        Eigendrift.write(law, file);
        if (PluginLayers.versions(catalog).isEmpty()) {
            return;
        }
        try {
            compare(law, Eigendrift.read(file, catalog));
        } catch (InputException e) {
            String why =
                    "cannot be read again as it was written: " + e.getMessage().replace(file + ": ", "");
            throw others(law) ? new PluginException(law, why, e) : new NumericalException("the model " + why, e);
        }
    }

    private static boolean others(Law law) {
        return !law.getClass().getName().startsWith("org.eigendrift.");
    }

    private static void compare(Law law, Law again) {
        if (!others(law)) {
            return;
        }
        CheckedLaw.of(law, again, law.columns());
        RunContext run = RunContext.quiet(1);
        DrawRequest few = new DrawRequest(0, ROWS, Optional.empty());
        Points rows = CheckedLaw.draw(law, few, run).rows();
        boolean same = Arrays.equals(
                        rows.values(), CheckedLaw.draw(again, few, run).rows().values())
                && Arrays.equals(
                        CheckedLaw.logDensity(law, rows, run).nats(),
                        CheckedLaw.logDensity(again, rows, run).nats());
        if (!same) {
            throw new PluginException(
                    law,
                    "is another law when it is read from its model file: it draws other rows, or gives them other densities");
        }
    }
}
