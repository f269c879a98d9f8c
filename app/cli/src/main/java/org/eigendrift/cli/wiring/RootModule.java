package org.eigendrift.cli.wiring;

import com.google.inject.AbstractModule;
import com.google.inject.Provides;
import jakarta.inject.Singleton;
import org.eigendrift.api.Progress;
import org.eigendrift.api.catalog.Catalog;
import org.eigendrift.cli.config.ConfigurationReader;
import org.eigendrift.cli.console.Terminal;
import org.eigendrift.cli.run.Asking;
import org.eigendrift.cli.run.Calibrating;
import org.eigendrift.cli.run.Comparing;
import org.eigendrift.cli.run.Describing;
import org.eigendrift.cli.run.FileFormats;
import org.eigendrift.cli.run.Guiding;
import org.eigendrift.cli.run.Models;
import org.eigendrift.cli.run.Optimising;
import org.eigendrift.cli.run.Setting;

/** What lives as long as a command: the plugins that were found, and services that need no configuration. */
final class RootModule extends AbstractModule {
    private final Catalog catalog;
    private final Setting setting;

    RootModule(Catalog catalog, Setting setting) {
        this.catalog = catalog;
        this.setting = setting;
    }

    @Override
    protected void configure() {
        binder().requireExplicitBindings();
        binder().requireAtInjectOnConstructors();
        binder().requireExactBindingAnnotations();
        binder().disableCircularProxies();
        bind(Catalog.class).toInstance(catalog);
        bind(Setting.class).toInstance(setting);
        bind(Terminal.class).toInstance(setting.terminal());
        bind(Progress.class).toInstance(setting.progress());
        bind(FileFormats.class);
        bind(Models.class);
        bind(Guiding.class);
        bind(Optimising.class);
        bind(Comparing.class);
        bind(Describing.class);
        bind(Asking.class);
        bind(Calibrating.class);
    }

    @Provides
    @Singleton
    ConfigurationReader configurationReader(Catalog plugins, Setting given) {
        return new ConfigurationReader(plugins, given.working());
    }
}
