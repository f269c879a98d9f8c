package org.eigendrift.cli.wiring;

import com.google.inject.Guice;
import com.google.inject.Injector;
import com.google.inject.Stage;
import org.eigendrift.api.InputException;
import org.eigendrift.api.catalog.Catalog;
import org.eigendrift.cli.config.Configuration;
import org.eigendrift.cli.config.ConfigurationReader;
import org.eigendrift.cli.plugin.PluginLayers;
import org.eigendrift.cli.run.Asking;
import org.eigendrift.cli.run.Calibrating;
import org.eigendrift.cli.run.Comparing;
import org.eigendrift.cli.run.Describing;
import org.eigendrift.cli.run.Fitting;
import org.eigendrift.cli.run.Guiding;
import org.eigendrift.cli.run.Models;
import org.eigendrift.cli.run.Optimising;
import org.eigendrift.cli.run.ResultDirectory;
import org.eigendrift.cli.run.Run;
import org.eigendrift.cli.run.Setting;

/** The parts of one command, put together. */
public final class Session {
    private final Injector root;
    private final Setting setting;

    private Session(Injector root, Setting setting) {
        this.root = root;
        this.setting = setting;
    }

    /**
     * Loads plugins and puts the parts together.
     *
     * @param setting what the command was given
     * @return the session
     * @throws InputException if a plugin cannot be loaded
     */
    public static Session open(Setting setting) {
        // Plugins are loaded before Guice runs: a message from inside an injector would drown in Guice's own text.
        return of(setting, PluginLayers.catalog(setting.plugins()));
    }

    /**
     * Puts the parts together.
     *
     * @param setting what the command was given
     * @param catalog the plugins
     * @return the session
     */
    public static Session of(Setting setting, Catalog catalog) {
        KernelChoice.use(setting.kernel(), catalog);
        Setting offered = setting.offering(catalog.services()).beside(PluginLayers.versions(catalog));
        return new Session(Guice.createInjector(Stage.PRODUCTION, new RootModule(catalog, offered)), offered);
    }

    /**
     * The plugins.
     *
     * @return all that were found
     */
    public Catalog catalog() {
        return root.getInstance(Catalog.class);
    }

    /**
     * Reads configurations.
     *
     * @return the reader
     */
    public ConfigurationReader configurations() {
        return root.getInstance(ConfigurationReader.class);
    }

    /**
     * What can be done with model files.
     *
     * @return the service
     */
    public Models models() {
        return root.getInstance(Models.class);
    }

    /**
     * What is made of the flows of model files.
     *
     * @return the service
     */
    public Guiding guiding() {
        return root.getInstance(Guiding.class);
    }

    /**
     * Optimisation of objectives among samples.
     *
     * @return the service
     */
    public Optimising optimising() {
        return root.getInstance(Optimising.class);
    }

    /**
     * What is asked of a model.
     *
     * @return the service
     */
    public Asking asking() {
        return root.getInstance(Asking.class);
    }

    /**
     * Gains of sensors that observed a row.
     *
     * @return the service
     */
    public Calibrating calibrating() {
        return root.getInstance(Calibrating.class);
    }

    /**
     * Comparison of models on held-out rows.
     *
     * @return the service
     */
    public Comparing comparing() {
        return root.getInstance(Comparing.class);
    }

    /**
     * What the columns of a file are taken for.
     *
     * @return the service
     */
    public Describing describing() {
        return root.getInstance(Describing.class);
    }

    /**
     * A run of a configuration, with an injector of its own.
     *
     * @param configuration the configuration
     * @param results where its files go
     * @return the run
     * @throws InputException if a choice cannot be created
     */
    public Run run(Configuration configuration, ResultDirectory results) {
        return child(configuration, new ResultsModule(results)).getInstance(Run.class);
    }

    /**
     * The fit of a configuration, with an injector of its own.
     *
     * @param configuration the configuration
     * @return the fit
     * @throws InputException if a choice cannot be created
     */
    public Fitting fitting(Configuration configuration) {
        return child(configuration).getInstance(Fitting.class);
    }

    private Injector child(Configuration configuration, com.google.inject.Module... more) {
        RunModule choices = new RunModule(
                configuration, setting.context(configuration.sample().seed()), catalog());
        com.google.inject.Module[] modules = new com.google.inject.Module[more.length + 1];
        modules[0] = choices;
        System.arraycopy(more, 0, modules, 1, more.length);
        return root.createChildInjector(modules);
    }
}
