package org.eigendrift.cli.where;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.eigendrift.api.InputException;

/**
 * A word of a condition.
 *
 * @param kind what it is
 * @param text without quotes
 * @param place of its first character, from 1
 */
record Token(Kind kind, String text, int place) {
    enum Kind {
        /** A column, a key word, or a value without quotes. */
        NAME,
        /** A column in double quotes. */
        QUOTED_NAME,
        /** A value in single quotes. */
        TEXT,
        NUMBER,
        SIGN,
        END
    }

    private static final Pattern TOKEN = Pattern.compile("\\s*(?:"
            + "(?<number>(?:\\d+\\.?\\d*|\\.\\d+)(?:[eE][+-]?\\d+)?)"
            + "|(?<name>[\\p{L}_][\\p{L}\\p{N}_.]*)"
            + "|'(?<text>(?:[^']|'')*)'"
            + "|\"(?<quoted>[^\"]*)\""
            + "|(?<sign><=|>=|<>|!=|==|[=<>+\\-*(),]))");

    static List<Token> read(String option, String text) {
        List<Token> tokens = new ArrayList<>();
        Matcher matcher = TOKEN.matcher(text);
        int at = 0;
        String rest = text.stripTrailing();
        while (at < rest.length()) {
            if (!matcher.region(at, text.length()).lookingAt()) {
                int place = at
                        + text.substring(at).length()
                        - text.substring(at).stripLeading().length();
                throw new InputException(
                        option + ": character " + (place + 1) + ": found '" + text.charAt(place)
                                + "', expected a column, a number, a value in single quotes, or one of = != < <= > >= + - * ( ) ,");
            }
            tokens.add(of(matcher));
            at = matcher.end();
        }
        tokens.add(new Token(Kind.END, "the end", text.length() + 1));
        return tokens;
    }

    private static Token of(Matcher matcher) {
        for (Kind kind : new Kind[] {Kind.NUMBER, Kind.NAME, Kind.TEXT, Kind.QUOTED_NAME, Kind.SIGN}) {
            String group = kind == Kind.QUOTED_NAME ? "quoted" : kind.name().toLowerCase(Locale.ROOT);
            if (matcher.group(group) != null) {
                String text = matcher.group(group);
                return new Token(kind, kind == Kind.TEXT ? text.replace("''", "'") : text, matcher.start(group) + 1);
            }
        }
        throw new IllegalStateException("a token of no kind");
    }

    boolean sign(String sign) {
        return kind == Kind.SIGN && text.equals(sign);
    }

    boolean word(String word) {
        return kind == Kind.NAME && text.equalsIgnoreCase(word);
    }
}
