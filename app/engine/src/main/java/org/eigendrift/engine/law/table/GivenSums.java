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
 * is set to what the other terms leave, and the row weighed by the exact density of that value given the rest of the row, which is
 * sequential importance sampling of the law on the sums. Immutable, thread-safe.
 */
final class GivenSums extends GivenLaw {
    /** Rows that are weighed where many rows are asked about, and for one question. */
    private static final int DRAWS = 256;

    private static final int DRAWS_OF_ONE = 2048;

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
        if (single.isEmpty()) {
            int term = IntStream.range(0, law.columns().size())
                    .filter(k -> linear.exact().get(0).weights()[k] != 0)
                    .findFirst()
                    .orElseThrow();
            single.add(new Condition.Within(term, Double.NEGATIVE_INFINITY, Double.POSITIVE_INFINITY));
        }
        Evidence before = new Evidence(single);
        GivenTable start = law.single(before, effective, run);
        int size = effective <= DRAWS ? DRAWS : draws(law);
        long seed = run.random(Purpose.CONDITION_PARTICLES).bits(0, 0);
        Points pool = start.draw(DrawRequest.of(size), run.withSeed(seed)).rows();
        double[] logs = new double[size];
        int[] own = linear.reduce(spreads(pool));
        for (int s = 0; s < own.length; s++) {
            refuseRepeated(law.columns().get(own[s]), linear.text(linear.exact().get(s)));
            weigh(law, pool, logs, linear.exact().get(s), own[s], before, run);
        }
        Certainty certainty = certainty(start.certainty(), logs, linear);
        return new GivenSums(law, evidence, pool, logs, certainty, linear.logVolume());
    }

    /** A sum of numbers that are not rounded is met by a repeated value in no draw, however likely that value is. */
    private static void refuseRepeated(Column column, String sum) {
        if (LinearEvidence.step(column) == 0 && !column.atoms().isEmpty()) {
            throw new InputException(
                    "of " + sum + " more than one term is open, and all of them have repeated values ('" + column.name()
                            + "' has " + column.atoms() + "); give all but one of them");
        }
    }

    /** Sets a column to what the other terms of a sum leave, and weighs rows by its density given the rest. */
    private static void weigh(
            TableLaw law, Points pool, double[] logs, Condition.Linear sum, int own, Evidence before, RunContext run) {
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
            logs[n] += holds ? logDensity(law, row, own, about, run) : Double.NEGATIVE_INFINITY;
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
        if (rest.isEmpty()) {
            rest.add(new Condition.Within(own, Double.NEGATIVE_INFINITY, Double.POSITIVE_INFINITY));
        }
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

    private static Certainty certainty(Certainty before, double[] logs, LinearEvidence linear) {
        double total = LogSum.of(logs);
        if (total == Double.NEGATIVE_INFINITY) {
            throw new InputException("the condition has no mass, or too little: none of " + logs.length
                    + " draws can be completed so that "
                    + String.join(
                            " and ", linear.exact().stream().map(linear::text).toList()));
        }
        double squares =
                Arrays.stream(logs).map(log -> Math.exp(2 * (log - total))).sum();
        double kept = Math.min(1, before.effectiveSampleSize() / logs.length);
        double error = Math.sqrt(Math.max(0, squares - 1.0 / logs.length));
        return new Certainty(
                before.logProbability() + total - Math.log(logs.length) + linear.logVolume(),
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
