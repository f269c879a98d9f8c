package org.eigendrift.cli.run;

import jakarta.inject.Inject;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.eigendrift.api.RunContext;
import org.eigendrift.api.catalog.Catalog;
import org.eigendrift.api.data.Column;
import org.eigendrift.api.data.Dataset;
import org.eigendrift.api.law.Decision;
import org.eigendrift.api.law.Law;
import org.eigendrift.api.law.LawContext;
import org.eigendrift.api.target.Target;
import org.eigendrift.cli.config.Configuration;
import org.eigendrift.engine.Eigendrift;
import org.eigendrift.engine.check.CheckedLaw;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Fits the model of a configuration. */
public final class Fitting {
    private static final Logger LOG = LoggerFactory.getLogger(Fitting.class);

    private final Configuration configuration;
    private final Target target;
    private final Catalog catalog;
    private final RunContext context;

    /**
     * Prepares a fit.
     *
     * @param configuration with its kind of law
     * @param target the rows, as that law takes them
     * @param catalog the plugins
     * @param context seed, threads, cancellation
     */
    @Inject
    public Fitting(Configuration configuration, Target target, Catalog catalog, RunContext context) {
        this.configuration = configuration;
        this.target = target;
        this.catalog = catalog;
        this.context = context;
    }

    /**
     * Fits.
     *
     * @return the law
     * @throws org.eigendrift.api.InputException if rows and settings do not go together
     */
    public Law fit() {
        leftOut().ifPresent(LOG::warn);
        Dataset train = target.train();
        if (configuration.law().isEmpty() && !train.incomplete()) {
            FarOut.remarks(train).forEach(LOG::warn);
        }
        Law law = train.incomplete() ? Eigendrift.fitIncomplete(train, this::fit, context) : fit(train);
        for (Decision decision : law.provenance().decisions()) {
            LOG.info("{}", decision.line());
        }
        FitFacts.of(law)
                .seconds()
                .forEach((stage, seconds) -> LOG.info("{}: {} s", stage, String.format(Locale.ROOT, "%.3f", seconds)));
        return law;
    }

    /**
     * Whether the target has rows that are not fitted.
     *
     * @return true if some are held out
     */
    public boolean holdsOut() {
        return target.heldout().isPresent();
    }

    /** Columns of the file that the law will not have. */
    private Optional<String> leftOut() {
        Set<String> kept = target.train().columns().stream().map(Column::name).collect(Collectors.toSet());
        String without = target.findings().stream()
                .filter(found -> !kept.contains(found.name()))
                .map(found -> found.name() + " (" + found.reason() + ")")
                .collect(Collectors.joining(", "));
        return without.isEmpty() ? Optional.empty() : Optional.of("target: columns that are left out: " + without);
    }

    private Law fit(Dataset train) {
        return configuration.law().isPresent()
                ? Located.in(
                        configuration.places(),
                        "law",
                        () -> CheckedLaw.of(
                                configuration.law().get().provider(),
                                configuration.law().get().create(new LawContext(train, catalog, context)),
                                train.columns()))
                : Located.anywhere(
                        configuration.places(), () -> Eigendrift.fit(train, configuration.fit(), catalog, context));
    }

    /**
     * Laws of a few rows that stand for the law before it is fitted.
     *
     * @return none where the settings do not tell of what kind it will be
     */
    List<Law> rehearse() {
        return configuration.law().isPresent()
                ? List.of()
                : List.copyOf(Eigendrift.rehearse(
                        target.train(), configuration.fit(), catalog, RunContext.quiet(context.seed())));
    }

    /**
     * Fits with the frames, functions, times and ridges of another model.
     *
     * @param file the other model
     * @return the law, which can be merged with the other
     * @throws org.eigendrift.api.InputException if rows and model do not go together
     */
    public Law fitLike(Path file) {
        leftOut().ifPresent(LOG::warn);
        Law other = Eigendrift.read(file, catalog);
        OtherFormats.remark(other.columns(), target.train().columns(), "these rows have them")
                .ifPresent(LOG::warn);
        Law law = Located.in(configuration.places(), "target", () -> Eigendrift.like(other, target.train(), context));
        LikeAnother.remark(law, target.train(), context).ifPresent(LOG::warn);
        return law;
    }
}
