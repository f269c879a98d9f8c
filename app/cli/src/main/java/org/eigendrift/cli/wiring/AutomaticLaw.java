package org.eigendrift.cli.wiring;

import java.nio.file.Path;
import java.util.Optional;
import org.eigendrift.api.catalog.Catalog;
import org.eigendrift.api.data.Column;
import org.eigendrift.api.law.LawProvider;
import org.eigendrift.api.target.Target;
import org.eigendrift.cli.config.Configuration;
import org.eigendrift.cli.config.ModelSettings;
import org.eigendrift.cli.config.PluginText;
import org.eigendrift.engine.settings.FitSettings;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The kind of law where the configuration leaves everything of a fit to the program: of tables with categories or gaps, which no
 * flow of real columns can take, the first kind that says that it takes tables.
 */
final class AutomaticLaw {
    private static final Logger LOG = LoggerFactory.getLogger(AutomaticLaw.class);

    private AutomaticLaw() {}

    static Configuration of(Configuration configuration, Target target, Catalog catalog) {
        boolean open = configuration.law().isEmpty()
                && configuration.model().type() == ModelSettings.Type.FITTED
                && configuration.fit().equals(FitSettings.auto());
        Optional<Column> reason = target.train().columns().stream()
                .filter(column -> column.kind() == Column.Kind.CATEGORY || column.gaps())
                .findFirst();
        if (!open || reason.isEmpty()) {
            return configuration;
        }
        return catalog.all(LawProvider.KIND).stream()
                .filter(law -> law instanceof LawProvider<?> kind && kind.takesTables())
                .findFirst()
                .map(law -> {
                    LOG.info(
                            "law: {}, because column '{}' {}",
                            law.name(),
                            reason.get().name(),
                            reason.get().gaps() ? "has gaps" : "is a category");
                    return configuration.withLaw(
                            PluginText.bind(LawProvider.KIND, "law", law.name(), Path.of(""), catalog));
                })
                .orElse(configuration);
    }
}
