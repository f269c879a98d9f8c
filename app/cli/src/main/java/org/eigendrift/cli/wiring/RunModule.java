package org.eigendrift.cli.wiring;

import com.google.inject.AbstractModule;
import com.google.inject.TypeLiteral;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.eigendrift.api.RunContext;
import org.eigendrift.api.catalog.Catalog;
import org.eigendrift.api.metric.Metric;
import org.eigendrift.api.output.PointWriter;
import org.eigendrift.api.sampler.Sampler;
import org.eigendrift.api.target.Target;
import org.eigendrift.cli.config.Configuration;
import org.eigendrift.cli.output.CheckedWriter;
import org.eigendrift.cli.run.AutomaticLaw;
import org.eigendrift.cli.run.Fitting;
import org.eigendrift.cli.run.Located;
import org.eigendrift.engine.check.CheckedTarget;
import org.eigendrift.engine.settings.FitSettings;

/**
 * What lives as long as a run: the configuration's choices, bound to the api's interfaces.
 *
 * <p>They are created here, before the injector: what a plugin says about wrong input would drown in Guice's text.
 */
final class RunModule extends AbstractModule {
    private final Configuration configuration;
    private final RunContext context;
    private final Target target;
    private final Optional<Sampler> sampler;
    private final List<Metric> metrics;
    private final PointWriter writer;

    RunModule(Configuration given, RunContext context, Catalog catalog) {
        Configuration.Places places = given.places();
        this.context = context;
        Target read = Located.in(
                places,
                "target",
                () -> new CheckedTarget(
                        given.target().provider(), given.target().create(context)));
        AutomaticLaw.Lawful lawful = AutomaticLaw.of(given, read, catalog);
        this.target = lawful.target();
        this.configuration = TableMetrics.of(lawful.configuration(), target, catalog);
        this.sampler =
                Located.in(places, "sampler", () -> configuration.sampler().map(chosen -> chosen.create(context)));
        this.writer = Located.in(
                places,
                "output.format",
                () -> new CheckedWriter(configuration.output().format().create(context)));
        this.metrics = new ArrayList<>();
        for (int i = 0; i < configuration.metrics().size(); i++) {
            var chosen = configuration.metrics().get(i);
            metrics.add(Located.in(places, "evaluate[" + i + "]", () -> chosen.create(context)));
        }
    }

    @Override
    protected void configure() {
        bind(Configuration.class).toInstance(configuration);
        bind(FitSettings.class).toInstance(configuration.fit());
        bind(RunContext.class).toInstance(context);
        bind(Target.class).toInstance(target);
        bind(new TypeLiteral<Optional<Sampler>>() {}).toInstance(sampler);
        bind(new TypeLiteral<List<Metric>>() {}).toInstance(List.copyOf(metrics));
        bind(PointWriter.class).toInstance(writer);
        bind(Fitting.class);
    }
}
