package org.eigendrift.cli.wiring;

import com.google.inject.AbstractModule;
import org.eigendrift.cli.run.ResultDirectory;
import org.eigendrift.cli.run.Run;

/** A run that leaves its files in a directory. */
final class ResultsModule extends AbstractModule {
    private final ResultDirectory results;

    ResultsModule(ResultDirectory results) {
        this.results = results;
    }

    @Override
    protected void configure() {
        bind(ResultDirectory.class).toInstance(results);
        bind(Run.class);
    }
}
