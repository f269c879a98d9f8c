package org.eigendrift.cli.report;

import java.util.List;
import org.eigendrift.api.law.Decision;

/** What was chosen, among what, by how much and how sure. */
final class DecisionList {
    private DecisionList() {}

    static String html(List<Decision> decisions) {
        Html html = new Html();
        html.raw("<ol class=\"choices\">\n");
        for (Decision decision : decisions) {
            html.raw("<li>").text(decision.line());
            if (!decision.alternatives().isEmpty()) {
                alternatives(html, decision.alternatives());
            }
            html.raw("</li>\n");
        }
        return html.raw("</ol>\n").toString();
    }

    private static void alternatives(Html html, List<Decision.Alternative> alternatives) {
        html.raw("<details><summary>").text("among " + alternatives.size());
        html.raw("</summary><div class=\"scroll\"><table><thead><tr><th scope=\"col\">Alternative</th>"
                + "<th scope=\"col\" class=\"n\">Score</th><th scope=\"col\"></th></tr></thead><tbody>\n");
        for (Decision.Alternative alternative : alternatives) {
            html.raw("<tr>").element("th scope=\"row\"", alternative.name());
            html.element("td", "n", score(alternative));
            html.element("td", alternative.remark()).raw("</tr>\n");
        }
        html.raw("</tbody></table></div></details>");
    }

    private static String score(Decision.Alternative alternative) {
        if (alternative.score().isEmpty()) {
            return "";
        }
        double score = alternative.score().getAsDouble();
        double error = alternative.error().orElse(0);
        return Numbers.withError(score, error);
    }
}
