package org.eigendrift.engine.law.table;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.eigendrift.api.CounterRandom;
import org.eigendrift.api.InputException;
import org.eigendrift.api.Points;
import org.eigendrift.api.Purpose;
import org.eigendrift.api.RunContext;
import org.eigendrift.api.data.Column;
import org.eigendrift.api.law.Certainty;
import org.eigendrift.api.law.DrawRequest;
import org.eigendrift.api.law.Draws;
import org.eigendrift.api.law.Evidence;
import org.eigendrift.api.law.Evidence.Condition;
import org.eigendrift.api.sampler.Outcome;
import org.eigendrift.engine.conditional.GivenLaw;
import org.eigendrift.engine.kernel.LogSum;

/**
 * A table's law given sums of columns of which several are open. Rows are drawn given the other conditions; of each sum one column
 * is set to what the other terms leave. Of many rows those count in which that column was near this value already, and each is weighed
 * by the exact density of the value given the rest of the row and that it is so near: importance sampling of the law on the sums,
 * whose weights stay bounded where the law has narrow peaks. Immutable, thread-safe.
 */
final class GivenSums extends GivenLaw {
    /** Rows that are weighed where many rows are asked about, and for one question. */
    private static final int DRAWS = 256;

    private static final int DRAWS_OF_ONE = 2048;

    /** Rows that are drawn for each that is weighed, and where other conditions are known and rows come of particles. */
    private static final int NEAREST_OF = 64;

    private static final int NEAREST_OF_PARTICLES = 16;

    /** In deviations: of rows that are farther, those that come near may be of another kind than those that would meet the sum. */
    private static final double NEAR = 0.25;

    /** What scaling a distance and back may add to it. */
    private static final double SCALED = 1e-9;

    /** Densities of kernels. */
    private static final double WORK = 1e7;

    private final Points pool;
    private final double[] cumulated;

    private GivenSums(
            TableLaw joint, Evidence evidence, Points pool, double[] logs, Certainty certainty, double volume) {
        super(joint, evidence, certainty, volume);
        this.pool = pool;
        double largest = Arrays.stream(logs).max().orElseThrow();
        this.cumulated = Arrays.stream(logs).map(log -> Math.exp(log - largest)).toArray();
        Arrays.parallelPrefix(cumulated, Double::sum);
    }

    /**
     * The law given evidence.
     *
     * @param law the law
     * @param evidence all conditions
     * @param linear the same sorted, with at least one exact relation
     * @param effective about how many draws the answer should rest on
     * @param run seed, threads
     * @throws InputException if none of the draws can meet the sums, or a sum is of columns with repeated values only
     */
    static GivenSums of(TableLaw law, Evidence evidence, LinearEvidence linear, int effective, RunContext run) {
        List<Condition> single = new ArrayList<>(linear.single());
        boolean free = single.isEmpty();
        if (free) {
            int term = IntStream.range(0, law.columns().size())
                    .filter(k -> linear.exact().get(0).weights()[k] != 0)
                    .findFirst()
                    .orElseThrow();
            single.add(new Condition.Within(term, Double.NEGATIVE_INFINITY, Double.POSITIVE_INFINITY));
        }
        Evidence before = new Evidence(single);
        GivenTable start = law.single(before, effective, run);
        int size = effective <= DRAWS ? DRAWS : draws(law);
        RunContext own = run.withSeed(run.random(Purpose.CONDITION_PARTICLES).bits(0, 0));
        Points rows = start.draw(DrawRequest.of(size), own).rows();
        int[] columns = linear.reduce(spreads(rows));
        for (int s = 0; s < columns.length; s++) {
            refuseRepeated(
                    law.columns().get(columns[s]), linear.text(linear.exact().get(s)));
        }
        Pool all = new Pool(rows, null, size, size, start.certainty());
        Pool pool = IntStream.of(columns).allMatch(k -> unbroken(law.columns().get(k)))
                ? nearest(law, linear, columns, free ? null : before, Math.max(effective, DRAWS + 1), all, own)
                : all;
        double[] logs = new double[pool.rows().size()];
        for (int s = 0; s < columns.length; s++) {
            double reach = pool.reach() == null ? Double.POSITIVE_INFINITY : pool.reach()[s];
            weigh(law, pool.rows(), logs, linear.exact().get(s), columns[s], reach, before, run);
        }
        Certainty certainty = certainty(pool, logs, linear);
        return new GivenSums(law, evidence, pool.rows(), logs, certainty, linear.logVolume());
    }

