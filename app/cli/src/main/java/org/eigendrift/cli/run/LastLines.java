package org.eigendrift.cli.run;

import java.io.PrintStream;
import java.nio.file.Path;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import org.eigendrift.api.metric.Figure;
import org.eigendrift.cli.console.Counted;
import org.eigendrift.cli.report.AboveExact;

/** The few lines a run ends with. */
final class LastLines {
    /** Figures of a metric that are shown of those it was named for. */
    private static final int MOST = 3;

    private static final String BELOW = "  below the exact density";

    private final PrintStream out;
    private final Set<Figure> shown = new HashSet<>();

    LastLines(PrintStream out) {
        this.out = out;
    }

    /**
     * Prints them.
     *
     * @param target the target's name
     * @param figures all figures
     * @param named the figures of each metric that somebody named
     * @param impossible why the density of held-out rows is 0, if it is of some and that is known
     * @param results where the results are
     */
    void print(
            String target, List<Figure> figures, List<List<Figure>> named, Optional<String> impossible, Path results) {
        find(figures, "fit", "rows")
                .ifPresent(rows -> line(
                        target,
                        String.format(
                                Locale.ROOT,
                                "%s, %s%s, fitted in %.2f s",
                                Counted.of((long) rows.value(), "row"),
                                Counted.of((long) value(figures, "fit", "dim"), "column"),
                                functions(value(figures, "fit", "basis_size")),
                                value(figures, "fit", "seconds"))));
        line(
                "samples",
                String.format(
                        Locale.ROOT,
                        "%,.0f in %.2f s",
                        value(figures, "samples", "count"),
                        value(figures, "samples", "seconds")));
        likelihood(figures, impossible);
        AboveExact.of(figures).ifPresent(alarm -> line("  impossible", alarm));
        figure(figures, "evidence_bound", "heldout", "evidence bound, held-out rows", " nats a row");
        figure(figures, "samples", "sliced_wasserstein", "sliced Wasserstein distance", "");
        figure(figures, "samples", "second_moment_relative_error", "second moment, relative error", "");
        named.stream().filter(own -> Collections.disjoint(own, shown)).forEach(this::metric);
        line("results", results.toString());
    }

    /** A mean that one row makes infinite, and its gap, say nothing of the others: then why, and the figures of these. */
    private void likelihood(List<Figure> figures, Optional<String> impossible) {
        figure(figures, "log_likelihood", "heldout", "log-likelihood, held-out rows", " nats a row");
        Optional<Figure> rows = find(figures, "log_likelihood", "heldout_impossible_rows");
        if (rows.isEmpty()) {
            figure(figures, "log_likelihood", "heldout_gap", BELOW, " nats a row");
            return;
        }
        line(
                "  rows of density 0",
                impossible.orElse(String.format(Locale.ROOT, "%,.0f", rows.get().value())));
        figure(figures, "log_likelihood", "heldout_possible", "  of the other rows", " nats a row");
        figure(figures, "log_likelihood", "heldout_possible_gap", BELOW, " nats a row");
    }

    /** What there is a better and worse of, or a floor; of a metric that has neither, what it gave first. */
    private void metric(List<Figure> figures) {
        List<Figure> judged = figures.stream()
                .filter(figure ->
                        figure.better() != Figure.Better.NONE || figure.floor().isPresent())
                .limit(MOST)
                .toList();
        for (Figure figure : judged.isEmpty() ? figures.subList(0, Math.min(1, figures.size())) : judged) {
            show(figure, label(figure), figure.unit().isEmpty() ? "" : " " + figure.unit());
        }
    }

    private static String label(Figure figure) {
        return (figure.group() + ", " + figure.name()).replace('_', ' ');
    }

    /** Not every law is a sum of functions. */
    private static String functions(double count) {
        return count > 0 ? ", " + Counted.of((long) count, "function") : "";
    }

    private void figure(List<Figure> figures, String group, String name, String label, String unit) {
        find(figures, group, name).ifPresent(figure -> show(figure, label, unit));
    }

    private void show(Figure figure, String label, String unit) {
        shown.add(figure);
        String floor = figure.floor().isPresent()
                ? String.format(Locale.ROOT, " (floor %.4g)", figure.floor().getAsDouble())
                : "";
        line(label, String.format(Locale.ROOT, "%.4g%s%s", figure.value(), unit, floor));
    }

    private void line(String label, String text) {
        out.println(String.format(Locale.ROOT, "%-31s %s", label, text));
    }

    private static double value(List<Figure> figures, String group, String name) {
        return find(figures, group, name).map(Figure::value).orElse(Double.NaN);
    }

    private static Optional<Figure> find(List<Figure> figures, String group, String name) {
        return figures.stream()
                .filter(figure -> figure.group().equals(group) && figure.name().equals(name))
                .findFirst();
    }
}
