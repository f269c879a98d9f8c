package org.eigendrift.cli.plugin;

import java.util.Arrays;
import java.util.Optional;
import java.util.stream.Stream;
import org.eigendrift.api.plugin.PluginException;

/** Finds out whose fault it is that something was thrown: a plugin's, if its code is what ran last. */
public final class Blame {
    private Blame() {}

    /**
     * The plugin that threw.
     *
     * @param thrown what was caught
     * @return one line that names class, module and jar, and what was thrown; empty if no plugin's code ran last
     */
    public static Optional<String> of(Throwable thrown) {
        return Stream.iterate(thrown, e -> e != null, Throwable::getCause)
                .flatMap(e -> culprit(e).stream())
                .reduce((first, last) -> last);
    }

    private static Optional<String> culprit(Throwable e) {
        Optional<String> who = culprit(e.getStackTrace());
        if (who.isEmpty() && e instanceof AbstractMethodError && e.getMessage() != null) {
            // Our code called a method that the plugin's class does not have: the message names that class.
            who = PluginLayers.namedIn(e.getMessage());
        }
        return who.map(where -> "a plugin's part (" + where + ") " + PluginException.meaning(e));
    }

    /**
     * Whose code a stack is in.
     *
     * @param stack innermost frame first
     * @return the plugin's class, module and jar; empty if the innermost frame that is not the JDK's is the program's own
     */
    static Optional<String> culprit(StackTraceElement[] stack) {
        return Arrays.stream(stack)
                .filter(frame -> !platform(frame))
                .findFirst()
                .flatMap(frame -> PluginLayers.origin(frame.getModuleName(), frame.getClassName()));
    }

    private static boolean platform(StackTraceElement frame) {
        String module = frame.getModuleName();
        return module != null && (module.startsWith("java.") || module.startsWith("jdk."));
    }

    /**
     * Who is ending the process, if it is not the program.
     *
     * @return the plugin's class, module and jar; empty if no plugin's thread is in {@code System.exit}
     */
    public static Optional<String> ofExit() {
        return Thread.getAllStackTraces().values().stream()
                .filter(stack -> Arrays.stream(stack).anyMatch(Blame::exits))
                .flatMap(stack -> culprit(stack).stream())
                .findFirst();
    }

    private static boolean exits(StackTraceElement frame) {
        return frame.getClassName().equals("java.lang.Runtime")
                && frame.getMethodName().equals("exit");
    }
}
