package org.eigendrift.cli.wiring;

import java.nio.file.Path;
import java.util.List;
import org.eigendrift.api.catalog.Catalog;
import org.eigendrift.api.data.Column;
import org.eigendrift.api.metric.MetricProvider;
import org.eigendrift.api.target.Target;
import org.eigendrift.cli.config.Configuration;
import org.eigendrift.cli.config.PluginText;

/**
 * The usual metrics of tables, where the configuration names none: distances in a space of real coordinates mean little for
 * numbers of levels.
 */
final class TableMetrics {
    private static final List<String> NAMES = List.of("log-likelihood", "shape", "trend", "closest-record");

    private TableMetrics() {}

    static Configuration of(Configuration configuration, Target target, Catalog catalog) {
        boolean real = target.train().columns().stream().allMatch(Column::smooth);
        if (!configuration.usual() || configuration.guidance().guided() || real) {
            return configuration;
        }
        return configuration.withMetrics(NAMES.stream()
                .map(name -> PluginText.bind(MetricProvider.KIND, "evaluate", name, Path.of(""), catalog))
                .toList());
    }
}
