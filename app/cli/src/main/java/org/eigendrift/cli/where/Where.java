package org.eigendrift.cli.where;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.eigendrift.api.InputException;
import org.eigendrift.api.data.Column;
import org.eigendrift.api.law.Evidence;
import org.eigendrift.api.law.Evidence.Condition;

/**
 * Reads conditions: comparisons of columns, sums of columns, numbers and quoted values, {@code in (...)}, {@code between ... and
 * ...}, {@code is missing}, joined by {@code and}. A recursive descent. Not thread-safe.
 */
public final class Where {
    /** What counts as a whole number of steps. */
    private static final double WHOLE = 1e-9;

    private static final List<String> COMPARISONS = List.of("=", "==", "!=", "<>", "<", "<=", ">", ">=");

    private final String option;
    private final Cells cells;
    private final List<Token> tokens;
    private final List<Condition> conditions = new ArrayList<>();
    private int next;

    private Where(String option, String text, Cells cells) {
        this.option = option;
        this.cells = cells;
        this.tokens = Token.read(option, text);
    }

    /**
     * Reads conditions.
     *
     * @param option what they were given as, for messages
     * @param text the conditions
     * @param cells the model's columns and how their values are written
     * @return the same as evidence
     * @throws InputException one line: where, what was found, what was expected
     */
    public static Evidence evidence(String option, String text, Cells cells) {
        Where where = new Where(option, text, cells);
        where.condition();
        while (where.peek().word("and")) {
            where.next++;
            where.condition();
        }
        if (where.peek().word("or")) {
            throw where.wrong(
                    where.peek(),
                    "conditions joined by 'and' (for one of several values: column in (a, b); for one of several ranges: a question"
                            + " for each, whose probabilities add up)");
        }
        if (where.peek().kind() != Token.Kind.END) {
            throw where.wrong(where.peek(), "'and' or the end");
        }
        return new Evidence(where.conditions);
    }

    private Token peek() {
        return tokens.get(next);
    }

    private String at(int place) {
        return option + ": character " + place;
    }

    private InputException wrong(Token found, String expected) {
        String text = found.kind() == Token.Kind.END ? found.text() : "'" + found.text() + "'";
        return new InputException(at(found.place()) + ": found " + text + ", expected " + expected);
    }

    private void condition() {
        Side left = side();
        if (peek().word("not") || peek().word("in")) {
            boolean without = peek().word("not");
            next += without ? 1 : 0;
            if (!peek().word("in")) {
                throw wrong(peek(), "'in'");
            }
            next++;
            in(left, without);
        } else if (peek().word("between")) {
            next++;
            Side from = side();
            if (!peek().word("and")) {
                throw wrong(peek(), "'and' and the other end");
            }
            next++;
            Side to = side();
            range(left, from, ">=", to, "<=");
        } else if (peek().word("is")) {
            next++;
            missing(left);
        } else {
            comparisons(left);
        }
    }

    /** A column between two ends; of an angle the way from one to the other, also across the ends of its turn. */
    private void range(Side middle, Side from, String above, Side to, String below) {
        int number = middle.column();
        boolean turns = number >= 0
                && cells.columns().get(number).kind() == Column.Kind.ANGLE
                && !from.hasColumns()
                && !to.hasColumns();
        if (!turns) {
            compare(middle, above, from);
            compare(middle, below, to);
            return;
        }
        Column column = cells.columns().get(number);
        double turn = column.upper() - column.lower();
        double first = column.lower() + column.step() / 2;
        double way = to.constant() - from.constant();
        way += way < 0 ? turn : 0;
        if (!(way >= 0 && way <= turn)) {
            throw new InputException(at(from.place()) + ": from " + Side.text(from.constant()) + " to "
                    + Side.text(to.constant()) + " the angle '" + column.name()
                    + "' goes round more than once; expected"
                    + " ends at most " + Side.text(turn) + " apart");
        }
        double begin = from.constant() - turn * Math.floor((from.constant() - first) / turn);
        boolean across = begin + way > first + turn;
        single(number, above, begin, from.place());
        single(number, below, begin + way - (across ? turn : 0), to.place());
        if (across) {
            Condition.Within end = (Condition.Within) conditions.remove(conditions.size() - 1);
            Condition.Within start = (Condition.Within) conditions.remove(conditions.size() - 1);
            conditions.add(new Condition.Within(number, start.lower(), end.upper() + turn));
        }
    }

