package org.eigendrift.engine.incomplete;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;
import java.util.stream.IntStream;
import org.eigendrift.api.CounterRandom;
import org.eigendrift.api.InputException;
import org.eigendrift.api.Points;
import org.eigendrift.api.Purpose;
import org.eigendrift.api.RunContext;
import org.eigendrift.api.data.Column;
import org.eigendrift.api.data.Dataset;
import org.eigendrift.api.data.InMemory;
import org.eigendrift.api.law.Conditioner;
import org.eigendrift.api.law.DrawRequest;
import org.eigendrift.api.law.Law;
import org.eigendrift.engine.conditional.Completed;
import org.eigendrift.engine.conditional.Gaps;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Fits a law to rows of which cells were not seen: they are drawn from the law given what was seen of their rows, and the law is
 * fitted again, until rows that are kept out say that it helps no more (stochastic expectation maximisation, Celeux and Diebolt,
 * Computational Statistics Quarterly 2, 1985; right where what was not seen depends on what was seen alone).
 */
public final class Completion {
    private static final Logger LOG = LoggerFactory.getLogger(Completion.class);

    /** Rows that judge, of all rows, and at most. */
    private static final double SHARE = 0.2;

    private static final int JUDGES = 400;

    private static final int ROUNDS = 20;

    /** Rows without open cells that are fitted to begin with, at least, and for each column. */
    private static final int WHOLE = 50;

    private static final int WHOLE_FOR_EACH = 10;

    /** Rounds without a gain after which it ends. */
    private static final int PATIENCE = 3;

    /** Draws that the answer about a row rests on: one is taken. */
    private static final int EFFECTIVE = 16;

    private static final int MOST = 10_000_000;

    private final List<Column> columns;
    private final Points rows;
    private final Function<? super Dataset, ? extends Law> fit;
    private final RunContext run;
    private final CounterRandom random;

    private Completion(Dataset data, Function<? super Dataset, ? extends Law> fit, RunContext run) {
        this.columns = data.columns();
        this.rows = InMemory.read(data, MOST);
        this.fit = fit;
        this.run = run;
        this.random = run.random(Purpose.COMPLETION);
    }

    /**
     * Fits.
     *
     * @param data rows, NaN where a cell was not seen; read once
     * @param fit fits a law to rows without such cells
     * @param run seed, threads, cancellation
     * @return the law of rows as they would be if all of them had been seen
     * @throws InputException if a column has no value, or the kind of law has no conditionals
     */
    public static Law fit(Dataset data, Function<? super Dataset, ? extends Law> fit, RunContext run) {
        return new Completion(data, fit, run).fit();
    }

    private Law fit() {
        if (open(rows).length == 0) {
            return fit.apply(new InMemory(columns, rows));
        }
        double share = Math.min(SHARE, (double) JUDGES / rows.size());
        int[] judges = IntStream.range(0, rows.size())
                .filter(n -> random.uniform(n, 0) < share)
                .toArray();
        int[] rest = IntStream.range(0, rows.size())
                .filter(n -> random.uniform(n, 0) >= share)
                .toArray();
        Points judging = rows.select(judges);
        Points seen = rows.select(rest);
        Points filled = seen.copy();
        start(seen, filled);
        beginWithWholeRows(seen, filled);
        Law best = null;
        double most = Double.NEGATIVE_INFINITY;
        int without = 0;
        for (int round = 0; round < ROUNDS && without < PATIENCE; round++) {
            run.checkCancelled();
            Law law = fit.apply(completed(seen, filled.copy()));
            double mean = mean(law, judging);
            LOG.info(
                    "missing cells, round {}: {} nats a held-out row",
                    round + 1,
                    String.format(Locale.ROOT, "%.4f", mean));
            without = mean > most ? 0 : without + 1;
            if (best == null || mean > most) {
                best = law;
                most = mean;
            }
            fill(law, seen, filled, random.derive(1 + round));
        }
        Points whole = rows.copy();
        start(rows, whole);
        fill(best, rows, whole, random.derive(0));
        return fit.apply(completed(rows, whole));
    }

    private Completed completed(Points of, Points filled) {
        boolean[] drawn = new boolean[of.size()];
        IntStream.of(open(of)).forEach(n -> drawn[n] = true);
        return new Completed(columns, filled, drawn);
    }

    private double mean(Law law, Points judging) {
        // Without a row that judges, rounds end by their number.
        return judging.size() == 0
                ? 0
                : Arrays.stream(law.logDensity(judging, run).nats()).average().orElseThrow();
    }

    private static int[] open(Points of) {
        return IntStream.range(0, of.size())
                .filter(n -> IntStream.range(0, of.dim()).anyMatch(i -> Double.isNaN(of.get(i, n))))
                .toArray();
    }

    /** Cells from other rows of the same column. */
    private void start(Points seen, Points filled) {
        CounterRandom donors = random.derive(-1);
        for (int i = 0; i < seen.dim(); i++) {
            double[] values =
                    Arrays.stream(seen.column(i)).filter(v -> !Double.isNaN(v)).toArray();
            if (values.length == 0) {
                throw new InputException(
                        "column '" + columns.get(i).name()
                                + "' has no value in the rows of the fit, so nothing is known of it; leave it out with columns");
            }
            for (int n = 0; n < seen.size(); n++) {
                if (Double.isNaN(seen.get(i, n))) {
                    filled.set(i, n, values[(int) (donors.uniform(n, i) * values.length)]);
                }
            }
        }
    }

    /** Where enough rows have no open cell, their law is nearer than values of any row. */
    private void beginWithWholeRows(Points seen, Points filled) {
        boolean[] open = new boolean[seen.size()];
        IntStream.of(open(seen)).forEach(n -> open[n] = true);
        int[] whole = IntStream.range(0, open.length).filter(n -> !open[n]).toArray();
        if (whole.length >= Math.max(WHOLE, WHOLE_FOR_EACH * columns.size())) {
            fill(fit.apply(new InMemory(columns, seen.select(whole))), seen, filled, random.derive(-2));
        }
    }

    /** Draws what was not seen from a law. A row that is impossible under it keeps what it had. */
    private void fill(Law law, Points seen, Points filled, CounterRandom numbers) {
        Conditioner conditioner = law.conditioner(run.alone())
                .orElseThrow(() -> new InputException(
                        "missing: model needs a law that can be asked for cells given others, which '"
                                + law.provenance().kind() + "' cannot; set missing: drop or impute"));
        int[] open = open(seen);
        run.parallel().forEach(open.length, k -> {
            run.checkCancelled();
            int n = open[k];
            RunContext own = run.alone().withSeed(numbers.bits(n, 0));
            Points row = drawn(law, conditioner, seen, n, own);
            for (int i = 0; i < seen.dim() && row != null; i++) {
                if (Double.isNaN(seen.get(i, n))) {
                    filled.set(i, n, row.get(i, 0));
                }
            }
        });
    }

    private static Points drawn(Law law, Conditioner conditioner, Points seen, int n, RunContext own) {
        try {
            return conditioner
                    .given(Gaps.evidence(law.columns(), seen, n), EFFECTIVE)
                    .draw(DrawRequest.of(1), own)
                    .rows();
        } catch (InputException impossible) {
            return null;
        }
    }
}
