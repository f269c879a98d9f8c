package org.eigendrift.cli.run;

import java.io.PrintStream;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.eigendrift.api.metric.Figure;
import org.eigendrift.cli.report.AboveExact;

/** The few lines a run ends with. */
final class LastLines {
    private final PrintStream out;

    LastLines(PrintStream out) {
        this.out = out;
    }

    void print(String target, List<Figure> figures, Path results) {
        find(figures, "fit", "rows")
                .ifPresent(rows -> line(
                        target,
                        String.format(
                                Locale.ROOT,
                                "%,.0f rows, %.0f columns%s, fitted in %.2f s",
                                rows.value(),
                                value(figures, "fit", "dim"),
                                functions(value(figures, "fit", "basis_size")),
                                value(figures, "fit", "seconds"))));
        line(
                "samples",
                String.format(
                        Locale.ROOT,
                        "%,.0f in %.2f s",
                        value(figures, "samples", "count"),
                        value(figures, "samples", "seconds")));
        figure(figures, "log_likelihood", "heldout", "log-likelihood, held-out rows", " nats a row");
        figure(figures, "log_likelihood", "heldout_gap", "  below the exact density", " nats a row");
        find(figures, "log_likelihood", "heldout_impossible_rows")
                .ifPresent(rows -> line("  rows of density 0", String.format(Locale.ROOT, "%,.0f", rows.value())));
        figure(figures, "log_likelihood", "heldout_possible", "  of the other rows", " nats a row");
        figure(figures, "log_likelihood", "heldout_possible_gap", "  below the exact density", " nats a row");
        AboveExact.of(figures).ifPresent(alarm -> line("  impossible", alarm));
        figure(figures, "evidence_bound", "heldout", "evidence bound, held-out rows", " nats a row");
        figure(figures, "samples", "sliced_wasserstein", "sliced Wasserstein distance", "");
        figure(figures, "samples", "second_moment_relative_error", "second moment, relative error", "");
        line("results", results.toString());
    }

    /** Not every law is a sum of functions. */
    private static String functions(double count) {
        return count > 0 ? String.format(Locale.ROOT, ", %,.0f functions", count) : "";
    }

    private void figure(List<Figure> figures, String group, String name, String label, String unit) {
        find(figures, group, name).ifPresent(figure -> {
            String floor = figure.floor().isPresent()
                    ? String.format(Locale.ROOT, " (floor %.4g)", figure.floor().getAsDouble())
                    : "";
            line(label, String.format(Locale.ROOT, "%.4g%s%s", figure.value(), unit, floor));
        });
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
