package org.eigendrift.engine.law.table;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.eigendrift.api.Points;
import org.eigendrift.api.data.Column;

/**
 * Finds what holds exactly in all rows: groups of columns of zeros and ones of which one is 1, and columns that are sums of others
 * with plain factors. Sums are found by least squares on the columns before (whose residual is then nothing but rounding), factors
 * are rounded, and what is found is checked row by row.
 */
final class RuleFinder {
    /** Rows for each column that might be a term, so that no sum holds by chance. */
    private static final int ROWS_PER_COLUMN = 3;

    private static final int FEWEST = 30;
    /** Terms of a sum that a reader takes for a rule. */
    private static final int TERMS = 12;
    /** Part of a column's square that rounding leaves of it. */
    private static final double ROUNDING = 1e-15;

    /**
     * Parts of a column's square that are its own if they are larger: what rounding to few digits leaves is no direction of its own, in which other
     * columns would seem to lie; but a rate that is rounded to cents leaves as little where amounts are large, and sums have it as a term. Beyond the
     * second what is left is the arithmetic's.
     */
    private static final double[] OWN = {1e3 * ROUNDING, 1e-18};
    /** Factors are multiples of this. */
    private static final double PLAIN = 1e-4;

    private final List<Column> columns;
    private final Points rows;

    private RuleFinder(List<Column> columns, Points rows) {
        this.columns = columns;
        this.rows = rows;
    }

    /**
     * Finds rules.
     *
     * @param columns the columns
     * @param rows the table; not modified
     * @param declared rules whose columns are left alone
     * @return the rules, none of whose made columns is a term of another
     */
    static List<Rule> find(List<Column> columns, Points rows, List<Rule> declared) {
        if (rows.size() < FEWEST) {
            return List.of();
        }
        RuleFinder finder = new RuleFinder(columns, rows);
        boolean[] taken = new boolean[columns.size()];
        for (Rule rule : declared) {
            Arrays.stream(rule.made()).forEach(j -> taken[j] = true);
            if (rule instanceof Rule.Together together) {
                taken[together.columns()[0]] = true;
            }
            if (rule instanceof Rule.OneOf group) {
                Arrays.stream(group.columns()).forEach(j -> taken[j] = true);
            }
            if (rule instanceof Rule.AtMost order) {
                taken[order.upper()] = true;
            }
        }
        List<Rule> found = new ArrayList<>(finder.groups(taken));
        for (double own : OWN) {
            List<Rule> sums = finder.sums(taken, own, new boolean[columns.size()]);
            sums.forEach(sum -> Arrays.stream(sum.made()).forEach(j -> taken[j] = true));
            found.addAll(sums);
        }
        found.addAll(finder.sumsWithGaps(taken));
        return found;
    }

    /** Of columns with gaps in the same rows, sums that hold in all others: where a term has a gap, so has the sum. */
    private List<Rule> sumsWithGaps(boolean[] taken) {
        Map<BitSet, List<Integer>> together = new LinkedHashMap<>();
        for (int j = 0; j < columns.size(); j++) {
            BitSet gaps = columns.get(j).gaps() ? gaps(j) : new BitSet();
            if (!gaps.isEmpty()) {
                together.computeIfAbsent(gaps, key -> new ArrayList<>()).add(j);
            }
        }
        List<Rule> found = new ArrayList<>();
        together.forEach((gaps, group) -> {
            int[] present =
                    IntStream.range(0, rows.size()).filter(n -> !gaps.get(n)).toArray();
            if (group.size() > 1 && present.length >= FEWEST) {
                boolean[] gappy = new boolean[columns.size()];
                group.forEach(j -> gappy[j] = true);
                new RuleFinder(columns, rows.select(present))
                        .sums(taken, OWN[0], gappy).stream()
                                .map(Rule.Sum.class::cast)
                                .filter(sum -> gappy[sum.column()]
                                        && IntStream.of(sum.of()).anyMatch(i -> gappy[i]))
                                .forEach(found::add);
            }
        });
        return found;
    }

    private BitSet gaps(int j) {
        BitSet gaps = new BitSet();
        for (int n = 0; n < rows.size(); n++) {
            gaps.set(n, Double.isNaN(rows.get(j, n)));
        }
        return gaps;
    }

    private boolean binary(int j) {
        for (int n = 0; n < rows.size(); n++) {
            double value = rows.get(j, n);
            if (value != 0 && value != 1) {
                return false;
            }
        }
        return !columns.get(j).gaps();
    }

    /** Runs of neighbouring columns of zeros and ones in which every row has one 1. */
    private List<Rule> groups(boolean[] taken) {
        List<Rule> groups = new ArrayList<>();
        int from = 0;
        while (from < columns.size()) {
            int to = taken[from] || !binary(from) ? from : end(from, taken);
            if (to - from > 2) {
                int[] group = IntStream.range(from, to).toArray();
                Arrays.stream(group).forEach(j -> taken[j] = true);
                groups.add(new Rule.OneOf(group));
            }
            from = Math.max(from + 1, to);
        }
        return groups;
    }

