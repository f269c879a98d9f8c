package org.eigendrift.engine.law.given;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.eigendrift.api.data.Column;
import org.eigendrift.api.law.LawReader;
import org.eigendrift.api.law.LawWriter;
import org.eigendrift.engine.likelihood.Stored;

/**
 * Mixtures of regressions, mixed, in the columns' own coordinates, between the columns' bounds.
 *
 * @param open columns that are modelled, ascending; shared
 * @param given columns that are given, ascending; shared
 * @param coordinates of the modelled columns
 * @param modelled units of these
 * @param known coordinates and units of the given columns
 * @param walls bounds of the modelled columns, in their coordinates
 * @param weights of the mixtures, of sum 1; shared
 * @param mixtures at least one
 */
record Regressions(
        int[] open,
        int[] given,
        Coordinates coordinates,
        Scaling modelled,
        Known known,
        Walls walls,
        double[] weights,
        List<Mixture> mixtures) {
    private static final String KNOWN = "known";
    private static final String PRIOR_MEAN = "prior.mean";
    private static final String PRIOR_PRECISION = "prior.precision";

    /**
     * The law of the coordinates of the modelled columns: each mixture weighs what it does between the walls, so that all of it weighs 1
     * there. Nothing is left where none has a share between them.
     */
    Gaussians at(double[] b) {
        double[] scaled = known.to(b);
        int size = mixtures.stream().mapToInt(Mixture::size).sum();
        double[] logs = new double[size];
        double[][] means = new double[size][];
        double[][] factors = new double[size][];
        double lost = 0;
        int at = 0;
        for (int e = 0; e < weights.length; e++) {
            Gaussians here = own(mixtures.get(e).at(scaled));
            double share = walls.logShare(here);
            boolean none = share == Double.NEGATIVE_INFINITY;
            lost += none ? weights[e] : 0;
            for (int k = 0; k < here.size(); k++, at++) {
                logs[at] = none ? Double.NEGATIVE_INFINITY : Math.log(weights[e]) + here.logWeights()[k] - share;
                means[at] = here.means()[k];
                factors[at] = here.factors()[k];
            }
        }
        double left = lost == 0 ? 0 : Math.log(1 - lost);
        return new Gaussians(Arrays.stream(logs).map(log -> log - left).toArray(), means, factors);
    }

    /** Whether units, walls and weights are the same. */
    boolean isLike(Regressions other) {
        return Arrays.equals(modelled.center(), other.modelled.center())
                && Arrays.equals(modelled.scale(), other.modelled.scale())
                && coordinates.equals(other.coordinates)
                && known.coordinates().equals(other.known.coordinates())
                && Arrays.equals(known.units().center(), other.known.units().center())
                && Arrays.equals(known.units().scale(), other.known.units().scale())
                && Arrays.equals(walls.lower(), other.walls.lower())
                && Arrays.equals(walls.upper(), other.walls.upper())
                && Arrays.equals(weights, other.weights);
    }

    /** Other mixtures in the same place. */
    Regressions with(List<Mixture> others) {
        return new Regressions(open, given, coordinates, modelled, known, walls, weights, others);
    }

    /** In the columns' own coordinates. */
    private Gaussians own(Gaussians scaled) {
        int size = scaled.size();
        double[][] means = new double[size][];
        double[][] factors = new double[size][];
        for (int k = 0; k < size; k++) {
            means[k] = scaled.means()[k].clone();
            factors[k] = scaled.factors()[k].clone();
            for (int i = 0; i < open.length; i++) {
                means[k][i] = modelled.from(i, means[k][i]);
                for (int j = 0; j <= i; j++) {
                    factors[k][i * open.length + j] *= modelled.scale()[i];
                }
            }
        }
        return new Gaussians(scaled.logWeights(), means, factors);
    }

    double logDensity(double[] row) {
        double[] u = coordinates.to(Gaussians.pick(row, open));
        double log = logDensity(u, Gaussians.pick(row, given));
        return log == Double.NEGATIVE_INFINITY ? log : log + coordinates.logJacobian(u);
    }

    /** Of the coordinates of the modelled columns and the given ones. */
    double logDensity(double[] u, double[] b) {
        return walls.hold(u) ? at(b).logDensity(u) : Double.NEGATIVE_INFINITY;
    }

    void write(LawWriter out) {
        out.ints("given", given);
        modelled.write(out, "modelled");
        known.write(out, KNOWN);
        out.doubles("weights", weights);
        coordinates.write(out, "logarithmic", "bent");
        out.doubles("walls.lower", walls.lower());
        out.doubles("walls.upper", walls.upper());
        for (int e = 0; e < weights.length; e++) {
            String name = name(e);
            if (mixtures.get(e) instanceof Posterior posterior) {
                out.doubles(name + PRIOR_MEAN, posterior.prior().mean());
                out.doubles(name + PRIOR_PRECISION, posterior.prior().precision());
                write(out, name, posterior.likelihood());
            } else {
                write(out, name, (Experts) mixtures.get(e));
            }
        }
    }

    /** What names of arrays of a mixture begin with. */
    static String name(int mixture) {
        return "mixture" + mixture + ".";
    }

    static void write(LawWriter out, String name, Experts one) {
        out.doubles(name + "weights", one.logWeights());
        one.places().ifPresent(places -> {
            out.doubles(name + "places", flat(places.means()));
            out.doubles(name + "spreads", flat(places.factors()));
        });
        out.doubles(name + "maps", flat(one.maps()));
        out.doubles(name + "factors", flat(one.factors()));
    }

    static double[] flat(double[][] arrays) {
        return Arrays.stream(arrays).flatMapToDouble(Arrays::stream).toArray();
    }

    /** What {@link #write} wrote. */
    static Regressions read(LawReader in) {
        List<Column> columns = in.columns();
        int[] given = in.ints("given");
        boolean ascending = IntStream.range(0, given.length)
                .allMatch(i -> given[i] >= 0 && given[i] < columns.size() && (i == 0 || given[i] > given[i - 1]));
        if (given.length == 0 || given.length >= columns.size() || !ascending) {
            throw Stored.damaged(
                    "given",
                    "names the columns " + Arrays.toString(given) + "; expected some of 0 to " + (columns.size() - 1)
                            + ", ascending");
        }
        int[] open = others(given, columns.size());
        Scaling modelled = Scaling.read(in, "modelled", open.length);
        Known known = Known.read(in, KNOWN, given.length);
        double[] weights = in.doubles("weights");
        Stored.requireFinite("weights", weights);
        double sum = Arrays.stream(weights).sum();
        if (!(Math.abs(sum - 1) < 1e-6) || Arrays.stream(weights).anyMatch(w -> w <= 0)) {
            throw Stored.damaged("weights", "are not above 0 and of sum 1");
        }
        Coordinates coordinates = Coordinates.read(in, "logarithmic", "bent", open.length);
        List<Mixture> mixtures = new ArrayList<>();
        for (int e = 0; e < weights.length; e++) {
            mixtures.add(mixture(in, name(e), open.length, given.length));
        }
        return new Regressions(
                open, given, coordinates, modelled, known, walls(in, open, coordinates), weights, mixtures);
    }

    /** Files of former versions have those of the columns. */
    private static Walls walls(LawReader in, int[] open, Coordinates coordinates) {
        if (!in.has("walls.lower")) {
            return Walls.of(in.columns()).of(open).in(coordinates);
        }
        double[] lower = in.doubles("walls.lower");
        double[] upper = in.doubles("walls.upper");
        boolean apart = lower.length == open.length
                && upper.length == open.length
                && IntStream.range(0, open.length).allMatch(i -> lower[i] < upper[i]);
        if (!apart) {
            throw Stored.damaged("walls.lower", "is not below 'walls.upper' in each of " + open.length + " columns");
        }
        return new Walls(lower, upper);
    }

    private static Mixture mixture(LawReader in, String name, int dim, int known) {
        if (!in.has(name + PRIOR_MEAN)) {
            return experts(in, name, dim, known);
        }
        double[] lower = new double[dim];
        double[] upper = new double[dim];
        Arrays.fill(lower, Double.NEGATIVE_INFINITY);
        Arrays.fill(upper, Double.POSITIVE_INFINITY);
        Prior prior = new Prior(
                lower,
                upper,
                Coordinates.plain(dim),
                Stored.numbers(in, name + PRIOR_MEAN, dim),
                Stored.numbers(in, name + PRIOR_PRECISION, dim * dim),
                0);
        return Posterior.of(experts(in, name, known, dim), prior)
                .orElseThrow(() -> Stored.damaged(name + PRIOR_PRECISION, "leaves a column open"));
    }

    static int[] others(int[] given, int columns) {
        return IntStream.range(0, columns)
                .filter(i -> Arrays.binarySearch(given, i) < 0)
                .toArray();
    }

    static Experts experts(LawReader in, String name, int dim, int known) {
        double[] weights = in.doubles(name + "weights");
        Stored.requireFinite(name + "weights", weights);
        if (weights.length == 0) {
            throw Stored.damaged(name + "weights", "is empty");
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
                throw Stored.damaged(name, "has a deviation that is not above 0");
            }
        }
        return factors;
    }

    private static double[][] rows(LawReader in, String name, int count, int width) {
        double[] flat = Stored.numbers(in, name, Math.multiplyExact(count, width));
        double[][] rows = new double[count][];
        Arrays.setAll(rows, k -> Arrays.copyOfRange(flat, k * width, (k + 1) * width));
        return rows;
    }
}
