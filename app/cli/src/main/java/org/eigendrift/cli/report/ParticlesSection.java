package org.eigendrift.cli.report;

import java.util.Locale;
import org.eigendrift.api.guidance.Particles;

/** The effective sample size of guided particles along their times. */
final class ParticlesSection {
    private static final int WIDTH = 640;
    private static final int HEIGHT = 160;

    /** Times that the table has. */
    private static final int ROWS = 20;

    private ParticlesSection() {}

    static String html(Particles particles) {
        Html html = new Html();
        html.element(
                "p",
                "lead",
                "From noise (left) to data (right), step by step, how many of " + Numbers.text(particles.moved())
                        + " particles count: where the line falls, few of them go where guidance leads, and where it leaps up again"
                        + " they were drawn anew by their weights. In the end " + Numbers.text(particles.ancestors())
                        + " of the first ones have descendants.");
        html.raw(curve(particles));
        table(html, particles);
        return html.toString();
    }

    /** Corners of the line in the picture, the first step at the left and all particles at the top. */
    static String corners(double[] effective, int moved) {
        StringBuilder corners = new StringBuilder();
        int last = Math.max(1, effective.length - 1);
        for (int i = 0; i < effective.length; i++) {
            corners.append(String.format(
                    Locale.ROOT, "%.1f,%.1f ", (double) i / last * WIDTH, HEIGHT * (1 - effective[i] / moved)));
        }
        return corners.toString().trim();
    }

    private static String curve(Particles particles) {
        return "<svg class=\"chart\" role=\"img\" viewBox=\"0 0 " + WIDTH + " " + HEIGHT
                + "\" preserveAspectRatio=\"none\" aria-label=\"Effective sample size at each step, 0 to "
                + particles.moved()
                + "\"><polyline fill=\"none\" stroke=\"var(--samples)\" stroke-width=\"2\" points=\""
                + corners(particles.effective(), particles.moved()) + "\"/></svg>";
    }

    private static void table(Html html, Particles particles) {
        html.raw("<details><summary>Numbers</summary><div class=\"scroll\"><table><thead><tr>"
                + "<th scope=\"col\" class=\"n\">Time</th><th scope=\"col\" class=\"n\">effective sample size</th>"
                + "</tr></thead><tbody>\n");
        int count = particles.times().length;
        int stride = Math.max(1, count / ROWS);
        for (int i = 0; i < count; i += stride) {
            html.raw("<tr>")
                    .element(
                            "th scope=\"row\" class=\"n\"",
                            Numbers.text(particles.times()[i], 3));
            html.element("td", "n", Numbers.text(particles.effective()[i], 4)).raw("</tr>\n");
        }
        html.raw("</tbody></table></div></details>\n");
    }
}
