package org.eigendrift.engine.law.given;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.eigendrift.api.InputException;
import org.eigendrift.api.NumericalException;
import org.eigendrift.api.plugin.Nearest;
import org.eigendrift.engine.kernel.LowerTriangle;

/**
 * Reads densities of columns, {@code NAMES ~ KIND(...)} each: {@code t1, t2 ~ uniform(-1, 1)}, {@code t3 ~ normal(0, 0.5)},
 * {@code t4 ~ lognormal(-0.9, 0.5)}. A number holds for all of its columns, {@code [1, 2]} has one for each, and
 * {@code normal([0, 0], [[1, 0.5], [0.5, 1]])} has a covariance.
 */
final class PriorText {
    private static final Pattern FORM = Pattern.compile("\\s*(.+?)\\s*~\\s*(\\S+?)\\s*\\((.*)\\)\\s*");
    private static final Pattern NAME = Pattern.compile("\\s*(?:\"([^\"]*)\"|([^,\"]+?))\\s*(?:,|$)");
    private static final Pattern LISTS = Pattern.compile("\\[[^\\[\\]]*\\]");
    private static final String UNIFORM = "uniform";
    private static final String NORMAL = "normal";
    private static final String LOG_NORMAL = "lognormal";

    private static final Map<String, String> KINDS = Map.of(
            UNIFORM, "uniform(LOWER, UPPER)",
            NORMAL, "normal(MEAN, DEVIATION) or normal([MEANS], [[COVARIANCE]])",
            LOG_NORMAL, "lognormal(MEAN, DEVIATION), of the logarithm");

    private final String option;
    private final List<String> open;
    private final List<String> given;
    private final double[] lower;
    private final double[] upper;
    private final boolean[] logarithmic;
    private final double[] mean;
    private final double[] precision;
    private final boolean[] told;
    private double logConstant;

    private PriorText(String option, List<String> open, List<String> given) {
        int dim = open.size();
        this.option = option;
        this.open = open;
        this.given = given;
        this.lower = new double[dim];
        this.upper = new double[dim];
        this.logarithmic = new boolean[dim];
        this.mean = new double[dim];
        this.precision = new double[dim * dim];
        this.told = new boolean[dim];
        Arrays.fill(lower, Double.NEGATIVE_INFINITY);
        Arrays.fill(upper, Double.POSITIVE_INFINITY);
    }

    /**
     * Reads a density of all modelled columns.
     *
     * @param option where it stands, for mistakes
     * @param texts what stands there
     * @param open names of the modelled columns
     * @param given names of the given ones
     * @return the density
     * @throws InputException if anything is wrong with them; all of it in one line
     */
    static Prior read(String option, List<String> texts, List<String> open, List<String> given) {
        PriorText reader = new PriorText(option, open, given);
        List<String> wrong = new ArrayList<>();
        List<String> mistakes = new ArrayList<>();
        for (String text : texts) {
            try {
                reader.part(text);
            } catch (InputException e) {
                wrong.add(text);
                mistakes.add(
                        e.getMessage().substring(reader.mistake("").getMessage().length()));
            }
        }
        for (int i = 0; i < open.size(); i++) {
            String name = open.get(i);
            if (!reader.told[i] && wrong.stream().noneMatch(text -> text.contains(name))) {
                mistakes.add("says nothing of '" + name + "', expected a density of each modelled column; add '" + name
                        + " ~ uniform(LOWER, UPPER)', or normal or lognormal");
            }
        }
        if (!mistakes.isEmpty()) {
            throw reader.mistake(String.join("; ", mistakes));
        }
        return new Prior(
                reader.lower,
                reader.upper,
                Coordinates.logarithms(reader.logarithmic),
                reader.mean,
                reader.precision,
                reader.logConstant);
    }

    private InputException mistake(String text) {
        return InputException.at(option, text);
    }

    private void part(String text) {
        Matcher form = FORM.matcher(text);
        if (!form.matches()) {
            throw mistake(
                    "found '" + text + "', expected COLUMN ~ KIND(...), such as 'theta ~ uniform(-1, 1)', in quotes "
                            + "where a list stands in one line");
        }
        int[] columns = columns(text, form.group(1));
        List<String> arguments = arguments(form.group(3));
        String kind = form.group(2);
        if (!KINDS.containsKey(kind)) {
            throw mistake("'" + text + "': no kind of density '" + kind + "'"
                    + Nearest.hint(kind, KINDS.keySet().stream().sorted().toList()));
        }
        if (arguments.size() != 2) {
            throw mistake("'" + text + "': " + arguments.size() + " arguments, expected " + KINDS.get(kind));
        }
        if (kind.equals(UNIFORM)) {
            uniform(text, columns, arguments);
        } else {
            normal(text, columns, arguments);
            for (int i : columns) {
                logarithmic[i] = kind.equals(LOG_NORMAL);
            }
        }
    }

