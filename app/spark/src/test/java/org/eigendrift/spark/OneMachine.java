package org.eigendrift.spark;

import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.eigendrift.api.RunContext;
import org.eigendrift.api.catalog.Catalog;
import org.eigendrift.api.data.Dataset;
import org.eigendrift.engine.Eigendrift;
import org.eigendrift.engine.settings.FitSettings;

/** The same fit without Spark. */
final class OneMachine {
    private static final Catalog CATALOG = Catalog.discover(List.of());

    private OneMachine() {}

    static void fit(Dataset rows, String settings, long seed, Path file) throws IOException {
        Map<String, Object> blocks = new ObjectMapper().readValue(settings, new TypeReference<>() {});
        Eigendrift.write(Eigendrift.fit(rows, FitSettings.of(blocks, CATALOG), CATALOG, RunContext.quiet(seed)), file);
    }
}
