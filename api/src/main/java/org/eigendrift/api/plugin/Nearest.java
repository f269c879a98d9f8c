package org.eigendrift.api.plugin;

import java.util.Collection;
import java.util.Locale;
import java.util.Optional;

/** Finds the valid name that a misspelt one was probably meant to be. */
public final class Nearest {
    private Nearest() {}

    /**
     * The candidate with the smallest edit distance, if it is close enough to be a misspelling. Numbers are none of each other.
     *
     * @param name what was written
     * @param candidates valid names
     * @return the nearest candidate within a third of the longer length (at least two edits) that has a character in common, the
     *     first in iteration order among equals
     */
    public static Optional<String> of(String name, Collection<String> candidates) {
        if (name.chars().noneMatch(Character::isLetter)) {
            return Optional.empty();
        }
        String best = null;
        int bestDistance = Integer.MAX_VALUE;
        for (String candidate : candidates) {
            int distance = distance(name.toLowerCase(Locale.ROOT), candidate.toLowerCase(Locale.ROOT));
            int longer = Math.max(name.length(), candidate.length());
            if (distance <= Math.max(2, longer / 3) && distance < longer && distance < bestDistance) {
                best = candidate;
                bestDistance = distance;
            }
        }
        return Optional.ofNullable(best);
    }

    /**
     * Words for an error message.
     *
     * @param name what was written
     * @param candidates valid names
     * @return {@code "; did you mean 'x'? known: a, b, x"}, without the question if nothing is near
     */
    public static String hint(String name, Collection<String> candidates) {
        return of(name, candidates).map(n -> "; did you mean '" + n + "'?").orElse(";") + " known: "
                + String.join(", ", candidates);
    }

    /**
     * Words for a key that is none.
     *
     * @param what what it was to be the key of
     * @param key what was written
     * @param known valid keys
     * @return {@code "unknown option; did you mean 'x'? known: a, b, x"}, or that there are none
     */
    public static String unknown(String what, String key, Collection<String> known) {
        return "unknown " + what + (known.isEmpty() ? "; there are none here" : hint(key, known));
    }

    private static int distance(String a, String b) {
        int[] row = new int[b.length() + 1];
        for (int j = 0; j <= b.length(); j++) {
            row[j] = j;
        }
        for (int i = 1; i <= a.length(); i++) {
            int diagonal = row[0];
            row[0] = i;
            for (int j = 1; j <= b.length(); j++) {
                int substitution = diagonal + (a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1);
                diagonal = row[j];
                row[j] = Math.min(substitution, 1 + Math.min(row[j], row[j - 1]));
            }
        }
        return row[b.length()];
    }
}
