package org.eigendrift.engine.law.given;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.eigendrift.api.InputException;
import org.eigendrift.api.data.Column;
import org.eigendrift.api.law.LawReader;
import org.eigendrift.api.law.LawWriter;

/**
 * Mixtures of regressions, mixed, in the columns' own units, between the columns' bounds.
 *
 * @param open columns that are modelled, ascending; shared
 * @param given columns that are given, ascending; shared
 * @param modelled units of the modelled columns
 * @param known units of the given columns
 * @param walls bounds of the modelled columns
 * @param weights of the mixtures, of sum 1; shared
 * @param experts the mixtures, at least one
 */
record Regressions(
        int[] open,
        int[] given,
        Scaling modelled,
        Scaling known,
        Walls walls,
        double[] weights,
        List<Experts> experts) {

    /** The law of the modelled columns, walls apart. */
    Gaussians at(double[] b) {
        double[] scaled = known.to(b);
        int size = experts.stream().mapToInt(Experts::size).sum();
        double[] logs = new double[size];
        double[][] means = new double[size][];
        double[][] factors = new double[size][];
        int at = 0;
        for (int e = 0; e < weights.length; e++) {
            Gaussians here = experts.get(e).at(scaled);
            for (int k = 0; k < here.size(); k++, at++) {
                logs[at] = Math.log(weights[e]) + here.logWeights()[k];
                means[at] = here.means()[k];
                factors[at] = here.factors()[k].clone();
                for (int i = 0; i < open.length; i++) {
                    means[at][i] = modelled.from(i, means[at][i]);
                    for (int j = 0; j <= i; j++) {
                        factors[at][i * open.length + j] *= modelled.scale()[i];
                    }
                }
            }
        }
        return new Gaussians(logs, means, factors);
    }

    double logDensity(double[] row) {
        return logDensity(Gaussians.pick(row, open), Gaussians.pick(row, given));
    }

    /** Of the modelled columns and the given ones. */
    double logDensity(double[] a, double[] b) {
        if (!walls.hold(a)) {
            return Double.NEGATIVE_INFINITY;
        }
        Gaussians law = at(b);
        double share = walls.logShare(law);
        return share == Double.NEGATIVE_INFINITY ? share : law.logDensity(a) - share;
    }

    void write(LawWriter out) {
        out.ints("given", given);
        out.doubles("modelled.center", modelled.center());
        out.doubles("modelled.scale", modelled.scale());
        out.doubles("known.center", known.center());
        out.doubles("known.scale", known.scale());
        out.doubles("weights", weights);
        for (int e = 0; e < weights.length; e++) {
            Experts one = experts.get(e);
            String name = "mixture" + e + ".";
            out.doubles(name + "weights", one.logWeights());
            one.places().ifPresent(places -> {
                out.doubles(name + "places", flat(places.means()));
                out.doubles(name + "spreads", flat(places.factors()));
            });
            out.doubles(name + "maps", flat(one.maps()));
            out.doubles(name + "factors", flat(one.factors()));
        }
    }

    private static double[] flat(double[][] arrays) {
        return Arrays.stream(arrays).flatMapToDouble(Arrays::stream).toArray();
    }

    /** What {@link #write} wrote. */
    static Regressions read(LawReader in) {
        List<Column> columns = in.columns();
        int[] given = in.ints("given");
        boolean ascending = IntStream.range(0, given.length)
                .allMatch(i -> given[i] >= 0 && given[i] < columns.size() && (i == 0 || given[i] > given[i - 1]));
        if (given.length == 0 || given.length >= columns.size() || !ascending) {
            throw damaged("given", "names the columns " + Arrays.toString(given) + " of " + columns.size());
        }
        int[] open = others(given, columns.size());
        Scaling modelled = scaling(in, "modelled", open.length);
        Scaling known = scaling(in, "known", given.length);
        double[] weights = in.doubles("weights");
        requireFinite("weights", weights);
        double sum = Arrays.stream(weights).sum();
        if (!(Math.abs(sum - 1) < 1e-6) || Arrays.stream(weights).anyMatch(w -> w <= 0)) {
            throw damaged("weights", "are not above 0 and of sum 1");
        }
        List<Experts> experts = new ArrayList<>();
        for (int e = 0; e < weights.length; e++) {
            experts.add(experts(in, "mixture" + e + ".", open.length, given.length));
        }
        Walls walls = Walls.of(columns).of(open);
        return new Regressions(open, given, modelled, known, walls, weights, experts);
    }

    static int[] others(int[] given, int columns) {
        return IntStream.range(0, columns)
                .filter(i -> Arrays.binarySearch(given, i) < 0)
                .toArray();
    }

    private static Scaling scaling(LawReader in, String name, int columns) {
        double[] center = numbers(in, name + ".center", columns);
        double[] scale = numbers(in, name + ".scale", columns);
        if (Arrays.stream(scale).anyMatch(s -> s <= 0)) {
            throw damaged(name + ".scale", "has a number that is not above 0");
        }
        return new Scaling(center, scale);
    }

    private static Experts experts(LawReader in, String name, int dim, int known) {
        double[] weights = in.doubles(name + "weights");
        requireFinite(name + "weights", weights);
        if (weights.length == 0) {
            throw damaged(name + "weights", "is empty");
        }
        double[][] maps = rows(in, name + "maps", weights.length, dim * (known + 1));
        double[][] factors = factors(in, name + "factors", weights.length, dim);
        Optional<Normals> places = in.has(name + "places")
                ? Optional.of(new Normals(
                        rows(in, name + "places", weights.length, known),
                        factors(in, name + "spreads", weights.length, known)))
                : Optional.empty();
        return new Experts(weights, places, maps, factors);
    }

    private static double[][] factors(LawReader in, String name, int count, int dim) {
        double[][] factors = rows(in, name, count, dim * dim);
        for (double[] factor : factors) {
            if (IntStream.range(0, dim).anyMatch(i -> factor[i * dim + i] <= 0)) {
                throw damaged(name, "has a deviation that is not above 0");
            }
        }
        return factors;
    }

    private static double[][] rows(LawReader in, String name, int count, int width) {
        double[] flat = numbers(in, name, Math.multiplyExact(count, width));
        double[][] rows = new double[count][];
        Arrays.setAll(rows, k -> Arrays.copyOfRange(flat, k * width, (k + 1) * width));
        return rows;
    }

    static double[] numbers(LawReader in, String name, int count) {
        double[] numbers = in.doubles(name);
        if (numbers.length != count) {
            throw damaged(name, "has " + numbers.length + " numbers, expected " + count);
        }
        requireFinite(name, numbers);
        return numbers;
    }

    static void requireFinite(String name, double[] numbers) {
        if (!Arrays.stream(numbers).allMatch(Double::isFinite)) {
            throw damaged(name, "has a number that is not finite");
        }
    }

    static InputException damaged(String name, String what) {
        return new InputException("the law of columns given others in the model file: '" + name + "' " + what
                + "; the file is damaged: fit again");
    }
}
