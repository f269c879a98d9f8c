package org.eigendrift.engine.atlas;

import java.util.Arrays;
import java.util.List;
import java.util.OptionalInt;
import java.util.stream.IntStream;
import org.eigendrift.api.CounterRandom;
import org.eigendrift.api.Parallel;
import org.eigendrift.api.Points;
import org.eigendrift.api.RunContext;
import org.eigendrift.api.data.Dataset;
import org.eigendrift.api.data.InMemory;
import org.eigendrift.api.pass.Passes;
import org.eigendrift.api.pass.Plan;
import org.eigendrift.engine.data.Ranges;
import org.eigendrift.engine.law.mixture.CellRows;

/**
 * The rows of one chart. A row belongs to one chart only, drawn by its responsibilities with a number that depends on
 * its values alone: the same row belongs to the same chart in whatever file it stands, so that fits can be merged and
 * rows unlearned chart by chart.
 */
final class ChartRows {
    private static final CounterRandom DRAW = new CounterRandom(0xC4A27);

    private static final int PART = 4096;

    private ChartRows() {}

    /** So many rows taken evenly, or all there are. */
    static Points thinned(Points rows, int most) {
        if (rows.size() <= most) {
            return rows;
        }
        Points few = Points.zeros(rows.dim(), most);
        for (int i = 0; i < rows.dim(); i++) {
            for (int n = 0; n < most; n++) {
                few.set(i, n, rows.get(i, (int) ((long) n * rows.size() / most)));
            }
        }
        return few;
    }

    /** The rows of every chart: taken apart once where they are in memory or elsewhere, otherwise found again in every pass. */
    static List<Dataset> split(Dataset data, ChartMixture mixture, RunContext run) {
        if (!(data instanceof InMemory memory)) {
            return IntStream.range(0, mixture.size())
                    .mapToObj(k -> CellRows.of(data, mixture, k))
                    .toList();
        }
        Points points = memory.points();
        int[] charts = new int[points.size()];
        int parts = (points.size() + PART - 1) / PART;
        Parallel parallel = run.parallel();
        parallel.forEach(parts, p -> {
            Points part = points.slice(p * PART, Math.min(points.size(), (p + 1) * PART));
            int[] own = charts(mixture.responsibilities(part), part);
            System.arraycopy(own, 0, charts, p * PART, own.length);
        });
        int[] counts = new int[mixture.size()];
        for (int chart : charts) {
            counts[chart]++;
        }
        Points[] rows = new Points[mixture.size()];
        Arrays.setAll(rows, k -> Points.zeros(points.dim(), counts[k]));
        int[] next = new int[mixture.size()];
        for (int n = 0; n < charts.length; n++) {
            Points own = rows[charts[n]];
            for (int i = 0; i < points.dim(); i++) {
                own.set(i, next[charts[n]], points.get(i, n));
            }
            next[charts[n]]++;
        }
        return Arrays.stream(rows)
                .<Dataset>map(own -> new InMemory(data.columns(), own))
                .toList();
    }

    /** Of the charts that were taken apart, in which a column is the same in all rows, the one of fewest rows. */
    static OptionalInt flattest(List<Dataset> charts) {
        OptionalInt flattest = OptionalInt.empty();
        long fewest = Long.MAX_VALUE;
        for (int k = 0; k < charts.size(); k++) {
            long rows = charts.get(k).rows().orElse(Long.MAX_VALUE);
            if (rows < fewest && flat(charts.get(k))) {
                flattest = OptionalInt.of(k);
                fewest = rows;
            }
        }
        return flattest;
    }

    private static boolean flat(Dataset chart) {
        if (chart instanceof InMemory memory) {
            return IntStream.range(0, memory.dim()).anyMatch(i -> flat(memory.points(), i));
        }
        Ranges.Ends ends = Plan.read(new Ranges(chart.columns())).run(Passes.over(chart, RunContext.quiet(0)));
        return IntStream.range(0, chart.dim()).anyMatch(i -> ends.lower()[i] >= ends.upper()[i]);
    }

    private static boolean flat(Points rows, int column) {
        for (int n = 1; n < rows.size(); n++) {
            if (rows.get(column, n) != rows.get(column, 0)) {
                return false;
            }
        }
        return true;
    }

    /** The chart of each row. */
    static int[] charts(double[][] responsibilities, Points rows) {
        int[] charts = new int[rows.size()];
        for (int n = 0; n < charts.length; n++) {
            double left = DRAW.uniform(key(rows, n), 0);
            int k = 0;
            while (k + 1 < responsibilities.length && left >= responsibilities[k][n]) {
                left -= responsibilities[k++][n];
            }
            charts[n] = k;
        }
        return charts;
    }

    private static long key(Points rows, int n) {
        long key = 1;
        for (int i = 0; i < rows.dim(); i++) {
            key = 0x9E3779B97F4A7C15L * (key ^ Double.doubleToLongBits(rows.get(i, n)));
            key ^= key >>> 29;
        }
        return key;
    }
}
