package org.eigendrift.targets.duckdb;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.eigendrift.api.InputException;
import org.eigendrift.api.RunContext;
import org.eigendrift.api.catalog.Catalog;
import org.eigendrift.api.plugin.Choices;
import org.eigendrift.api.plugin.Chosen;
import org.eigendrift.api.plugin.Problem;
import org.eigendrift.api.target.Target;
import org.eigendrift.api.target.TargetProvider;

/** Creates targets as a configuration does: by name, from plain values. */
final class Bound {
    private Bound() {}

    /** Binds and creates; mistakes become one exception, as on the command line. */
    static Target target(TargetProvider<?> provider, long seed, Map<String, Object> options) {
        Map<String, Object> block = new TreeMap<>(options);
        block.put("type", provider.name());
        List<Problem> problems = new ArrayList<>();
        Optional<Chosen<RunContext, Target>> chosen = Choices.bind(
                TargetProvider.KIND,
                block,
                "type",
                "target",
                Path.of("").toAbsolutePath(),
                Catalog.of(List.of(provider)),
                problems::add);
        if (chosen.isEmpty()) {
            throw new InputException(problems.toString());
        }
        return chosen.get().create(RunContext.quiet(seed));
    }
}
