package org.eigendrift.api.plugin;

/**
 * A plugin does not do what its interface promises: it threw, returned null, or delivered numbers that are not what they
 * should be. Not the user's input is wrong, and not the program: the message names the plugin, its class and its jar. The
 * command line prints it without a stack trace and exits with 1.
 */
public final class PluginException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    /**
     * Creates the exception.
     *
     * @param plugin the plugin: a provider, or what one created
     * @param fault what it did and what was expected, a clause that follows the plugin's name: {@code returned null}
     */
    public PluginException(Object plugin, String fault) {
        this(plugin, fault, null);
    }

    /**
     * Creates the exception.
     *
     * @param plugin the plugin: a provider, or what one created
     * @param fault what it did and what was expected, a clause that follows the plugin's name: {@code returned null}
     * @param cause what was caught
     */
    public PluginException(Object plugin, String fault, Throwable cause) {
        super(name(plugin) + " (" + Origin.of(plugin) + ") " + fault, cause);
    }

    /**
     * A plugin that threw what is no message for the user.
     *
     * @param plugin the plugin: a provider, or what one created
     * @param thrown what it threw
     * @return an exception that tells what that means
     */
    public static PluginException thrown(Object plugin, Throwable thrown) {
        return new PluginException(plugin, meaning(thrown), thrown);
    }

    /**
     * What it means that a plugin threw this.
     *
     * @param thrown what it threw
     * @return one line, a clause that follows the plugin's name
     */
    public static String meaning(Throwable thrown) {
        Throwable root =
                thrown instanceof ExceptionInInitializerError && thrown.getCause() != null ? thrown.getCause() : thrown;
        String text = root.toString().replaceAll("\\s*\\R\\s*", " ");
        if (root instanceof IncompatibleClassChangeError) {
            return "was built for another version of the api: " + text;
        }
        return root instanceof NoClassDefFoundError ? "lacks a class that it needs: " + text : "threw " + text;
    }

    /** A provider that fails even to tell its name is known by its class. */
    private static String name(Object plugin) {
        try {
            return plugin instanceof Provider<?, ?, ?> provider
                    ? "plugin '" + provider.name() + "'"
                    : "a plugin's part";
        } catch (RuntimeException | LinkageError e) {
            return "a plugin";
        }
    }
}
