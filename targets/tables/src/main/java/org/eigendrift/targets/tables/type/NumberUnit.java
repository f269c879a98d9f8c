package org.eigendrift.targets.tables.type;

import java.util.Comparator;
import java.util.Currency;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * What stands beside a number and is the same in all of a column: a sign of per cent or per mille, a currency's sign ({@code $},
 * {@code US$}) or, apart from the number, its three letters ({@code EUR}).
 *
 * @param before what stands in front, behind the number's sign, with the space that keeps it apart
 * @param behind what stands behind, with the space that keeps it apart
 */
record NumberUnit(String before, String behind) {
    /** Numbers alone. */
    static final NumberUnit NONE = new NumberUnit("", "");

    private static final String SPACE = "[ \\u00a0\\u202f]";

    private static final String SIGN = "(?:[A-Z]{0,3}\\p{Sc}|[%\u2030])";

    private static final Pattern TEXT = Pattern.compile("[-+]?(?:(?<before>" + SIGN + SPACE + "?|(?<first>[A-Z]{3})"
            + SPACE + ")[^A-Z%\u2030\\p{Sc}]+|[^A-Z%\u2030\\p{Sc}]*[^A-Z%\u2030\\p{Sc} \\u00a0\\u202f](?<behind>"
            + SPACE
            + "?" + SIGN + "|" + SPACE + "(?<last>[A-Z]{3})))");

    /** ISO 4217. */
    private static final Set<String> CODES = Currency.getAvailableCurrencies().stream()
            .map(Currency::getCurrencyCode)
            .collect(Collectors.toSet());

    /** The shortest, of those the first. */
    private static final Comparator<String> SHORTEST =
            Comparator.comparingInt(String::length).thenComparing(Comparator.naturalOrder());

    /** What stands beside the number of a text, be it one or the pattern of one. */
    static NumberUnit of(String text) {
        int sign = NumberStyle.sign(text);
        if (text.length() == sign || bare(text.charAt(text.length() - 1)) && bare(text.charAt(sign))) {
            return NONE;
        }
        Matcher matcher = TEXT.matcher(text);
        if (!matcher.matches() || !currency(matcher.group("first")) || !currency(matcher.group("last"))) {
            return NONE;
        }
        String before = matcher.group("before");
        return before != null ? new NumberUnit(before, "") : new NumberUnit("", matcher.group("behind"));
    }

    private static boolean bare(char c) {
        return c >= '0' && c <= '9' || c == '.' || c == ',' || c == '#';
    }

    private static boolean currency(String code) {
        return code == null || CODES.contains(code);
    }

    /**
     * The number of a cell, its sign in front, empty if it has another unit. Spaces are of no account, and the sign may stand on either
     * side of what is in front.
     */
    String number(String cell) {
        if (equals(NONE)) {
            return cell;
        }
        String front = stripped(before);
        String end = stripped(behind);
        int sign = NumberStyle.sign(cell);
        boolean same = cell.startsWith(front, sign)
                && cell.endsWith(end)
                && cell.length() > sign + front.length() + end.length();
        return same
                ? cell.substring(0, sign)
                        + stripped(cell.substring(sign + front.length(), cell.length() - end.length()))
                : "";
    }

    /** The same unit in the closest writing that both have; null if they are two. */
    NumberUnit closest(NumberUnit other) {
        return signs().equals(other.signs())
                ? new NumberUnit(first(before, other.before), first(behind, other.behind))
                : null;
    }

    private static String first(String a, String b) {
        return SHORTEST.compare(a, b) <= 0 ? a : b;
    }

    private static String stripped(String text) {
        int from = 0;
        int to = text.length();
        while (from < to && space(text.charAt(from))) {
            from++;
        }
        while (to > from && space(text.charAt(to - 1))) {
            to--;
        }
        return text.substring(from, to);
    }

    private static boolean space(char c) {
        return c == ' ' || c == '\u00a0' || c == '\u202f';
    }

    /** What stands in front and behind, without spaces. */
    List<String> signs() {
        return List.of(stripped(before), stripped(behind));
    }

    /** In words. */
    String said() {
        return (before.isEmpty() ? "" : ", with '" + stripped(before) + "' in front")
                + (behind.isEmpty() ? "" : ", with '" + stripped(behind) + "' behind");
    }

    /** A number, its sign in front if it has one, with its unit. */
    String beside(String number) {
        return number.startsWith("-") ? "-" + before + number.substring(1) + behind : before + number + behind;
    }
}
