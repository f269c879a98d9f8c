package org.eigendrift.cli;

import java.util.Map;
import java.util.function.Function;
import picocli.CommandLine;
import picocli.CommandLine.IFactory;

/** Gives commands the invocation they serve. */
final class CommandFactory implements IFactory {
    private static final Map<Class<?>, Function<Invocation, ?>> COMMANDS = Map.of(
            RunCommand.class, RunCommand::new,
            FitCommand.class, FitCommand::new,
            SampleCommand.class, SampleCommand::new,
            ScoreCommand.class, ScoreCommand::new,
            CompareCommand.class, CompareCommand::new,
            MergeCommand.class, MergeCommand::new,
            UnlearnCommand.class, UnlearnCommand::new,
            PluginsCommand.class, PluginsCommand::new);

    private final Invocation invocation;

    CommandFactory(Invocation invocation) {
        this.invocation = invocation;
    }

    @Override
    public <K> K create(Class<K> type) throws Exception {
        Function<Invocation, ?> constructor = COMMANDS.get(type);
        if (constructor != null) {
            return type.cast(constructor.apply(invocation));
        }
        return CommandLine.defaultFactory().create(type);
    }
}
