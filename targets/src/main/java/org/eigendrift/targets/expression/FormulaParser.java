package org.eigendrift.targets.expression;

import java.util.ArrayList;
import java.util.List;
import org.eigendrift.api.InputException;

/**
 * Parses formulas by operator precedence (Pratt, "Top down operator precedence", 1973).
 *
 * <pre>
 * +  -             left to right
 * *  /             left to right
 * -  +  (sign)     binds less than ^, so -x^2 is -(x^2)
 * ^                right to left
 * f(a, b)  x[i]  (a)  number  name
 * </pre>
 */
final class FormulaParser {
    /** Longest text and deepest nesting, so that hostile input ends in an error and not in a stack overflow. */
    private static final int LONGEST = 20_000;

    private static final int DEEPEST = 200;

    private static final int SUM_STRENGTH = 1;
    private static final int PRODUCT_STRENGTH = 2;
    private static final int SIGN_STRENGTH = 3;
    private static final int POWER_STRENGTH = 4;

    private final String text;
    private final String what;
    private int next;
    private int depth;

    private FormulaParser(String text, String what) {
        this.text = text;
        this.what = what;
    }

    /**
     * Parses a formula.
     *
     * @param text the formula
     * @param what names it in messages
     * @return its tree
     * @throws InputException with the column where it is wrong
     */
    static Node parse(String text, String what) {
        if (text.length() > LONGEST) {
            throw new InputException(what + " has " + text.length() + " characters; expected at most " + LONGEST);
        }
        FormulaParser parser = new FormulaParser(text, what);
        Node root = parser.expression(0);
        if (parser.peek() != '\0') {
            throw parser.wrong("an operator or the end");
        }
        return root;
    }

    private char peek() {
        while (next < text.length() && Character.isWhitespace(text.charAt(next))) {
            next++;
        }
        return next < text.length() ? text.charAt(next) : '\0';
    }

    private InputException wrong(String expected) {
        char found = peek();
        String shown = found == '\0' ? "the end" : "'" + (Character.isISOControl(found) ? '?' : found) + "'";
        return new InputException(what + ", column " + (next + 1) + ": found " + shown + ", expected " + expected);
    }

    private void expect(char wanted) {
        if (peek() != wanted) {
            throw wrong("'" + wanted + "'");
        }
        next++;
    }

    private Node expression(int strength) {
        if (++depth > DEEPEST) {
            throw new InputException(what + ", column " + (next + 1) + ": nested more than " + DEEPEST + " deep");
        }
        Node left = prefix();
        while (true) {
            int at = next + 1;
            String function;
            int binding;
            switch (peek()) {
                case '+', '-' -> {
                    function = text.charAt(next) == '+' ? "add" : "subtract";
                    binding = SUM_STRENGTH;
                }
                case '*', '/' -> {
                    function = text.charAt(next) == '*' ? "multiply" : "divide";
                    binding = PRODUCT_STRENGTH;
                }
                case '^' -> {
                    function = "pow";
                    binding = POWER_STRENGTH;
                }
                default -> {
                    depth--;
                    return left;
                }
            }
            if (binding <= strength && !(binding == POWER_STRENGTH && strength == POWER_STRENGTH)) {
                depth--;
                return left;
            }
            next++;
            // Of equal operators the right one waits, but for powers, which group to the right.
            left = new Node.Apply(at, function, List.of(left, expression(binding)));
        }
    }

    private Node prefix() {
        char c = peek();
        int at = next + 1;
        if (c == '-' || c == '+') {
            next++;
            Node operand = expression(SIGN_STRENGTH);
            return c == '+' ? operand : new Node.Apply(at, "negate", List.of(operand));
        }
        if (c == '(') {
            next++;
            Node inner = expression(0);
            expect(')');
            return inner;
        }
        if (c >= '0' && c <= '9' || c == '.') {
            return number();
        }
        if (isNameStart(c)) {
            return name();
        }
        throw wrong("a number, a name, '(' or a sign");
    }

    private static boolean isNameStart(char c) {
        return c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' || c == '_';
    }

    private static boolean isDigit(char c) {
        return c >= '0' && c <= '9';
    }

    private Node number() {
        int from = next;
        while (next < text.length() && (isDigit(text.charAt(next)) || text.charAt(next) == '.')) {
            next++;
        }
        if (next < text.length() && (text.charAt(next) == 'e' || text.charAt(next) == 'E')) {
            int after = next + 1;
            if (after < text.length() && (text.charAt(after) == '-' || text.charAt(after) == '+')) {
                after++;
            }
            if (after < text.length() && isDigit(text.charAt(after))) {
                next = after;
                while (next < text.length() && isDigit(text.charAt(next))) {
                    next++;
                }
            }
        }
        try {
            return new Node.Constant(from + 1, Double.parseDouble(text.substring(from, next)));
        } catch (NumberFormatException e) {
            throw new InputException(
                    what + ", column " + (from + 1) + ": '" + text.substring(from, next) + "' is not a number", e);
        }
    }

    private String word() {
        int from = next;
        while (next < text.length() && (isNameStart(text.charAt(next)) || isDigit(text.charAt(next)))) {
            next++;
        }
        return text.substring(from, next);
    }

    private Node name() {
        int at = next + 1;
        String name = word();
        if (peek() == '[') {
            next++;
            Node index = expression(0);
            expect(']');
            return new Node.Element(at, name, index);
        }
        if (peek() != '(') {
            return new Node.Name(at, name);
        }
        next++;
        if (name.equals("sum")) {
            return sum(at);
        }
        List<Node> arguments = new ArrayList<>();
        if (peek() != ')') {
            arguments.add(expression(0));
            while (peek() == ',') {
                next++;
                arguments.add(expression(0));
            }
        }
        expect(')');
        return new Node.Apply(at, name, List.copyOf(arguments));
    }

    private Node sum(int at) {
        if (!isNameStart(peek())) {
            throw wrong("the name of an index, as in sum(i, 1, 9, x[i]^2)");
        }
        String index = word();
        expect(',');
        Node from = expression(0);
        expect(',');
        Node to = expression(0);
        expect(',');
        Node term = expression(0);
        expect(')');
        return new Node.Sum(at, index, from, to, term);
    }
}
