package org.eigendrift.api;

/**
 * A computation could not deliver a number that can be trusted: a solve that did not converge, a score that is not
 * finite, an integral that missed its tolerance. The message is one line that names the quantity, the time t or
 * point where it happened, and the figure that was reached.
 */
public final class NumericalException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    /**
     * Creates the exception.
     *
     * @param message one line: what, where (time, point), which figure
     */
    public NumericalException(String message) {
        super(message);
    }

    /**
     * Creates the exception.
     *
     * @param message one line: what, where (time, point), which figure
     * @param cause what was caught
     */
    public NumericalException(String message, Throwable cause) {
        super(message, cause);
    }
}
