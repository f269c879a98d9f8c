package org.eigendrift.engine.conditional;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.function.UnaryOperator;
import java.util.stream.DoubleStream;
import org.eigendrift.api.InputException;

/**
 * A density along a line, integrated by Simpson's rule on panels that are halved where its error is largest, and drawn from by the
 * inverse of its distribution function, whose density is straight between the points of the panels. Immutable.
 */
final class Line {
    private static final int ROUNDS = 40;
    private static final int EVEN = 8;

    /**
     * Whatever Simpson's rule resolves, a kink, a jump or a narrow peak, loses at least half of its error in a round; what keeps
     * more than this share of it over so many rounds is noise of the density.
     */
    private static final double NOISE = 0.5;

    private static final int NOISY_ROUNDS = 3;

    /** Nats below the largest density where the ends may lie. */
    private static final double NEGLIGIBLE = 30;

    private final double[] at;
    private final double[] heights;
    private final double[] cumulated;
    private final double logIntegral;
    private final double error;

    private Line(double[] at, double[] heights, double[] cumulated, double logIntegral, double error) {
        this.at = at;
        this.heights = heights;
        this.cumulated = cumulated;
        this.logIntegral = logIntegral;
        this.error = error;
    }

    /** Log-densities at five points, and Simpson's rule on them. */
    private record Panel(double from, double to, double[] logs) {
        double[] points() {
            double[] points = new double[5];
            Arrays.setAll(points, k -> from + (to - from) * k / 4);
            return points;
        }

        double coarse(double top) {
            return (to - from) / 6 * (value(0, top) + 4 * value(2, top) + value(4, top));
        }

        double fine(double top) {
            return (to - from)
                    / 12
                    * (value(0, top) + 4 * value(1, top) + 2 * value(2, top) + 4 * value(3, top) + value(4, top));
        }

        double error(double top) {
            return Math.abs(fine(top) - coarse(top)) / 15;
        }

        double value(int k, double top) {
            return Math.exp(logs[k] - top);
        }
    }

    /**
     * Integrates.
     *
     * @param density log-densities at many places at once
     * @param window where there may be mass, possibly infinite
     * @param guides where it is likely, ascending
     * @param deviation about how wide it is
     * @param tolerance of the integral, relative to it: no less than about the error of the log-densities, which more panels cannot
     *     mend
     */
    static Line of(
            UnaryOperator<double[]> density, double[] window, double[] guides, double deviation, double tolerance) {
        double[] edges = edges(density, window, guides, deviation);
        List<Panel> panels = panels(density, edges);
        double top = top(panels);
        if (top == Double.NEGATIVE_INFINITY) {
            throw new InputException("the condition has no mass: the density is zero wherever it was looked at between "
                    + edges[0] + " and " + edges[edges.length - 1]);
        }
        double[] logErrors = new double[ROUNDS];
        double[] tops = new double[ROUNDS];
        for (int round = 0; round < ROUNDS; round++) {
            double highest = top;
            double total = panels.stream().mapToDouble(p -> p.fine(highest)).sum();
            double error = panels.stream().mapToDouble(p -> p.error(highest)).sum();
            logErrors[round] = Math.log(error) + top;
            tops[round] = top;
            if (error <= tolerance * total || noisy(logErrors, tops, round)) {
                break;
            }
            double bound = tolerance * total / panels.size();
            List<Panel> kept = new ArrayList<>();
            List<Panel> halved = new ArrayList<>();
            for (Panel panel : panels) {
                (panel.error(highest) > bound ? halved : kept).add(panel);
            }
            kept.addAll(halves(density, halved));
            panels = kept;
            top = top(panels);
        }
        return line(panels, top);
    }

    private static boolean noisy(double[] logErrors, double[] tops, int round) {
        int before = round - NOISY_ROUNDS;
        // A peak that was found since then may have more error than all there was before.
        return before >= 0
                && tops[round] < tops[before] - Math.log(NOISE)
                && logErrors[round] > logErrors[before] + Math.log(NOISE);
    }

    /** Even panels and the guides; ends where the density is negligible. */
    private static double[] edges(UnaryOperator<double[]> density, double[] window, double[] guides, double deviation) {
        double low = Math.max(window[0], Math.min(window[1], guides[0] - 4 * deviation));
        double high = Math.min(window[1], Math.max(window[0], guides[guides.length - 1] + 4 * deviation));
        if (high - low < deviation) {
            low = Math.max(window[0], low - deviation);
            high = Math.min(window[1], high + deviation);
        }
        double step = high - low;
        for (int k = 0; k < 60 && low > window[0]; k++, step *= 2) {
            double[] logs = density.apply(new double[] {low, (low + high) / 2, guides[guides.length / 2], high});
            if (logs[0] < Arrays.stream(logs).max().orElse(0) - NEGLIGIBLE) {
                break;
            }
            low = Math.max(window[0], low - step);
        }
        step = high - low;
        for (int k = 0; k < 60 && high < window[1]; k++, step *= 2) {
            double[] logs = density.apply(new double[] {high, (low + high) / 2, guides[guides.length / 2], low});
            if (logs[0] < Arrays.stream(logs).max().orElse(0) - NEGLIGIBLE) {
                break;
            }
            high = Math.min(window[1], high + step);
        }
        double from = low;
        double to = high;
        double[] even = new double[EVEN + 1];
        Arrays.setAll(even, k -> from + (to - from) * k / EVEN);
        return DoubleStream.concat(Arrays.stream(even), Arrays.stream(guides))
                .filter(v -> v >= from && v <= to)
                .sorted()
                .distinct()
                .toArray();
    }

