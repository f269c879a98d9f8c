package org.eigendrift.targets.file;

/** What stands between the cells of a text file. */
public enum Separator {
    /** Whichever of the others is most frequent in the first line. */
    AUTO('\0'),
    /** A comma. */
    COMMA(','),
    /** A tab, as in TSV files. */
    TAB('\t'),
    /** A semicolon. */
    SEMICOLON(';');

    private final char character;

    Separator(char character) {
        this.character = character;
    }

    /**
     * The character, found from the first line if this is {@link #AUTO}.
     *
     * @param start the text's beginning, at least its first line where that is not too long
     * @return the separator
     */
    public char character(CharSequence start) {
        if (this != AUTO) {
            return character;
        }
        Separator best = COMMA;
        for (Separator candidate : values()) {
            if (count(start, candidate.character) > count(start, best.character)) {
                best = candidate;
            }
        }
        return best.character;
    }

    /** Occurrences outside quotes in the first line that is not empty. */
    private static int count(CharSequence text, char wanted) {
        int count = 0;
        boolean quoted = false;
        boolean begun = false;
        for (int j = 0; j < text.length(); j++) {
            char c = text.charAt(j);
            if (c == '"') {
                quoted = !quoted;
            } else if (!quoted && (c == '\n' || c == '\r')) {
                if (begun) {
                    break;
                }
                continue;
            } else if (!quoted && c == wanted) {
                count++;
            }
            begun = true;
        }
        return count;
    }
}
