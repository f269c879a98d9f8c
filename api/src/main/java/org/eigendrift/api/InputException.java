package org.eigendrift.api;

import java.util.Optional;

/**
 * The user's input is wrong: a configuration, a data file, a combination of choices. The message is one line for the
 * user that says where, what was found, what was expected and, where there is one, the nearest valid choice. The
 * command line prints it without a stack trace and exits with 2.
 */
public final class InputException extends RuntimeException {
    private static final long serialVersionUID = 2L;

    /** The key of the configuration that the message is about; null if it is about none. */
    private final String key;

    /**
     * Creates the exception.
     *
     * @param message one line for the user
     */
    public InputException(String message) {
        this(null, message, null);
    }

    /**
     * Creates the exception.
     *
     * @param message one line for the user
     * @param cause what was caught, for the log
     */
    public InputException(String message, Throwable cause) {
        this(null, message, cause);
    }

    private InputException(String key, String message, Throwable cause) {
        super(message, cause);
        this.key = key;
    }

    /**
     * An exception about one key of a configuration. Whoever has the file adds where the key was written; others see the key before
     * the message.
     *
     * @param key names of nested keys with dots between them, positions in lists in brackets, such as {@code target.columns[2]}
     * @param message what was found, what was expected, and the remedy
     * @return an exception whose message is "key: message"
     */
    public static InputException at(String key, String message) {
        return new InputException(key, key + ": " + message, null);
    }

    /**
     * What the message is about.
     *
     * @return the key of a configuration, if it is about one
     */
    public Optional<String> key() {
        return Optional.ofNullable(key);
    }
}
