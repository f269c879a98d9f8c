package org.eigendrift.spark;

import java.io.PrintStream;
import java.nio.file.Path;
import java.util.Locale;
import org.eigendrift.api.Progress;
import org.eigendrift.api.RunContext;
import org.eigendrift.api.catalog.Catalog;

/**
 * What jobs are given beside their arguments.
 *
 * @param out where results are told
 * @param working the working directory, absolute
 */
record Job(PrintStream out, Path working) {

    void say(String format, Object... values) {
        out.println(String.format(Locale.ROOT, format, values));
    }

    RunContext context(long seed, Catalog catalog) {
        return new RunContext(
                seed, Runtime.getRuntime().availableProcessors(), Progress.NONE, () -> false, catalog.services());
    }
}
