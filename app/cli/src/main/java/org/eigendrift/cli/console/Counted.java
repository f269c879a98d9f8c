package org.eigendrift.cli.console;

import java.util.Locale;

/** Numbers of things, in words. */
public final class Counted {
    private Counted() {}

    /**
     * How many there are of something.
     *
     * @param count how many
     * @param one what one of them is called, whose plural ends in s
     * @return {@code 1 row}, {@code 2,000 rows}
     */
    public static String of(long count, String one) {
        return String.format(Locale.ROOT, "%,d %s%s", count, one, count == 1 ? "" : "s");
    }
}