    /**
     * Rows to weigh.
     *
     * @param reach how far the column of each sum was from what it is set to, at most; null if any distance will do
     * @param near how many rows were as near
     * @param drawn of so many
     * @param before what the draws rest on
     */
    private record Pool(Points rows, double[] reach, int near, int drawn, Certainty before) {}

    private static boolean unbroken(Column column) {
        return LinearEvidence.step(column) == 0 && column.atoms().isEmpty();
    }

    /** Of many draws those nearest to the sums, if they are near enough; all rows if not. */
    private static Pool nearest(
            TableLaw law, LinearEvidence linear, int[] own, Evidence before, int effective, Pool all, RunContext run) {
        int size = all.rows().size();
        DrawRequest many = DrawRequest.of((before == null ? NEAREST_OF : NEAREST_OF_PARTICLES) * size);
        // Of few particles the rows would repeat each other, and the nearest be copies of one.
        GivenTable start = before == null ? null : law.single(before, effective, run);
        Points drawn = (start == null ? law.draw(many, run) : start.draw(many, run)).rows();
        Points offsets = offsets(law, drawn, linear, own);
        double[] scales = spreads(offsets);
        double[] distances = new double[drawn.size()];
        Arrays.setAll(
                distances,
                n -> IntStream.range(0, own.length)
                        .mapToDouble(s -> Math.abs(offsets.get(s, n)) / scales[s])
                        .map(d -> Double.isNaN(d) ? Double.POSITIVE_INFINITY : d)
                        .max()
                        .orElseThrow());
        double radius = Arrays.stream(distances).sorted().toArray()[size - 1];
        if (!(radius <= NEAR)) {
            return all;
        }
        int[] near = IntStream.range(0, distances.length)
                .filter(n -> distances[n] <= radius)
                .toArray();
        double[] reach =
                Arrays.stream(scales).map(s -> radius * s * (1 + SCALED)).toArray();
        Certainty rests = start == null ? Certainty.exact(0, 0) : start.certainty();
        return new Pool(drawn.select(Arrays.copyOf(near, size)), reach, near.length, drawn.size(), rests);
    }

    /** How far the columns of the sums are from what the other terms leave; NaN where no value will do. */
    private static Points offsets(TableLaw law, Points rows, LinearEvidence linear, int[] own) {
        Points out = Points.zeros(own.length, rows.size());
        for (int n = 0; n < rows.size(); n++) {
            for (int s = 0; s < own.length; s++) {
                double[] row = rows.row(n);
                Column column = law.columns().get(own[s]);
                boolean solved = solve(linear.exact().get(s), own[s], column, row) && column.allows(row[own[s]]);
                out.set(s, n, solved ? rows.get(own[s], n) - row[own[s]] : Double.NaN);
            }
        }
        return out;
    }

    /** A sum of numbers that are not rounded is met by a repeated value in no draw, however likely that value is. */
    private static void refuseRepeated(Column column, String sum) {
        if (LinearEvidence.step(column) == 0 && !column.atoms().isEmpty()) {
            throw new InputException(
                    "of " + sum + " more than one term is open, and all of them have repeated values ('" + column.name()
                            + "' has " + column.atoms() + "); give all but one of them");
        }
    }

    /** Sets a column to what the other terms of a sum leave, and weighs rows by its density given the rest and that it is near. */
    private static void weigh(
            TableLaw law,
            Points pool,
            double[] logs,
            Condition.Linear sum,
            int own,
            double reach,
            Evidence before,
            RunContext run) {
        Column column = law.columns().get(own);
        List<Condition> about =
                before.conditions().stream().filter(c -> isAbout(c, own)).toList();
        run.parallel().forEach(pool.size(), n -> {
            run.checkCancelled();
            double[] row = pool.row(n);
            if (logs[n] == Double.NEGATIVE_INFINITY || !solve(sum, own, column, row)) {
                logs[n] = Double.NEGATIVE_INFINITY;
                return;
            }
            pool.set(own, n, row[own]);
            boolean holds = column.allows(row[own]) && about.stream().allMatch(c -> c.holds(row));
            List<Condition> rest = new ArrayList<>(about);
            rest.add(new Condition.Within(own, row[own] - reach, row[own] + reach));
            logs[n] += holds ? logDensity(law, row, own, rest, run) : Double.NEGATIVE_INFINITY;
        });
    }

    private static boolean isAbout(Condition condition, int column) {
        return condition instanceof Condition.OneOf one && one.column() == column
                || condition instanceof Condition.Within within && within.column() == column;
    }