    /** One comparison, or two with a common middle: 1 < x <= 3. */
    private void comparisons(Side first) {
        List<Side> sides = new ArrayList<>(List.of(first));
        List<String> signs = new ArrayList<>();
        while (peek().kind() == Token.Kind.SIGN && COMPARISONS.contains(peek().text())) {
            signs.add(tokens.get(next++).text());
            sides.add(side());
        }
        if (signs.isEmpty()) {
            throw wrong(peek(), "one of = != < <= > >=, 'in', 'between' or 'is missing'");
        }
        if (signs.size() == 2 && signs.stream().allMatch(sign -> sign.startsWith("<") && !sign.equals("<>"))) {
            range(sides.get(1), first, mirrored(signs.get(0)), sides.get(2), signs.get(1));
        } else if (signs.size() == 2 && signs.stream().allMatch(sign -> sign.startsWith(">"))) {
            range(sides.get(1), sides.get(2), signs.get(1), first, mirrored(signs.get(0)));
        } else {
            for (int k = 0; k < signs.size(); k++) {
                compare(sides.get(k), signs.get(k), sides.get(k + 1));
            }
        }
    }

    private Side side() {
        Token first = peek();
        double[] weights = new double[cells.columns().size()];
        double constant = 0;
        boolean more = true;
        int terms = 0;
        while (more) {
            double sign = 1;
            while (peek().sign("+") || peek().sign("-")) {
                sign *= tokens.get(next++).sign("-") ? -1 : 1;
            }
            Token token = peek();
            if (token.kind() == Token.Kind.TEXT || isValue(token)) {
                if (terms > 0 || next > 0 && first != token) {
                    throw wrong(token, "a column or a number");
                }
                next++;
                return new Side(weights, 0, token.text(), token.kind() == Token.Kind.TEXT, token.place());
            }
            constant += term(sign, weights);
            terms++;
            more = peek().sign("+") || peek().sign("-");
        }
        boolean number = terms == 1 && first.kind() == Token.Kind.NUMBER && tokens.get(next - 1) == first;
        return new Side(weights, constant, number ? first.text() : null, number, first.place());
    }

    /** A name that is no column: a value without quotes, or a misspelt column. */
    private boolean isValue(Token token) {
        return token.kind() == Token.Kind.NAME && cells.column(token.text()).isEmpty();
    }

    /** A number, a column, or their product; adds a column's weight and gives a number. */
    private double term(double sign, double[] weights) {
        Token token = tokens.get(next++);
        double factor = sign;
        if (token.kind() == Token.Kind.NUMBER) {
            factor *= Double.parseDouble(token.text());
            if (!peek().sign("*")) {
                return factor;
            }
            next++;
            token = tokens.get(next++);
        }
        if (token.kind() != Token.Kind.NAME && token.kind() != Token.Kind.QUOTED_NAME) {
            throw wrong(token, "a column, a number or a value in single quotes");
        }
        int column = cells.require(at(token.place()), token.text());
        if (peek().sign("*")) {
            next++;
            Token number = tokens.get(next++);
            if (number.kind() != Token.Kind.NUMBER) {
                throw wrong(number, "a number");
            }
            factor *= Double.parseDouble(number.text());
        }
        weights[column] += factor;
        return 0;
    }

    private void compare(Side left, String sign, Side right) {
        if (left.text() != null && right.text() == null) {
            compare(right, mirrored(sign), left);
        } else if (right.text() != null && left.column() >= 0 && !plain(left.column(), right)) {
            value(left.column(), sign, right);
        } else if (left.column() >= 0
                && !right.hasColumns()
                && cells.columns().get(left.column()).kind().levelled()) {
            value(left.column(), sign, right.asText());
        } else if (left.text() != null && !left.quoted()) {
            // A name alone beside what is no column of levels: it was meant to be a column.
            cells.require(at(left.place()), left.text());
        } else if (right.text() != null && !right.quoted()) {
            cells.require(at(right.place()), right.text());
        } else if (right.text() != null && !isNumber(right)) {
            throw new InputException(
                    at(right.place()) + ": found the value '" + right.text() + "' beside a sum, expected a number");
        } else {
            numbers(left.minus(right), sign);
        }
    }

    private static boolean isNumber(Side side) {
        return side.constant() != 0 || side.text().matches("0*\\.?0*([eE].*)?");
    }

    /** A bare number beside a column of bare numbers. */
    private boolean plain(int column, Side right) {
        Column.Kind kind = cells.columns().get(column).kind();
        boolean dated = kind == Column.Kind.DATE || kind == Column.Kind.TIME || kind == Column.Kind.DATE_TIME;
        return !kind.levelled() && !dated && right.quoted() && isNumber(right);
    }

