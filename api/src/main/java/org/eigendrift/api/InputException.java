package org.eigendrift.api;

import java.util.Optional;

/**
 * The user's input is wrong: a configuration, a data file, a combination of choices. The message is one line for the
 * user that says where, what was found, what was expected and, where there is one, the nearest valid choice. The
 * command line prints it without a stack trace and exits with 2.
 */
public final class InputException extends RuntimeException {
    private static final long serialVersionUID = 3L;

    /** The key of the configuration that the message is about; null if it is about none. */
    private final String key;

    /** Where rows are wrong; null if none are. */
    private final Address address;

    /** What the message says after the address with which it begins; all of it if it begins with none. */
    private final String problem;

    /**
     * Creates the exception.
     *
     * @param message one line for the user
     */
    public InputException(String message) {
        this(message, null, null, message, null);
    }

    /**
     * Creates the exception.
     *
     * @param message one line for the user
     * @param cause what was caught, for the log
     */
    public InputException(String message, Throwable cause) {
        this(message, null, null, message, cause);
    }

    private InputException(String message, String key, Address address, String problem, Throwable cause) {
        super(message, cause);
        this.key = key;
        this.address = address;
        this.problem = problem;
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
        return new InputException(key + ": " + message, key, null, key + ": " + message, null);
    }

    /**
     * An exception about rows.
     *
     * @param address where they are wrong
     * @param message what was found, what was expected, and the remedy
     * @return an exception whose message is "address: message"
     */
    public static InputException at(Address address, String message) {
        return new InputException(address + ": " + message, null, address, message, null);
    }

    /**
     * This exception, told by someone who knows more of where the rows are: a column's by someone who knows which row it is.
     *
     * @param outer completes the address
     * @return an exception with the completed address before its message
     */
    public InputException within(Address outer) {
        Address completed = address == null ? outer : address.within(outer);
        Address missing = problem.equals(getMessage()) ? outer : completed;
        return new InputException(missing + ": " + problem, key, completed, problem, this);
    }

    /**
     * This exception, told by someone who knows on whose behalf the work was done.
     *
     * @param where a place in a configuration, an option of a command
     * @return an exception about the same key and address, whose message is "where: message"
     */
    public InputException within(String where) {
        String message = where + ": " + getMessage();
        return new InputException(message, key, address, message, this);
    }

    /**
     * What the message is about.
     *
     * @return the key of a configuration, if it is about one
     */
    public Optional<String> key() {
        return Optional.ofNullable(key);
    }

    /**
     * Where rows are wrong.
     *
     * @return the address with which the message begins, if it is about rows
     */
    public Optional<Address> address() {
        return Optional.ofNullable(address);
    }
}
