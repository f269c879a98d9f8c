package org.eigendrift.cli.report;

import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;
import org.eigendrift.api.Points;
import org.eigendrift.api.data.Column;
import org.eigendrift.engine.comparison.ColumnShapes;

/** What the page tells of a table's columns: bars, gaps and repeated values of each, real beside synthetic. */
final class TableSections {
    /** Columns with a chart of their own; of more, those that differ most. */
    static final int MOST_CHARTS = 60;

    private final ReportInput input;
    private final double[] shapes;

    TableSections(ReportInput input) {
        this.input = input;
        this.shapes = ColumnShapes.distances(input.columns(), input.data(), input.samples());
    }

    /** Whether the columns are those of a table: gaps, levels, whole numbers, days or repeated values among them. */
    static boolean isTable(List<Column> columns) {
        return !columns.stream().allMatch(Column::smooth);
    }

    /** The columns that have a chart, in their order. */
    List<Integer> charted() {
        return IntStream.range(0, shapes.length)
                .boxed()
                .sorted(Comparator.comparingDouble(i -> -shapes[i]))
                .limit(MOST_CHARTS)
                .sorted()
                .toList();
    }

    ColumnChart chart(int column) {
        return ColumnChart.of(
                input.columns().get(column),
                input.text(),
                input.data().column(column),
                input.samples().column(column));
    }

    String html() {
        Html html = new Html();
        List<Integer> charted = charted();
        html.raw("<p class=\"lead\">");
        html.text(
                "Each column of the table, real beside synthetic, as shares of its values. The shape error of a column is the largest"
                        + " difference of its two distribution functions, or of levels half the sum of the differences of their shares.");
        if (charted.size() < shapes.length) {
            html.text(" Bars are drawn of the " + charted.size() + " columns that differ most.");
        }
        html.raw(" <span class=\"key data\">data</span> and <span class=\"key samples\">samples</span>.</p>\n");
        overview(html, charted);
        html.raw("<div class=\"columns\">\n");
        for (int k = 0; k < charted.size(); k++) {
            card(html, charted.get(k), k);
        }
        return html.raw("</div>\n").toString();
    }

    private void overview(Html html, List<Integer> charted) {
        html.raw("<div class=\"scroll\"><table class=\"overview\"><thead><tr><th scope=\"col\">Column</th>"
                + "<th scope=\"col\">What it is</th><th scope=\"col\">Median or most frequent, data</th><th scope=\"col\">Samples</th>"
                + "<th scope=\"col\" class=\"n\">Gaps, data</th><th scope=\"col\" class=\"n\">Samples</th>"
                + "<th scope=\"col\" class=\"n\">Shape error</th></tr></thead><tbody>\n");
        for (int i = 0; i < shapes.length; i++) {
            Column column = input.columns().get(i);
            html.raw("<tr><th scope=\"row\">");
            if (charted.contains(i)) {
                html.raw("<a href=\"#column-" + (i + 1) + "\">")
                        .text(column.name())
                        .raw("</a>");
            } else {
                html.text(column.name());
            }
            html.raw("</th>").element("td", what(column));
            html.element("td", typical(i, input.data())).element("td", typical(i, input.samples()));
            html.element("td", "n", column.gaps() ? percent(ColumnChart.gaps(input.data(), i)) : "");
            html.element("td", "n", column.gaps() ? percent(ColumnChart.gaps(input.samples(), i)) : "");
            html.element("td", "n", percent(100 * shapes[i])).raw("</tr>\n");
        }
        html.raw("</tbody></table></div>\n");
    }

