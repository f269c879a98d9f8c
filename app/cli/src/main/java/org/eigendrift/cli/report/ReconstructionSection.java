package org.eigendrift.cli.report;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import java.util.stream.IntStream;
import org.eigendrift.cli.console.Counted;
import org.eigendrift.cli.report.ReportInput.Reconstructions;

/** What samples make of an observation, beside the row that was observed where it is known. */
final class ReconstructionSection {
    /** Rows that are drawn or told number by number. */
    private static final int ROWS = 8;

    /** Rows of which a line is told. */
    private static final int LINES = 40;

    /** Columns of a row that are told. */
    private static final int COLUMNS = 40;

    /** What samples leave open of each pixel. */
    static final Strip SPREAD =
            new Strip("spread", "Spread: deviation of the samples, black 0", Reconstruction::deviation);

    private final ReportInput input;
    private final Reconstructions all;
    private final boolean known;
    private final boolean gaussian;

    ReconstructionSection(ReportInput input, Reconstructions all) {
        this.input = input;
        this.all = all;
        this.known = all.rows().get(0).truth().isPresent();
        this.gaussian = all.rows().get(0).gaussian().isPresent();
    }

    /** A line of images, one for each row. */
    record Strip(String id, String caption, Function<Reconstruction, double[]> of) {}

    static List<Strip> strips(Reconstructions all) {
        List<Strip> strips = new ArrayList<>();
        if (all.rows().get(0).truth().isPresent()) {
            strips.add(new Strip("truth", "Truth", row -> row.truth().orElseThrow()));
        }
        strips.add(new Strip("seen", "What was observed; grey: nothing", Reconstruction::seen));
        strips.add(new Strip("mean", "Mean of the samples", Reconstruction::mean));
        strips.add(new Strip("draw", "One sample", Reconstruction::draw));
        strips.add(SPREAD);
        if (all.rows().get(0).gaussian().isPresent()) {
            strips.add(new Strip(
                    "gaussian", "A Gaussian's mean", row -> row.gaussian().orElseThrow()));
        }
        return strips;
    }

    /** Rows that are drawn. */
    static List<Reconstruction> drawn(Reconstructions all) {
        return all.rows().subList(0, Math.min(ROWS, all.rows().size()));
    }

    /** Columns whose numbers are open: hidden ones, or all where something is seen of each. */
    static List<Integer> open(Reconstructions all) {
        List<Integer> hidden = IntStream.range(0, all.hidden().length)
                .filter(i -> all.hidden()[i])
                .boxed()
                .toList();
        return hidden.isEmpty()
                ? IntStream.range(0, all.hidden().length).boxed().toList()
                : hidden;
    }

    String html() {
        Html html = new Html();
        html.element("p", "lead", lead());
        input.image().ifPresent(layout -> pictures(html));
        if (known) {
            html.raw("<div class=\"wide\">\n");
            html.raw("<div class=\"chart recovered\" role=\"img\" data-chart=\"recovered\" data-index=\"0\""
                    + " aria-label=\"Means of samples against truth, with 5 and 95 % quantiles\"></div></div>\n");
        }
        lines(html);
        if (input.image().isEmpty()) {
            for (int n = 0; n < drawn(all).size(); n++) {
                numbers(html, n);
            }
        }
        return html.toString();
    }

    private String lead() {
        String rows = all.rows().size() == 1 ? "one row" : Counted.of(all.rows().size(), "row");
        return known
                ? "Of " + rows
                        + " held out, the observation alone was given: truth beside what the samples make of it. Dots:"
                        + " the samples' mean against the truth of what was not observed by itself, in the columns’"
                        + " standard deviations, with lines from the 5 % to the 95 % quantile, of which nine in ten should"
                        + " cross the dashed line."
                : "What the samples make of the observation, and how far they leave it open; the truth is not known.";
    }

    private void pictures(Html html) {
        html.raw("<div class=\"strips\">\n");
        for (Strip strip : strips(all)) {
            html.raw("<figure>").element("figcaption", strip.caption());
            html.raw("<canvas class=\"chart pixels\" role=\"img\" data-chart=\"strip\" data-strip=\"" + strip.id()
                            + "\" data-index=\"0\" aria-label=\"")
                    .text(strip.caption() + ", of " + Counted.of(drawn(all).size(), "row"))
                    .raw("\"></canvas></figure>\n");
        }
        html.raw("</div>\n");
    }