    private static String mirrored(String sign) {
        return switch (sign) {
            case "<" -> ">";
            case "<=" -> ">=";
            case ">" -> "<";
            case ">=" -> "<=";
            default -> sign;
        };
    }

    /** A column beside a value in the column's own words. */
    private void value(int number, String sign, Side right) {
        Column column = cells.columns().get(number);
        if (!right.quoted() && !column.kind().levelled()) {
            cells.require(at(right.place()), right.text());
        }
        if (between(number, sign, right)) {
            return;
        }
        double value = cells.value(at(right.place()), number, right.text());
        boolean order = sign.contains("<") && !sign.equals("<>") || sign.contains(">") && !sign.equals("<>");
        if (order && column.kind() == Column.Kind.CATEGORY) {
            throw new InputException(at(right.place()) + ": the levels of column '" + column.name()
                    + "' have no order; expected =, != or 'in'");
        }
        double[] weights = new double[cells.columns().size()];
        weights[number] = 1;
        numbers(new Side(weights, -value, null, false, right.place()), sign);
    }

    /** Levels that are numbers, above or below one that is none of them. */
    private boolean between(int number, String sign, Side right) {
        Column column = cells.columns().get(number);
        List<Double> numbers = column.kind() == Column.Kind.ORDERED ? column.numbers() : List.of();
        boolean order = List.of("<", "<=", ">", ">=").contains(sign);
        if (numbers.isEmpty() || !order || Column.number(right.text()).isEmpty() || column.level(right.text()) >= 0) {
            return false;
        }
        double end = Column.number(right.text()).getAsDouble();
        double[] left = IntStream.range(0, numbers.size())
                .filter(level -> sign.startsWith("<") ? numbers.get(level) < end : numbers.get(level) > end)
                .asDoubleStream()
                .toArray();
        if (left.length == 0) {
            throw new InputException(at(right.place()) + ": column '" + column.name() + "' has no level " + sign + " "
                    + right.text() + "; its levels are from " + column.levels().get(0) + " to "
                    + column.levels().get(numbers.size() - 1));
        }
        conditions.add(new Condition.OneOf(number, left));
        return true;
    }

    /** sum + constant compared with 0. */
    private void numbers(Side sum, String sign) {
        if (!sum.hasColumns()) {
            throw new InputException(at(sum.place()) + ": a comparison without a column; expected one of "
                    + String.join(
                            ", ", cells.columns().stream().map(Column::name).toList()));
        }
        int only = sum.only();
        if (only >= 0) {
            double weight = sum.weights()[only];
            single(only, weight < 0 ? mirrored(sign) : sign, (0 - sum.constant()) / weight + 0.0, sum.place());
            return;
        }
        // 0 - 0 is 0, -0 is not.
        double at = 0 - sum.constant();
        double step = step(sum.weights());
        conditions.add(
                switch (sign) {
                    case "=", "==" -> new Condition.Linear(sum.weights(), at, at);
                    case "<" -> new Condition.Linear(sum.weights(), Double.NEGATIVE_INFINITY, below(at, step));
                    case "<=" -> new Condition.Linear(sum.weights(), Double.NEGATIVE_INFINITY, at);
                    case ">" -> new Condition.Linear(sum.weights(), above(at, step), Double.POSITIVE_INFINITY);
                    case ">=" -> new Condition.Linear(sum.weights(), at, Double.POSITIVE_INFINITY);
                    default -> throw unequal(sum.place());
                });
    }

    /** What a sum's values are multiples of, as those of whole numbers and days are; 0 if of nothing. */
    private double step(double[] weights) {
        double[] steps = IntStream.range(0, weights.length)
                .filter(i -> weights[i] != 0)
                .mapToDouble(i -> cells.columns().get(i).kind().smooth()
                        ? 0
                        : Math.abs(weights[i]) * cells.columns().get(i).step())
                .toArray();
        return Arrays.stream(steps).anyMatch(s -> s == 0)
                ? 0
                : Arrays.stream(steps).reduce(Where::common).orElse(0);
    }

    /** The greatest common divisor (Euclid). */
    private static double common(double a, double b) {
        double rest = Math.abs(Math.IEEEremainder(a, b));
        return rest <= WHOLE * a ? b : common(b, rest);
    }

    /** The largest multiple of a step that is less; without a step a bound itself has no probability. */
    private static double below(double value, double step) {
        return step > 0 ? (Math.ceil(value / step - WHOLE) - 1) * step : value;
    }

    private static double above(double value, double step) {
        return 0 - below(0 - value, step);
    }

    private InputException unequal(int place) {
        return new InputException(at(place) + ": != leaves out one number of many, which changes nothing; expected !="
                + " with a level, or a range");
    }

