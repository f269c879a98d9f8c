package org.eigendrift.benchmark;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.eigendrift.api.Progress;
import org.eigendrift.api.RunContext;
import org.eigendrift.api.catalog.Catalog;
import org.eigendrift.api.plugin.Choices;
import org.eigendrift.api.plugin.Chosen;
import org.eigendrift.api.plugin.Kind;
import org.eigendrift.api.target.Target;
import org.eigendrift.api.target.TargetProvider;

/**
 * Makes what blocks of a configuration name, as a program does that has the class path's plugins.
 *
 * @param folder where relative paths begin
 * @param catalog the plugins
 * @param run seed 1, two threads
 */
record Blocks(Path folder, Catalog catalog, RunContext run) {
    private static final int THREADS = 2;

    static Blocks in(Path folder) {
        Catalog catalog = Catalog.discover(List.of());
        return new Blocks(folder, catalog, new RunContext(1, THREADS, Progress.NONE, () -> false));
    }

    <C, T> Chosen<C, T> chosen(Kind<C, T> kind, Map<String, Object> block) {
        return Choices.bind(kind, block, "type", kind.label(), folder, catalog, problem -> {
                    throw new IllegalArgumentException(problem.toString());
                })
                .orElseThrow();
    }

    Target target(Map<String, Object> block) {
        return chosen(TargetProvider.KIND, block).create(run);
    }
}
