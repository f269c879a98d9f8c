package org.eigendrift.api;

/**
 * The user's input is wrong: a configuration, a data file, a combination of choices. The message is one line for the
 * user that says where, what was found, what was expected and, where there is one, the nearest valid choice. The
 * command line prints it without a stack trace and exits with 2.
 */
public final class InputException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    /**
     * Creates the exception.
     *
     * @param message one line for the user
     */
    public InputException(String message) {
        super(message);
    }

    /**
     * Creates the exception.
     *
     * @param message one line for the user
     * @param cause what was caught, for the log
     */
    public InputException(String message, Throwable cause) {
        super(message, cause);
    }
}