    /** A line for each row: how well the observation is met, how near the truth is. */
    private void lines(Html html) {
        html.raw("<div class=\"scroll\"><table><thead><tr><th scope=\"col\" class=\"n\">Row</th>"
                + "<th scope=\"col\" class=\"n\">Misfit</th><th scope=\"col\" class=\"n\">Noise</th>");
        if (known) {
            html.raw("<th scope=\"col\" class=\"n\">Error of the mean</th>");
            html.raw(gaussian ? "<th scope=\"col\" class=\"n\">… of a Gaussian’s</th>" : "");
            html.raw("<th scope=\"col\" class=\"n\">Within 90 %</th>");
        }
        html.raw("<th scope=\"col\" class=\"n\">Effective sample size</th></tr></thead><tbody>\n");
        for (int n = 0; n < Math.min(LINES, all.rows().size()); n++) {
            Reconstruction row = all.rows().get(n);
            html.raw("<tr>").element("th scope=\"row\" class=\"n\"", Integer.toString(n + 1));
            html.element("td", "n", Numbers.text(row.misfit(), 3)).element("td", "n", Numbers.text(all.noise(), 3));
            if (known) {
                html.element("td", "n", Numbers.text(error(row, row.mean()), 3));
                if (gaussian) {
                    html.element(
                            "td", "n", Numbers.text(error(row, row.gaussian().orElseThrow()), 3));
                }
                html.element("td", "n", Numbers.text(100 * within(row), 3) + " %");
            }
            html.element(
                            "td",
                            "n",
                            row.effective().isPresent()
                                    ? Numbers.text(Math.rint(row.effective().getAsDouble()))
                                    : "–")
                    .raw("</tr>\n");
        }
        html.raw("</tbody></table></div>\n");
    }

    /** Root mean square of what is open, in the columns' units. */
    private double error(Reconstruction row, double[] found) {
        return Math.sqrt(open(all).stream()
                .mapToDouble(i -> row.truth().orElseThrow()[i] - found[i])
                .map(miss -> miss * miss)
                .average()
                .orElseThrow());
    }

    private double within(Reconstruction row) {
        return open(all).stream()
                .mapToDouble(i -> row.truth().orElseThrow()[i] >= row.low()[i]
                                && row.truth().orElseThrow()[i] <= row.high()[i]
                        ? 1
                        : 0)
                .average()
                .orElseThrow();
    }

    /** A table of a row's numbers. */
    private void numbers(Html html, int n) {
        Reconstruction row = all.rows().get(n);
        html.raw("<details" + (n == 0 ? " open" : "") + "><summary>Row " + (n + 1)
                + "</summary><div class=\"scroll\"><table><thead><tr><th scope=\"col\">Column</th>"
                + "<th scope=\"col\">Observed</th>" + (known ? "<th scope=\"col\">Truth</th>" : "")
                + "<th scope=\"col\">Mean</th><th scope=\"col\" class=\"n\">Deviation</th><th scope=\"col\">5 %</th>"
                + "<th scope=\"col\">95 %</th>" + (gaussian ? "<th scope=\"col\">A Gaussian’s mean</th>" : "")
                + "</tr></thead><tbody>\n");
        for (int i = 0; i < Math.min(COLUMNS, all.hidden().length); i++) {
            html.raw("<tr>").element("th scope=\"row\"", input.columns().get(i).name());
            html.element("td", Double.isNaN(row.seen()[i]) ? "–" : cell(i, row.seen()[i]));
            if (known) {
                html.element("td", cell(i, row.truth().orElseThrow()[i]));
            }
            html.element("td", cell(i, row.mean()[i])).element("td", "n", Numbers.text(row.deviation()[i], 3));
            html.element("td", cell(i, row.low()[i])).element("td", cell(i, row.high()[i]));
            if (gaussian) {
                html.element("td", cell(i, row.gaussian().orElseThrow()[i]));
            }
            html.raw("</tr>\n");
        }
        html.raw("</tbody></table></div></details>\n");
    }

    private String cell(int column, double value) {
        return input.text().of(input.columns().get(column), value);
    }
}