    private int[] columns(String text, String names) {
        List<Integer> columns = new ArrayList<>();
        Matcher name = NAME.matcher(names);
        int at = 0;
        while (at < names.length() && name.find() && name.start() == at) {
            columns.add(column(text, name.group(1) == null ? name.group(2) : name.group(1)));
            at = name.end();
        }
        if (at < names.length() || columns.isEmpty()) {
            throw mistake("found '" + text + "', expected names of columns before '~', with commas between them");
        }
        return columns.stream().mapToInt(i -> i).toArray();
    }

    private int column(String text, String name) {
        int at = open.indexOf(name);
        if (at < 0) {
            throw mistake(
                    given.contains(name)
                            ? "'" + text + "': '" + name + "' is given; expected modelled columns, "
                                    + String.join(", ", open)
                            : "'" + text + "': no column '" + name + "'" + Nearest.hint(name, open));
        }
        if (told[at]) {
            throw mistake("says two densities of '" + name + "'; leave out one");
        }
        told[at] = true;
        return at;
    }

    /** What stands between commas outside brackets. */
    private static List<String> arguments(String text) {
        List<String> out = new ArrayList<>();
        int depth = 0;
        int from = 0;
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            depth += c == '[' ? 1 : c == ']' ? -1 : 0;
            if (c == ',' && depth == 0) {
                out.add(text.substring(from, i).trim());
                from = i + 1;
            }
        }
        out.add(text.substring(from).trim());
        return out;
    }

    private void uniform(String text, int[] columns, List<String> arguments) {
        double[] low = numbers(text, arguments.get(0), columns.length);
        double[] high = numbers(text, arguments.get(1), columns.length);
        for (int i = 0; i < columns.length; i++) {
            if (!(low[i] < high[i])) {
                throw mistake("'" + text + "': from " + low[i] + " to " + high[i] + ", expected the lower bound first");
            }
            lower[columns[i]] = low[i];
            upper[columns[i]] = high[i];
            logConstant -= Math.log(high[i] - low[i]);
        }
    }

    private void normal(String text, int[] columns, List<String> arguments) {
        int dim = columns.length;
        double[] means = numbers(text, arguments.get(0), dim);
        double[] covariance =
                arguments.get(1).startsWith("[[") ? matrix(text, arguments.get(1), dim) : new double[dim * dim];
        if (!arguments.get(1).startsWith("[[")) {
            double[] deviations = numbers(text, arguments.get(1), dim);
            for (int i = 0; i < dim; i++) {
                if (!(deviations[i] > 0)) {
                    throw mistake("'" + text + "': a deviation of " + deviations[i] + ", expected one above 0");
                }
                covariance[i * dim + i] = deviations[i] * deviations[i];
            }
        }
        double[] factor = covariance.clone();
        try {
            LowerTriangle.factor(factor, dim);
        } catch (NumericalException e) {
            throw mistake("'" + text + "': the covariance is not positive definite, and of no density");
        }
        double[] inverse = LowerTriangle.inverseOfSymmetric(covariance, dim);
        for (int i = 0; i < dim; i++) {
            mean[columns[i]] = means[i];
            logConstant -= Math.log(factor[i * dim + i]) + 0.5 * Math.log(2 * Math.PI);
            for (int j = 0; j < dim; j++) {
                precision[columns[i] * open.size() + columns[j]] = inverse[i * dim + j];
            }
        }
    }

    private double[] matrix(String text, String argument, int dim) {
        Matcher rows = LISTS.matcher(argument);
        double[] out = new double[dim * dim];
        int at = 0;
        while (rows.find()) {
            if (at < dim) {
                System.arraycopy(numbers(text, rows.group(), dim), 0, out, at * dim, dim);
            }
            at++;
        }
        if (at != dim) {
            throw mistake("'" + text + "': a covariance of " + at + " rows, expected " + dim + ", as many as columns");
        }
        for (int i = 0; i < dim; i++) {
            for (int j = 0; j < i; j++) {
                if (Math.abs(out[i * dim + j] - out[j * dim + i]) > 1e-9 * Math.abs(out[i * dim + i])) {
                    throw mistake("'" + text + "': the covariance is not symmetric: " + out[i * dim + j] + " and "
                            + out[j * dim + i]);
                }
            }
        }
        return out;
    }

    /** One number for all, or a list with one for each. */
    private double[] numbers(String text, String argument, int count) {
        boolean list = argument.startsWith("[") && argument.endsWith("]");
        String[] parts = list ? argument.substring(1, argument.length() - 1).split(",") : new String[] {argument};
        if (list && parts.length != count) {
            throw mistake("'" + text + "': " + parts.length + " numbers in '" + argument + "', expected " + count
                    + ", as many as columns");
        }
        double[] out = new double[count];
        for (int i = 0; i < count; i++) {
            out[i] = number(text, parts[list ? i : 0].trim());
        }
        return out;
    }

    private double number(String text, String number) {
        try {
            double value = Double.parseDouble(number);
            if (Double.isFinite(value)) {
                return value;
            }
        } catch (NumberFormatException e) {
            throw mistake("'" + text + "': found '" + number + "', expected a number");
        }
        throw mistake("'" + text + "': found '" + number + "', expected a finite number");
    }
}