    private static boolean solve(Condition.Linear sum, int own, Column column, double[] row) {
        double left = sum.lower();
        double size = Math.abs(left);
        for (int k = 0; k < row.length; k++) {
            if (sum.weights()[k] != 0 && k != own) {
                left -= sum.weights()[k] * row[k];
                size += Math.abs(sum.weights()[k] * row[k]);
            }
        }
        row[own] = LinearEvidence.value(column, left);
        return Math.abs(row[own] - left) <= LinearEvidence.ROUNDING * size;
    }

    /** The log-density of a cell given the rest of its row and conditions on it: exact, for it is the only one that is open. */
    private static double logDensity(TableLaw law, double[] row, int own, List<Condition> about, RunContext run) {
        List<Condition> rest = new ArrayList<>(about);
        for (int k = 0; k < row.length; k++) {
            if (k != own) {
                rest.add(new Condition.Equal(k, row[k]));
            }
        }
        double joint = law.logDensity(Points.ofRows(row), run).nats()[0];
        if (joint == Double.NEGATIVE_INFINITY) {
            return joint;
        }
        Column column = law.columns().get(own);
        boolean length = column.kind().smooth() || column.kind() == Column.Kind.NON_NEGATIVE;
        // A repeated value has a probability, its neighbours a density; of steps both are to be compared.
        double unit = length && column.step() > 0 && column.atoms().contains(row[own]) ? -Math.log(column.step()) : 0;
        return joint + unit - law.single(new Evidence(rest), 1, run).certainty().logProbability();
    }

    private static Certainty certainty(Pool pool, double[] logs, LinearEvidence linear) {
        Certainty before = pool.before();
        double near = pool.near();
        double drawn = pool.drawn();
        double total = LogSum.of(logs);
        if (total == Double.NEGATIVE_INFINITY) {
            throw new InputException("the condition has no mass, or too little: none of " + logs.length
                    + " draws can be completed so that "
                    + String.join(
                            " and ", linear.exact().stream().map(linear::text).toList()));
        }
        double squares =
                Arrays.stream(logs).map(log -> Math.exp(2 * (log - total))).sum();
        double kept = Math.min(1, before.effectiveSampleSize() / drawn);
        // The weights' variance and that of how many rows are near.
        double error = Math.sqrt(Math.max(0, squares - 1.0 / logs.length + 1 / near - 1 / drawn) / kept);
        return new Certainty(
                before.logProbability() + total - Math.log(logs.length) + Math.log(near / drawn) + linear.logVolume(),
                Math.hypot(before.error(), error),
                kept / squares,
                before.rHat());
    }

    /** As many as are weighed in some seconds: each takes the density of all cells of a column, around all rows of kernels. */
    private static int draws(TableLaw law) {
        int cells = Arrays.stream(law.parts().coded().scales())
                .mapToInt(CellScale::size)
                .max()
                .orElse(1);
        double each = (double) cells
                * (law.parts().kernels() == null ? 1 : law.parts().kernels().size());
        return (int) Math.max(DRAWS, Math.min(DRAWS_OF_ONE, WORK / each));
    }

    private static double[] spreads(Points pool) {
        double[] spreads = new double[pool.dim()];
        for (int k = 0; k < spreads.length; k++) {
            double[] values =
                    Arrays.stream(pool.column(k)).filter(v -> !Double.isNaN(v)).toArray();
            double mean = Arrays.stream(values).average().orElse(0);
            spreads[k] = Math.sqrt(Arrays.stream(values)
                    .map(v -> (v - mean) * (v - mean))
                    .average()
                    .orElse(0));
        }
        return spreads;
    }

    @Override
    public Draws draw(DrawRequest request, RunContext run) {
        CounterRandom random = run.random(Purpose.CONDITION_DRAWS);
        int[] places = new int[request.count()];
        for (int n = 0; n < places.length; n++) {
            double at = random.uniform(request.first() + n, 0) * cumulated[cumulated.length - 1];
            int found = Arrays.binarySearch(cumulated, at);
            // Rows without weight repeat the sum before them: the first of equal sums is the row.
            int place = found < 0 ? -found - 1 : found;
            while (place > 0 && cumulated[place - 1] >= at) {
                place--;
            }
            places[n] = Math.min(place, cumulated.length - 1);
        }
        return new Draws(pool.select(places), new Outcome(1, 1, 0), certainty().remarks());
    }
}
