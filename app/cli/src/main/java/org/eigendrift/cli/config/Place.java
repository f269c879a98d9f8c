package org.eigendrift.cli.config;

/**
 * Where a value was written.
 *
 * @param source the configuration's file name, or the option of the command line that set the value
 * @param line line from 1, or 0 where there are no lines
 */
record Place(String source, int line) {
    @Override
    public String toString() {
        return line > 0 ? source + ":" + line : source;
    }
}
