package org.eigendrift.cli;

import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.IFactory;

/** Gives commands the invocation they serve. */
final class CommandFactory implements IFactory {
    private static final Map<Class<?>, Function<Invocation, ?>> COMMANDS = new LinkedHashMap<>();

    static {
        // In the order of the help.
        COMMANDS.put(RunCommand.class, RunCommand::new);
        COMMANDS.put(FitCommand.class, FitCommand::new);
        COMMANDS.put(SampleCommand.class, SampleCommand::new);
        COMMANDS.put(ProductCommand.class, ProductCommand::new);
        COMMANDS.put(OptimiseCommand.class, OptimiseCommand::new);
        COMMANDS.put(ScoreCommand.class, ScoreCommand::new);
        COMMANDS.put(ImputeCommand.class, ImputeCommand::new);
        COMMANDS.put(PredictCommand.class, PredictCommand::new);
        COMMANDS.put(ActiveCommand.class, ActiveCommand::new);
        COMMANDS.put(CalibrateCommand.class, CalibrateCommand::new);
        COMMANDS.put(CompareCommand.class, CompareCommand::new);
        COMMANDS.put(MergeCommand.class, MergeCommand::new);
        COMMANDS.put(UnlearnCommand.class, UnlearnCommand::new);
        COMMANDS.put(DescribeCommand.class, DescribeCommand::new);
        COMMANDS.put(PluginsCommand.class, PluginsCommand::new);
    }

    private final Invocation invocation;

    CommandFactory(Invocation invocation) {
        this.invocation = invocation;
    }

    /**
     * The commands that a command line needs: the one it begins with, or all, from which help and hints are made.
     * Reading the options of all of them is time that every command would pay for.
     */
    static Collection<Class<?>> needed(String... arguments) {
        for (Class<?> command : COMMANDS.keySet()) {
            if (arguments.length > 0
                    && command.getAnnotation(Command.class).name().equals(arguments[0])) {
                return List.of(command);
            }
        }
        return COMMANDS.keySet();
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