    private static List<Panel> panels(UnaryOperator<double[]> density, double[] edges) {
        double[] points = new double[4 * (edges.length - 1) + 1];
        for (int p = 0; p + 1 < edges.length; p++) {
            for (int k = 0; k < 4; k++) {
                points[4 * p + k] = edges[p] + (edges[p + 1] - edges[p]) * k / 4;
            }
        }
        points[points.length - 1] = edges[edges.length - 1];
        double[] logs = density.apply(points);
        List<Panel> panels = new ArrayList<>();
        for (int p = 0; p + 1 < edges.length; p++) {
            panels.add(new Panel(edges[p], edges[p + 1], Arrays.copyOfRange(logs, 4 * p, 4 * p + 5)));
        }
        return panels;
    }

    private static List<Panel> halves(UnaryOperator<double[]> density, List<Panel> panels) {
        double[] points = new double[4 * panels.size()];
        for (int p = 0; p < panels.size(); p++) {
            for (int k = 0; k < 4; k++) {
                Panel panel = panels.get(p);
                points[4 * p + k] = panel.from() + (panel.to() - panel.from()) * (2 * k + 1) / 8;
            }
        }
        double[] logs = density.apply(points);
        List<Panel> halves = new ArrayList<>();
        for (int p = 0; p < panels.size(); p++) {
            Panel whole = panels.get(p);
            double[] old = whole.logs();
            double middle = whole.points()[2];
            halves.add(new Panel(
                    whole.from(), middle, new double[] {old[0], logs[4 * p], old[1], logs[4 * p + 1], old[2]}));
            halves.add(new Panel(
                    middle, whole.to(), new double[] {old[2], logs[4 * p + 2], old[3], logs[4 * p + 3], old[4]}));
        }
        return halves;
    }

    private static double top(List<Panel> panels) {
        return panels.stream()
                .flatMapToDouble(p -> Arrays.stream(p.logs()))
                .max()
                .orElse(Double.NEGATIVE_INFINITY);
    }

    private static Line line(List<Panel> panels, double top) {
        List<Panel> sorted =
                panels.stream().sorted(Comparator.comparingDouble(Panel::from)).toList();
        double[] at = new double[4 * sorted.size() + 1];
        double[] heights = new double[at.length];
        double[] cumulated = new double[at.length];
        double integral = 0;
        double error = 0;
        double sum = 0;
        for (int p = 0; p < sorted.size(); p++) {
            Panel panel = sorted.get(p);
            double[] points = panel.points();
            for (int k = 0; k < 4; k++) {
                at[4 * p + k] = points[k];
                heights[4 * p + k] = panel.value(k, top);
                cumulated[4 * p + k] = sum;
                sum += (points[k + 1] - points[k]) * (panel.value(k, top) + panel.value(k + 1, top)) / 2;
            }
            integral += panel.fine(top);
            error += panel.error(top);
        }
        at[at.length - 1] = sorted.get(sorted.size() - 1).to();
        heights[at.length - 1] = sorted.get(sorted.size() - 1).value(4, top);
        cumulated[at.length - 1] = sum;
        return new Line(at, heights, cumulated, Math.log(integral) + top, error / integral);
    }

    double logIntegral() {
        return logIntegral;
    }

    /** Error of the logarithm of the integral. */
    double error() {
        return error;
    }

    /** Where the distribution function has a value from 0 to 1. */
    double quantile(double share) {
        double wanted = share * cumulated[cumulated.length - 1];
        int found = Arrays.binarySearch(cumulated, wanted);
        int k = Math.max(0, Math.min(at.length - 2, found < 0 ? -found - 2 : found));
        double width = at[k + 1] - at[k];
        double mass = wanted - cumulated[k];
        // The root of mass = height u + slope u^2 / 2 that loses no digits where the slope is small.
        double slope = (heights[k + 1] - heights[k]) / width;
        double root = Math.sqrt(Math.max(0, heights[k] * heights[k] + 2 * slope * mass));
        return mass > 0 ? at[k] + Math.min(width, 2 * mass / (heights[k] + root)) : at[k];
    }
}
