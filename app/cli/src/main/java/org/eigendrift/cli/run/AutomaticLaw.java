package org.eigendrift.cli.run;

import java.nio.file.Path;
import java.util.Optional;
import org.eigendrift.api.InputException;
import org.eigendrift.api.catalog.Catalog;
import org.eigendrift.api.column.Finding;
import org.eigendrift.api.data.Column;
import org.eigendrift.api.law.LawProvider;
import org.eigendrift.api.plugin.Provider;
import org.eigendrift.api.target.Target;
import org.eigendrift.cli.config.Configuration;
import org.eigendrift.cli.config.ModelSettings;
import org.eigendrift.cli.config.PluginText;
import org.eigendrift.engine.settings.FitSettings;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The kind of law where the configuration leaves everything of a fit to the program: of tables with gaps, levels or
 * atoms, which have probabilities where a flow of real columns has densities, the first kind that says that it takes tables;
 * of others, the first kind that says that it suits them.
 */
public final class AutomaticLaw {
    private static final Logger LOG = LoggerFactory.getLogger(AutomaticLaw.class);

    private AutomaticLaw() {}

    /**
     * What is fitted, and to what.
     *
     * @param configuration with its kind of law, if it is not that of mixtures of flows
     * @param target the rows as that law takes them
     */
    public record Lawful(Configuration configuration, Target target) {}

    /**
     * Chooses a kind of law.
     *
     * @param given the configuration
     * @param read its rows
     * @param catalog the kinds of laws
     * @return the configuration with its law; rows for laws of real numbers alone are real numbers
     * @throws InputException if such a law is named and a column is none of real numbers
     */
    public static Lawful of(Configuration given, Target read, Catalog catalog) {
        Located.in(given.places(), "target", () -> valued(read));
        Configuration lawful = chosen(given, read, catalog);
        boolean tables = lawful.law()
                .filter(law -> law.provider() instanceof LawProvider<?> kind && kind.takesTables())
                .isPresent();
        return new Lawful(lawful, tables ? read : Located.in(given.places(), "target", () -> RealColumns.of(read)));
    }

    /** Nothing can be fitted to a column without values, whatever it was declared to be. */
    private static Target valued(Target target) {
        for (Finding found : target.findings()) {
            if (found.column().isPresent() && found.cells() > 0 && found.gaps() == found.cells()) {
                throw new InputException("column '" + found.name() + "' has no value in any row; leave it out with"
                        + " columns or types");
            }
        }
        return target;
    }

    private static Configuration chosen(Configuration configuration, Target target, Catalog catalog) {
        boolean open = configuration.law().isEmpty()
                && configuration.model().type() == ModelSettings.Type.FITTED
                && configuration.fit().equals(FitSettings.auto());
        Optional<String> reason = target.train().columns().stream()
                .flatMap(column -> reason(column).map(why -> "column '" + column.name() + "' " + why).stream())
                .findFirst();
        if (!open) {
            return configuration;
        }
        for (Provider<?, ?, ?> law : catalog.all(LawProvider.KIND)) {
            LawProvider<?> kind = (LawProvider<?>) law;
            Optional<String> why = kind.takesTables() ? reason : Optional.empty();
            why = why.or(() -> kind.suits(target.train()));
            if (why.isPresent()) {
                LOG.info("law: {}, because {}", law.name(), why.get());
                return configuration.withLaw(
                        PluginText.bind(LawProvider.KIND, "law", law.name(), Path.of(""), catalog));
            }
        }
        return configuration;
    }

    /** Why a flow of real columns cannot be right for a column. */
    private static Optional<String> reason(Column column) {
        if (column.gaps()) {
            return Optional.of("has gaps");
        } else if (!column.atoms().isEmpty()) {
            return Optional.of("repeats " + column.atoms().get(0) + " exactly");
        }
        return switch (column.kind()) {
            case NON_NEGATIVE ->
                column.ends() == Column.Ends.LOWER ? Optional.of("is declared non-negative") : Optional.empty();
            case CATEGORY -> Optional.of("is a category");
            case BOOLEAN -> Optional.of("is true or false");
            case ORDERED -> column.levels().size() > 1 ? Optional.of("has levels") : Optional.empty();
            default -> Optional.empty();
        };
    }
}
