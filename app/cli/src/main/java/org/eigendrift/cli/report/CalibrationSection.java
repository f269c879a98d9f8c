package org.eigendrift.cli.report;

import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;
import org.eigendrift.engine.comparison.Calibration;

/** Ranks of held-out rows among draws, and how often dense regions hold the truth. */
final class CalibrationSection {
    /** Columns whose ranks are drawn: those whose ranks are farthest from uniform ones. */
    private static final int SHOWN = 12;

    private static final int BINS = 10;
    private static final int WIDTH = 300;
    private static final int HEIGHT = 150;

    /** Of a normal law, the hundredth part on both sides together. */
    private static final double NINETY_NINE = 2.576;

    private static final int[] CONTENTS = {10, 20, 30, 40, 50, 60, 70, 80, 90, 95};

    private CalibrationSection() {}

    static String html(ReportInput.Calibration calibration) {
        Calibration counts = calibration.counts();
        int rows = counts.levels().length;
        Html html = new Html();
        html.element(
                "p",
                "lead",
                "Each of " + Numbers.text(rows) + " held-out rows among draws of the modelled columns given the others."
                        + " Where the law is right, the truth has every rank equally often, and the bars are even up to chance"
                        + " (the band, 99 %). A hill in the middle: too wide; high ends: too sure; a slope: off to one side.");
        List<Integer> shown = IntStream.range(0, counts.ranks().length)
                .boxed()
                .sorted(Comparator.comparingDouble(i -> -Calibration.distance(counts.ranks()[i])))
                .limit(SHOWN)
                .sorted()
                .toList();
        html.raw("<div class=\"marginals\">\n");
        for (int i : shown) {
            html.raw("<figure><figcaption>")
                    .text(calibration.columns().get(i))
                    .raw("</figcaption>")
                    .raw(histogram(calibration.columns().get(i), counts.ranks()[i]))
                    .raw("</figure>\n");
        }
        html.raw("<figure><figcaption>All <span>truth within the densest part</span></figcaption>")
                .raw(coverage(counts))
                .raw("</figure>\n</div>\n");
        table(html, counts);
        return html.toString();
    }

    /** How many ranks fall into each of some bins. */
    static int[] bins(double[] ranks) {
        int[] bins = new int[BINS];
        for (double rank : ranks) {
            bins[(int) (rank * BINS)]++;
        }
        return bins;
    }

    private static String histogram(String name, double[] ranks) {
        int[] bins = bins(ranks);
        double even = (double) ranks.length / BINS;
        double reach = NINETY_NINE * Math.sqrt(even * (1 - 1.0 / BINS));
        double most = even + reach;
        for (int bin : bins) {
            most = Math.max(most, bin);
        }
        StringBuilder svg = begin("Histogram of ranks of " + name + " in " + BINS + " bins");
        double scale = HEIGHT / most;
        double top = Math.min(HEIGHT, scale * (even + reach));
        double low = Math.max(0, scale * (even - reach));
        rectangle(svg, 0, HEIGHT - top, WIDTH, top - low, "var(--faint)");
        double width = (double) WIDTH / BINS;
        for (int b = 0; b < BINS; b++) {
            rectangle(svg, b * width + 1, HEIGHT - scale * bins[b], width - 2, scale * bins[b], "var(--samples)");
        }
        return svg.append("</svg>").toString();
    }

    private static String coverage(Calibration counts) {
        StringBuilder svg = begin("Share of rows within the densest part, against its content");
        svg.append(line(0, HEIGHT, WIDTH, 0, "var(--muted)"));
        StringBuilder points = new StringBuilder();
        for (int k = 0; k <= 50; k++) {
            double content = k / 50.0;
            points.append(
                    String.format(Locale.ROOT, "%.1f,%.1f ", content * WIDTH, HEIGHT * (1 - counts.covered(content))));
        }
        svg.append("<polyline fill=\"none\" stroke=\"var(--samples)\" stroke-width=\"2\" points=\"")
                .append(points.toString().trim())
                .append("\"/>");
        return svg.append("</svg>").toString();
    }

    private static StringBuilder begin(String description) {
        return new StringBuilder("<svg class=\"chart\" role=\"img\" viewBox=\"0 0 " + WIDTH + " " + HEIGHT
                + "\" preserveAspectRatio=\"none\" aria-label=\"" + Html.escape(description) + "\">");
    }

    private static void rectangle(StringBuilder svg, double x, double y, double width, double height, String fill) {
        svg.append(String.format(
                Locale.ROOT,
                "<rect x=\"%.1f\" y=\"%.1f\" width=\"%.1f\" height=\"%.1f\" fill=\"%s\"/>",
                x,
                y,
                width,
                height,
                fill));
    }

    private static String line(double x1, double y1, double x2, double y2, String stroke) {
        return String.format(
                Locale.ROOT,
                "<line x1=\"%.1f\" y1=\"%.1f\" x2=\"%.1f\" y2=\"%.1f\" stroke=\"%s\"/>",
                x1,
                y1,
                x2,
                y2,
                stroke);
    }

    private static void table(Html html, Calibration counts) {
        html.raw("<details><summary>Numbers</summary><div class=\"scroll\"><table><thead><tr>"
                + "<th scope=\"col\" class=\"n\">Densest part</th><th scope=\"col\" class=\"n\">holds the truth</th>"
                + "</tr></thead><tbody>\n");
        for (int content : CONTENTS) {
            html.raw("<tr>").element("th scope=\"row\" class=\"n\"", content + " %");
            html.element("td", "n", Numbers.text(100 * counts.covered(content / 100.0), 3) + " %")
                    .raw("</tr>\n");
        }
        html.raw("</tbody></table></div></details>\n");
    }
}