    private void single(int number, String sign, double sum, int place) {
        Column column = cells.columns().get(number);
        boolean one = sign.equals("=") || sign.equals("==");
        boolean angle = column.kind() == Column.Kind.ANGLE;
        double value = !angle ? sum : one ? turned(column, sum) : inTurn(column, sum, place);
        // Numbers of a smooth law that are written with decimals come from half a step around these.
        boolean smooth = column.kind().smooth();
        double half = smooth ? column.step() / 2 : 0;
        double below = below(value, column.step()) + half;
        double above = above(value, column.step()) - half;
        conditions.add(
                switch (sign) {
                    case "=", "==" -> new Condition.Equal(number, value);
                    case "<" -> new Condition.Within(number, Double.NEGATIVE_INFINITY, below);
                    case "<=" -> new Condition.Within(number, Double.NEGATIVE_INFINITY, smooth ? above : value);
                    case ">" -> new Condition.Within(number, above, Double.POSITIVE_INFINITY);
                    case ">=" -> new Condition.Within(number, smooth ? below : value, Double.POSITIVE_INFINITY);
                    default -> {
                        if (!column.kind().levelled()) {
                            throw unequal(place);
                        }
                        yield others(number, place, value);
                    }
                });
    }

    /** One angle within its column's period. */
    private static double turned(Column column, double value) {
        double turn = column.upper() - column.lower();
        double turns = Math.floor((value - column.lower()) / turn);
        return turns == 0 ? value : value - turns * turn;
    }

    /** The end of a range of angles: beyond the ends of the turn it is not known which way round is meant. */
    private double inTurn(Column column, double value, int place) {
        double first = column.lower() + column.step() / 2;
        double last = first + column.upper() - column.lower();
        if (!(value >= first && value <= last)) {
            throw new InputException(at(place) + ": column '" + column.name() + "' is an angle from " + Side.text(first)
                    + " to " + Side.text(last) + ", found " + Side.text(value) + "; " + ACROSS);
        }
        return value;
    }

    private static final String ACROSS =
            "a range across the ends of the turn is written with both, as in between 350 and 10 (angle_from in the target says where turns begin)";

    private Condition others(int number, int place, double... left) {
        Column column = cells.columns().get(number);
        double[] others = IntStream.range(0, column.levels().size())
                .asDoubleStream()
                .filter(v -> Arrays.stream(left).noneMatch(w -> v == w))
                .toArray();
        if (others.length == 0) {
            throw new InputException(at(place) + ": that leaves no level of column '" + column.name() + "'");
        }
        return new Condition.OneOf(number, others);
    }

    private void in(Side left, boolean without) {
        int column = requireColumn(left, "'in'");
        if (!peek().sign("(")) {
            throw wrong(peek(), "values in parentheses, as in (a, b)");
        }
        List<Double> values = new ArrayList<>();
        do {
            next++;
            Side value = side();
            if (value.text() == null && value.hasColumns()) {
                throw new InputException(at(value.place()) + ": found a column, expected a value");
            }
            double one = value.text() == null || plain(column, value)
                    ? value.constant()
                    : cells.value(at(value.place()), column, value.text());
            Column of = cells.columns().get(column);
            values.add(of.kind() == Column.Kind.ANGLE ? turned(of, one) : one);
        } while (peek().sign(","));
        if (!peek().sign(")")) {
            throw wrong(peek(), "',' or ')'");
        }
        next++;
        double[] sorted = values.stream()
                .mapToDouble(Double::doubleValue)
                .sorted()
                .distinct()
                .toArray();
        if (without && !cells.columns().get(column).kind().levelled()) {
            throw unequal(left.place());
        }
        conditions.add(without ? others(column, left.place(), sorted) : new Condition.OneOf(column, sorted));
    }

    private int requireColumn(Side side, String before) {
        if (side.text() != null && !side.quoted()) {
            cells.require(at(side.place()), side.text());
        }
        if (side.column() < 0) {
            throw new InputException(at(side.place()) + ": expected one column before " + before);
        }
        return side.column();
    }

    private void missing(Side left) {
        int column = requireColumn(left, "'is'");
        boolean not = peek().word("not");
        next += not ? 1 : 0;
        if (!peek().word("missing") && !peek().word("null")) {
            throw wrong(peek(), "'missing' or 'not missing'");
        }
        next++;
        conditions.add(
                not
                        ? new Condition.Within(column, Double.NEGATIVE_INFINITY, Double.POSITIVE_INFINITY)
                        : new Condition.Equal(column, Double.NaN));
    }
}
