package org.eigendrift.cli.console;

import java.io.PrintStream;

/**
 * Where the command speaks to the user.
 *
 * @param out receives results
 * @param err receives messages and progress
 * @param interactive whether {@code err} is a terminal, on which bars may be drawn
 * @param columns width of the terminal
 */
public record Terminal(PrintStream out, PrintStream err, boolean interactive, int columns) {
    /** Width where the terminal does not tell. */
    public static final int USUAL_COLUMNS = 80;
}