    /** The end of the shortest run from a column in which every row has exactly one 1; the start if there is none. */
    private int end(int from, boolean[] taken) {
        int[] ones = new int[rows.size()];
        for (int j = from; j < columns.size() && !taken[j] && binary(j); j++) {
            int least = Integer.MAX_VALUE;
            boolean occurs = false;
            for (int n = 0; n < ones.length; n++) {
                ones[n] += rows.get(j, n) == 1 ? 1 : 0;
                occurs |= rows.get(j, n) == 1;
                least = Math.min(least, ones[n]);
                if (ones[n] > 1) {
                    return from;
                }
            }
            if (!occurs) {
                return from;
            }
            if (least == 1) {
                return j + 1;
            }
        }
        return from;
    }

    /** Columns that are sums of those before them, by an orthogonal basis of the latter (modified Gram-Schmidt, twice). */
    private List<Rule> sums(boolean[] taken, double ownPart, boolean[] gappy) {
        List<Rule> sums = new ArrayList<>();
        List<Integer> free = new ArrayList<>();
        List<double[]> basis = new ArrayList<>();
        List<double[]> inColumns = new ArrayList<>();
        for (int j = 0; j < columns.size(); j++) {
            if (taken[j] || !summable(j) || columns.get(j).gaps() && !gappy[j]) {
                continue;
            }
            double[] centred = centred(j);
            double size = square(centred);
            if (size == 0) {
                continue;
            }
            double[] factors = new double[columns.size()];
            for (int twice = 0; twice < 2; twice++) {
                for (int b = 0; b < basis.size(); b++) {
                    double part = dot(centred, basis.get(b));
                    double[] known = inColumns.get(b);
                    double[] direction = basis.get(b);
                    Arrays.setAll(centred, n -> centred[n] - part * direction[n]);
                    Arrays.setAll(factors, i -> factors[i] + part * known[i]);
                }
            }
            double left = square(centred);
            boolean many = rows.size() >= ROWS_PER_COLUMN * (free.size() + 1) + FEWEST / 2;
            if (many && left < 1e6 * ROUNDING * size) {
                Rule.Sum sum = plain(j, free, factors);
                if (sum != null) {
                    sums.add(sum);
                    continue;
                }
            }
            if (left > ownPart * size) {
                double norm = Math.sqrt(left);
                double[] own = new double[columns.size()];
                Arrays.setAll(own, i -> -factors[i] / norm);
                own[j] = 1 / norm;
                Arrays.setAll(centred, n -> centred[n] / norm);
                basis.add(centred);
                inColumns.add(own);
                free.add(j);
            }
        }
        return sums;
    }

    private boolean summable(int j) {
        Column column = columns.get(j);
        return column.kind() != Column.Kind.ORDERED
                && column.kind() != Column.Kind.CATEGORY
                && column.kind() != Column.Kind.ANGLE;
    }

    private double[] centred(int j) {
        double[] values = rows.column(j);
        double mean = Arrays.stream(values).average().orElse(0);
        return Arrays.stream(values).map(v -> v - mean).toArray();
    }

    private static double square(double[] x) {
        return dot(x, x);
    }

    private static double dot(double[] x, double[] y) {
        double sum = 0;
        for (int n = 0; n < x.length; n++) {
            sum += x[n] * y[n];
        }
        return sum;
    }

    /** The sum with plain factors, or null if there is none that holds in all rows. */
    private Rule.Sum plain(int j, List<Integer> free, double[] factors) {
        int[] of = free.stream()
                .mapToInt(Integer::intValue)
                .filter(i -> plain(factors[i]) != 0)
                .toArray();
        if (of.length == 0 || of.length > TERMS) {
            return null;
        }
        double[] plain = Arrays.stream(of).mapToDouble(i -> plain(factors[i])).toArray();
        double[] first = rows.row(0);
        double constant = first[j] - new Rule.Sum(j, of, plain, 0).value(first);
        double size = Math.max(Math.abs(first[j]), 1);
        Rule.Sum sum = new Rule.Sum(j, of, plain, plain(constant, 1e-9 * size));
        Rules rules = new Rules(columns, List.of(sum));
        for (int n = 0; n < rows.size(); n++) {
            if (!rules.keeps(sum, rows.row(n))) {
                return null;
            }
        }
        return sum;
    }

    private static double plain(double value) {
        return plain(value, PLAIN);
    }

    /** The nearest multiple of a step that is a power of ten, without the error of multiplying by it. */
    private static double plain(double value, double step) {
        double digits = Math.rint(-Math.log10(step));
        double scale = Math.pow(10, Math.max(0, digits));
        double rounded = Math.rint(value * scale) / scale;
        return rounded == 0 ? 0 : rounded;
    }
}