    private void card(Html html, int column, int place) {
        Column what = input.columns().get(column);
        ColumnChart chart = chart(column);
        html.raw("<figure class=\"column\" id=\"column-" + (column + 1) + "\"><figcaption>")
                .text(what.name());
        html.raw(" <span>").text(what(what)).raw("</span></figcaption>\n");
        html.raw("<ul class=\"notes\">");
        note(html, "shape error " + percent(100 * shapes[column]));
        if (what.gaps()) {
            note(
                    html,
                    "gaps: " + percent(ColumnChart.gaps(input.data(), column)) + " of the data, "
                            + percent(ColumnChart.gaps(input.samples(), column)) + " of the samples");
        }
        for (ColumnChart.Atom atom : chart.atoms()) {
            note(
                    html,
                    "exactly " + atom.label() + ", not drawn: " + percent(atom.data()) + " of the data, "
                            + percent(atom.samples()) + " of the samples");
        }
        if (chart.outside() > 0) {
            note(
                    html,
                    Numbers.text(chart.outside()) + (chart.outside() == 1 ? " value" : " values") + " beyond the axis");
        }
        html.raw("</ul>");
        if (!chart.labels().isEmpty()) {
            int lines = chart.levels() ? chart.labels().size() : 0;
            html.raw("<div class=\"chart bars\"" + (lines > 0 ? " style=\"height:" + (2.6 + 1.7 * lines) + "rem\"" : "")
                            + " role=\"img\" data-chart=\"bars\" data-index=\"" + place + "\" aria-label=\"")
                    .text((chart.levels() ? "Bars of " : "Histogram of ") + what.name() + ": data and samples")
                    .raw("\"></div>");
            bars(html, chart);
        }
        html.raw("</figure>\n");
    }

    /** The numbers of the bars. */
    private static void bars(Html html, ColumnChart chart) {
        html.raw(
                "<details><summary>Numbers</summary><div class=\"scroll\"><table><thead><tr><th scope=\"col\">"
                        + (chart.levels() ? "Level" : chart.ends().isEmpty() ? "Value" : "From, to below")
                        + "</th><th scope=\"col\" class=\"n\">Data</th><th scope=\"col\" class=\"n\">Samples</th></tr></thead><tbody>\n");
        for (int k = 0; k < chart.labels().size(); k++) {
            String label = chart.labels().get(k);
            html.raw("<tr>")
                    .element(
                            "th scope=\"row\"",
                            chart.ends().isEmpty()
                                    ? label
                                    : label + ", " + chart.ends().get(k));
            html.element("td", "n", percent(chart.data()[k])).element("td", "n", percent(chart.samples()[k]));
            html.raw("</tr>\n");
        }
        html.raw("</tbody></table></div></details>");
    }

    private static void note(Html html, String text) {
        html.raw("<li>").text(text).raw("</li>");
    }

    private static String percent(double share) {
        return Double.isNaN(share) ? "" : Numbers.text(share, share >= 10 ? 3 : 2) + " %";
    }

    /** The most frequent level, or the median. */
    private String typical(int column, Points points) {
        Column what = input.columns().get(column);
        double[] sorted = Columns.finiteSorted(points, column);
        if (sorted.length == 0) {
            return "";
        }
        if (!what.kind().levelled()) {
            return input.text().of(what, Columns.quantile(sorted, 0.5));
        }
        double best = sorted[0];
        int most = 0;
        for (int from = 0, to = 0; from < sorted.length; from = to) {
            while (to < sorted.length && sorted[to] == sorted[from]) {
                to++;
            }
            if (to - from > most) {
                most = to - from;
                best = sorted[from];
            }
        }
        String level = best < what.levels().size() ? what.levels().get((int) best) : "unknown";
        return level + ", " + percent(100.0 * most / sorted.length);
    }

    private static String what(Column column) {
        String steps = column.step() > 0 ? " in steps of " + Numbers.text(column.step()) : "";
        return switch (column.kind()) {
            case REAL -> "number" + steps;
            case ANGLE -> "angle" + steps;
            case POSITIVE -> "number above 0" + steps;
            case NON_NEGATIVE -> "number from 0" + steps;
            case BOUNDED ->
                "number from " + Numbers.text(column.lower()) + " to " + Numbers.text(column.upper()) + steps;
            case INTEGER -> column.step() == 1 ? "whole number" : "number" + steps;
            case ORDERED -> column.levels().size() + " ordered levels";
            case CATEGORY ->
                "category of " + column.levels().size() + (column.levels().size() == 1 ? " level" : " levels");
            case BOOLEAN -> "yes or no";
            case DATE -> "date";
            case TIME -> "time of day";
            case DATE_TIME -> "date and time";
        };
    }
}
