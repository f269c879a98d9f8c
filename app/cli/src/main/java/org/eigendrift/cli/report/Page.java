package org.eigendrift.cli.report;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.eigendrift.api.metric.Figure;
import org.eigendrift.cli.console.Counted;
import org.eigendrift.cli.report.ReportInput.Fact;
import org.eigendrift.cli.report.ReportInput.GridTime;
import org.eigendrift.cli.report.ReportInput.LocalModel;
import org.eigendrift.cli.report.ReportInput.Spectrum;
import org.eigendrift.cli.report.ReportInput.Stage;

/** The body of the page: everything but what the script draws. */
final class Page {
    /** Rows of the tables that repeat a picture's numbers. */
    private static final int TABLE_ROWS = 40;

    private final ReportInput input;
    private final Pictures pictures;
    private final Map<String, Figure> figures = new LinkedHashMap<>();

    Page(ReportInput input, Pictures pictures) {
        this.input = input;
        this.pictures = pictures;
        for (Figure figure : input.figures()) {
            figures.put(figure.key(), figure);
        }
    }

    /** A section; {@code shortTitle} is for the navigation. */
    private record Section(String id, String shortTitle, String title, String html) {}

    String body() {
        List<Section> sections = sections();
        Html html = new Html();
        header(html);
        html.raw("<nav aria-label=\"Sections\"><ul>");
        for (Section section : sections) {
            html.raw("<li><a href=\"#" + section.id() + "\">")
                    .text(section.shortTitle())
                    .raw("</a></li>");
        }
        html.raw("</ul></nav>\n<main>\n");
        for (Section section : sections) {
            html.raw("<section id=\"" + section.id() + "\">\n").element("h2", section.title());
            html.raw(section.html()).raw("</section>\n");
        }
        return html.raw("</main>\n").toString();
    }

    private List<Section> sections() {
        List<Section> sections = new ArrayList<>();
        input.reconstructions()
                .ifPresent(r -> sections.add(new Section(
                        "reconstructions",
                        "Reconstruction",
                        "What the observation leaves open",
                        new ReconstructionSection(input, r).html())));
        if (input.image().isPresent()) {
            sections.add(new Section("images", "Images", "Images", images()));
        }
        if (pictures.numericColumns() > 1) {
            sections.add(new Section("pairs", "Pairs", "Data beside samples", pairs()));
        }
        if (!input.figures().isEmpty()) {
            sections.add(new Section("figures", "Figures", "How good it is", metricTable()));
        }
        input.calibration()
                .ifPresent(c -> sections.add(
                        new Section("calibration", "Calibration", "As sure as it says?", CalibrationSection.html(c))));
        input.particles()
                .ifPresent(p -> sections.add(
                        new Section("particles", "Particles", "How many count on the way", ParticlesSection.html(p))));
        String columns = pictures.table().map(TableSections::html).orElseGet(this::marginals);
        sections.add(new Section("marginals", "Columns", "One column at a time", columns));
        if (input.columns().size() > 2) {
            String title = pictures.table().isPresent() ? "Associations" : "Correlations";
            sections.add(new Section("correlations", title, title, correlations()));
        }
        if (input.models().size() > 1) {
            sections.add(new Section("charts", "Charts", "Local models", localModels()));
        }
        if (input.trajectories().isPresent()) {
            sections.add(new Section("trajectories", "Paths", "From noise to data", trajectories()));
        }
        input.spectrum().ifPresent(s -> sections.add(new Section("spectrum", "Spectrum", "Spectrum", spectrum(s))));
        addInnerWorkings(sections);
        return sections;
    }

    private void addInnerWorkings(List<Section> sections) {
        if (!input.grid().isEmpty()) {
            sections.add(new Section("solves", "Solves", "Linear systems along t", solves()));
        }
        if (!input.choices().isEmpty()) {
            sections.add(
                    new Section("choices", "Choices", "What was chosen, and why", DecisionList.html(input.choices())));
        }
        if (!input.timings().isEmpty()) {
            sections.add(new Section("timings", "Time", "Where the time went", timings()));
        }
        sections.add(new Section("config", "Configuration", "Resolved configuration", configuration()));
    }

    private void header(Html html) {
        html.raw("<header>\n").element("h1", input.title()).element("p", "summary", input.summary());
        for (String remark : input.remarks()) {
            html.raw("<p class=\"remark\" role=\"note\"><strong>Note</strong> ")
                    .text(remark)
                    .raw("</p>\n");
        }
        headline(html);
        List<Tile> tiles = Tile.of(figures);
        if (!tiles.isEmpty()) {
            html.raw("<ul class=\"tiles\">\n");
            for (Tile tile : tiles) {
                html.raw("<li class=\"" + style(tile.verdict().mood()) + "\">");
                html.element("span", "label", tile.label()).element("span", "value", tile.value());
                html.element("span", "words", tile.verdict().words()).raw("</li>\n");
            }
            html.raw("</ul>\n");
        }
        html.raw("</header>\n");
    }

    /** One sentence on the distances between samples and data. */
    private void headline(Html html) {
        int judged = 0;
        int good = 0;
        for (Figure figure : inGroups()) {
            if (figure.floor().isPresent() && figure.better() == Figure.Better.LESS) {
                judged++;
                good += Verdict.of(figure, figures).mood() == Verdict.Mood.GOOD ? 1 : 0;
            }
        }
        if (judged > 0) {
            String count = good == judged ? (judged == 1 ? "the one" : "all " + judged) : good + " of " + judged;
            html.element(
                    "p",
                    "headline",
                    "By " + count + (judged == 1 ? " distance" : " distances")
                            + " measured, samples are no farther from the data than real rows are.");
        }
    }

    private static String style(Verdict.Mood mood) {
        return mood.name().toLowerCase(Locale.ROOT);
    }

    private String metricTable() {
        Html html = new Html();
        html.element(
                "p",
                "lead",
                "The floor of a figure is the same figure of real rows against real rows, at the same size:"
                        + " a model cannot be told from the data where the two agree.");
        html.raw(
                "<div class=\"scroll\"><table role=\"table\" class=\"metrics\"><caption class=\"hidden\">Figures with their floors"
                        + "</caption><thead><tr><th scope=\"col\">Figure</th><th scope=\"col\" class=\"n\">Value</th>"
                        + "<th scope=\"col\" class=\"n\">Floor</th><th scope=\"col\">Verdict</th></tr></thead>\n");
        String group = "";
        for (Figure figure : inGroups()) {
            if (!figure.group().equals(group)) {
                html.raw(group.isEmpty() ? "<tbody role=\"rowgroup\">" : "</tbody><tbody role=\"rowgroup\">");
                html.raw("<tr role=\"row\" class=\"group\"><th role=\"rowheader\" scope=\"rowgroup\" colspan=\"4\">")
                        .text(figure.group().replace('_', ' '))
                        .raw("</th></tr>\n");
                group = figure.group();
            }
            metricRow(html, figure);
        }
        return html.raw("</tbody></table></div>\n").toString();
    }

    /** Figures to be shown, those that say how good the model is first. */
    private List<Figure> inGroups() {
        List<String> first = List.of("log_likelihood", "evidence_bound", "table", "samples", "energy", "importance");
        List<String> last = List.of("fit");
        List<String> groups = new ArrayList<>(first);
        input.figures().stream()
                .map(Figure::group)
                .filter(g -> !last.contains(g))
                .forEach(groups::add);
        groups.addAll(last);
        return groups.stream()
                .distinct()
                .flatMap(g -> input.figures().stream().filter(f -> f.group().equals(g)))
                .toList();
    }

    private void metricRow(Html html, Figure figure) {
        Wording wording = Wording.of(figure);
        Verdict verdict = Verdict.of(figure, figures);
        html.raw("<tr role=\"row\"><th role=\"rowheader\" scope=\"row\">").text(wording.label());
        html.raw(" <small>").text(wording.meaning()).raw("</small></th><td role=\"cell\" class=\"n\">");
        html.text(
                figure.error().isPresent()
                        ? Numbers.withError(figure.value(), figure.error().getAsDouble())
                        : Numbers.text(figure.value()));
        html.text(figure.unit().equals("%") ? " %" : "");
        html.raw("</td><td role=\"cell\" class=\"n" + (figure.floor().isEmpty() ? " absent" : "") + "\">")
                .raw(floor(figure))
                .raw("</td><td role=\"cell\">");
        if (!verdict.words().isEmpty()) {
            html.raw("<span class=\"verdict " + style(verdict.mood()) + "\">")
                    .text(verdict.words())
                    .raw("</span>");
        }
        html.raw("</td></tr>\n");
    }

    private String floor(Figure figure) {
        if (figure.floor().isEmpty()) {
            return "<span class=\"none\" aria-label=\"none\">–</span>";
        }
        String text = Html.escape(Numbers.text(figure.floor().getAsDouble()));
        return text
                + figure.interval()
                        .map(between -> " <small>"
                                + Html.escape(Numbers.text(between.low(), 3) + " to " + Numbers.text(between.high(), 3))
                                + "</small>")
                        .orElse("");
    }

    private String pairs() {
        Html html = new Html();
        List<Pictures.Pair> pairs = pictures.pairs();
        int d = pictures.numericColumns();
        String of = pictures.table().isPresent() ? "columns of numbers" : "columns";
        String which = d <= Pictures.ALL_PAIRS
                ? "Every pair of " + of + "."
                : "The " + pairs.size() + " most correlated of " + Numbers.text(d * (d - 1.0) / 2) + " pairs of " + of
                        + ".";
        html.element(
                "p",
                "lead",
                which + " " + Counted.of(pictures.shown(), "row")
                        + " of each, on the same axes, which leave out the outermost thousandth.");
        html.raw("<div class=\"pairs" + (pairs.size() == 1 ? " single" : "") + "\">\n");
        for (int k = 0; k < pairs.size(); k++) {
            String x = name(pairs.get(k).x());
            String y = name(pairs.get(k).y());
            html.raw("<figure class=\"pair\"><figcaption>")
                    .text(y)
                    .raw(" <span>against</span> ")
                    .text(x);
            html.raw("</figcaption><div class=\"twins\">");
            for (String set : List.of("data", "samples")) {
                chart(html, "pair-" + set, k, "Scatter plot of " + y + " against " + x + ", " + set);
            }
            html.raw("</div></figure>\n");
        }
        return html.raw("</div>\n").toString();
    }

    private String name(int column) {
        return input.columns().get(column).name();
    }

    /** A place for the script to draw in. */
    private static void chart(Html html, String kind, int index, String description) {
        html.raw("<div class=\"chart " + kind + "\" role=\"img\" data-chart=\"" + kind + "\" data-index=\"" + index
                        + "\" aria-label=\"")
                .text(description)
                .raw("\"></div>");
    }

    private String marginals() {
        Html html = new Html();
        List<Integer> shown = pictures.marginals();
        int d = input.columns().size();
        html.raw("<p class=\"lead\">");
        html.text(
                shown.size() == d
                        ? "Densities of each column: "
                        : "Densities of the " + shown.size() + " of " + Numbers.text(d)
                                + " columns that differ most: ");
        html.raw("<span class=\"key data\">data</span> and <span class=\"key samples\">samples</span>.</p>\n");
        html.raw("<div class=\"marginals\">\n");
        for (int k = 0; k < shown.size(); k++) {
            html.raw("<figure><figcaption>").text(name(shown.get(k)));
            int outside = pictures.columns().histogram(shown.get(k)).outside();
            if (outside > 0) {
                html.raw(" <span>")
                        .text(Numbers.text(outside) + (outside == 1 ? " value" : " values") + " beyond the axis")
                        .raw("</span>");
            }
            html.raw("</figcaption>");
            chart(html, "marginal", k, "Histogram of " + name(shown.get(k)) + ": data and samples");
            html.raw("</figure>\n");
        }
        html.raw("</div>\n");
        marginalTable(html, shown);
        return html.toString();
    }

    private void marginalTable(Html html, List<Integer> shown) {
        html.raw("<details><summary>Numbers</summary><div class=\"scroll\"><table><thead><tr>"
                + "<th scope=\"col\">Column</th><th scope=\"col\">Set</th>");
        double[] levels = {0.05, 0.25, 0.5, 0.75, 0.95};
        for (double level : levels) {
            html.element("th scope=\"col\" class=\"n\"", Math.round(100 * level) + " %");
        }
        html.raw("</tr></thead><tbody>\n");
        for (int column : shown) {
            for (boolean ofData : new boolean[] {true, false}) {
                double[] sorted = Columns.finiteSorted(ofData ? input.data() : input.samples(), column);
                html.raw("<tr>").element("th scope=\"row\"", name(column)).element("td", ofData ? "data" : "samples");
                for (double level : levels) {
                    html.element("td", "n", Numbers.text(Columns.quantile(sorted, level)));
                }
                html.raw("</tr>\n");
            }
        }
        html.raw("</tbody></table></div></details>\n");
    }

    private String correlations() {
        Html html = new Html();
        int d = input.columns().size();
        if (d <= Pictures.MATRIX_COLUMNS) {
            html.element("p", "lead", every() + " The difference is samples minus data.");
            html.raw("<div class=\"matrices\">\n");
            for (String set : List.of("data", "samples", "difference")) {
                html.raw("<figure>")
                        .element("figcaption", set.substring(0, 1).toUpperCase(Locale.ROOT) + set.substring(1));
                chart(html, "correlation-" + set, 0, "Correlation matrix, " + set);
                html.raw("</figure>\n");
            }
        } else {
            html.element(
                    "p",
                    "lead",
                    "Each dot is a pair of columns, among samples against among data. " + every()
                            + (d > Pictures.CORRELATED_COLUMNS
                                    ? " Among " + Pictures.CORRELATED_COLUMNS + " evenly spaced columns."
                                    : ""));
            html.raw("<div class=\"wide\">\n");
            chart(html, "correlation-pairs", 0, "Correlations among samples against correlations among data");
        }
        html.raw("</div>\n");
        correlationTable(html);
        return html.toString();
    }

    private String every() {
        return pictures.table().isPresent()
                ? "How strongly every pair of columns hangs together: the correlation of two columns of numbers, the correlation"
                        + " ratio of numbers given levels, Cramér’s V of two columns of levels; 0 is independence."
                : "Correlation of every pair of columns.";
    }

    private void correlationTable(Html html) {
        List<Pictures.Correlated> pairs = pictures.mostDifferentPairs(TABLE_ROWS);
        html.raw("<details><summary>The " + pairs.size()
                + " pairs that differ most</summary><div class=\"scroll\"><table>"
                + "<thead><tr><th scope=\"col\">Columns</th><th scope=\"col\" class=\"n\">Data</th>"
                + "<th scope=\"col\" class=\"n\">Samples</th></tr></thead><tbody>\n");
        for (Pictures.Correlated one : pairs) {
            html.raw("<tr>")
                    .element(
                            "th scope=\"row\"",
                            name(one.pair().x()) + ", " + name(one.pair().y()));
            html.element("td", "n", Numbers.text(one.data(), 2)).element("td", "n", Numbers.text(one.samples(), 2));
            html.raw("</tr>\n");
        }
        html.raw("</tbody></table></div></details>\n");
    }

    private String localModels() {
        Html html = new Html();
        html.element(
                "p",
                "lead",
                "The density is a mixture of " + input.models().size() + " local models, each fitted to the rows of its"
                        + " chart in coordinates of its own.");
        html.raw("<div class=\"scroll\"><table><thead><tr><th scope=\"col\" class=\"n\">Chart</th>"
                + "<th scope=\"col\" class=\"n\">Weight</th><th scope=\"col\" class=\"n\">Rows</th>"
                + "<th scope=\"col\" class=\"n\">Functions</th><th scope=\"col\" class=\"n\">t<sub>min</sub></th>"
                + "</tr></thead><tbody>\n");
        for (int k = 0; k < input.models().size(); k++) {
            LocalModel model = input.models().get(k);
            html.raw("<tr>").element("th scope=\"row\" class=\"n\"", Integer.toString(k + 1));
            html.element("td", "n", Numbers.text(model.weight(), 3));
            html.element("td", "n", Numbers.text(model.rows()));
            html.element("td", "n", Numbers.text(model.functions()));
            html.element("td", "n", Numbers.text(model.earliest(), 3)).raw("</tr>\n");
        }
        return html.raw("</tbody></table></div>\n").toString();
    }

    /** Says which of several local models a section is about. */
    private void ofTheHeaviest(Html html) {
        List<LocalModel> models = input.models();
        if (models.size() > 1) {
            int heaviest = 0;
            for (int k = 1; k < models.size(); k++) {
                heaviest = models.get(k).weight() > models.get(heaviest).weight() ? k : heaviest;
            }
            html.element(
                    "p",
                    "lead",
                    "Of chart " + (heaviest + 1) + ", the heaviest of " + models.size() + " with weight "
                            + Numbers.text(models.get(heaviest).weight(), 3) + ".");
        }
    }

    private String trajectories() {
        Html html = new Html();
        ofTheHeaviest(html);
        html.element(
                "p",
                "lead",
                "Paths of a few particles from the stationary law (hollow) to where they end (filled), over the data.");
        chart(html, "trajectories", 0, "Paths of particles from the stationary law to the data");
        return html.toString();
    }

    private String images() {
        Html html = new Html();
        html.raw("<div class=\"images\">\n");
        for (String set : List.of("data", "samples")) {
            html.raw("<figure>").element("figcaption", set.substring(0, 1).toUpperCase(Locale.ROOT) + set.substring(1));
            html.raw("<canvas class=\"chart pixels\" role=\"img\" data-chart=\"images-" + set
                    + "\" data-index=\"0\" aria-label=\"Images, " + set + "\"></canvas></figure>\n");
        }
        return html.raw("</div>\n").toString();
    }

    private String spectrum(Spectrum spectrum) {
        Html html = new Html();
        int size = spectrum.moments().length;
        int significant = 0;
        for (double moment : spectrum.moments()) {
            significant += Math.abs(moment) > spectrum.threshold() ? 1 : 0;
        }
        String lead =
                "Moments |m| of " + Numbers.text(size) + " basis functions under the data, against their eigenvalues λ:"
                        + " the further left and up, the longer a function shapes the density.";
        if (!Double.isNaN(spectrum.threshold())) {
            lead += " " + Numbers.text(significant) + " stand above the dashed line at "
                    + Numbers.text(spectrum.threshold(), 2)
                    + ", three standard errors of a function that does not shape the density: one in 370 passes it by"
                    + " chance.";
        }
        ofTheHeaviest(html);
        html.element("p", "lead", lead);
        chart(html, "spectrum", 0, "Absolute moments against eigenvalues, both logarithmic");
        List<Integer> largest = Pictures.largest(spectrum, TABLE_ROWS);
        html.raw(
                "<details><summary>The " + largest.size() + " largest</summary><div class=\"scroll\"><table><thead><tr>"
                        + "<th scope=\"col\">Function</th><th scope=\"col\" class=\"n\">Coordinates</th>"
                        + "<th scope=\"col\" class=\"n\">λ</th><th scope=\"col\" class=\"n\">|m|</th></tr></thead><tbody>\n");
        for (int k : largest) {
            html.raw("<tr>").element("th scope=\"row\"", spectrum.labels().get(k));
            html.element("td", "n", Integer.toString(spectrum.orders()[k]));
            html.element("td", "n", Numbers.text(spectrum.eigenvalues()[k]));
            html.element("td", "n", Numbers.text(Math.abs(spectrum.moments()[k])))
                    .raw("</tr>\n");
        }
        return html.raw("</tbody></table></div></details>\n").toString();
    }

    private String solves() {
        Html html = new Html();
        ofTheHeaviest(html);
        html.element(
                "p",
                "lead",
                "One linear system for each time t of the grid: data on the left, noise on the right. The matrix is"
                        + " harder to solve the nearer t is to 0; the residual says how well it was solved.");
        html.raw("<div class=\"solves\">\n");
        boolean iterative = input.grid().stream().anyMatch(g -> g.iterations() > 0);
        solveChart(html, "condition", "Condition number");
        solveChart(html, "residual", "Relative residual");
        if (iterative) {
            solveChart(html, "iterations", "Iterations");
        }
        html.raw("</div>\n<details><summary>Numbers</summary><div class=\"scroll\"><table><thead><tr>"
                + "<th scope=\"col\" class=\"n\">t</th><th scope=\"col\" class=\"n\">Condition</th>"
                + "<th scope=\"col\" class=\"n\">Residual</th><th scope=\"col\" class=\"n\">Iterations</th>"
                + "</tr></thead><tbody>\n");
        List<GridTime> grid = input.grid().stream()
                .sorted(java.util.Comparator.comparingDouble(GridTime::time))
                .toList();
        int stride = Math.max(1, grid.size() / TABLE_ROWS);
        for (int k = 0; k < grid.size(); k += stride) {
            GridTime g = grid.get(k);
            html.raw("<tr>").element("td", "n", Numbers.text(g.time())).element("td", "n", Numbers.text(g.condition()));
            html.element("td", "n", Numbers.text(g.residual()));
            html.element("td", "n", g.iterations() == 0 ? "direct" : Integer.toString(g.iterations()))
                    .raw("</tr>\n");
        }
        return html.raw("</tbody></table></div></details>\n").toString();
    }

    private static void solveChart(Html html, String kind, String title) {
        html.raw("<figure>").element("figcaption", title);
        chart(html, kind, 0, title + " against time t");
        html.raw("</figure>\n");
    }

    private String timings() {
        double total = input.timings().stream().mapToDouble(Stage::seconds).sum();
        Html html = new Html();
        html.raw(
                "<table class=\"timings\"><caption class=\"hidden\">Wall time by stage</caption><thead class=\"hidden\">"
                        + "<tr><th scope=\"col\">Stage</th><th scope=\"col\">Seconds</th><th>Share</th></tr></thead><tbody>\n");
        for (Stage stage : input.timings()) {
            double share = total > 0 ? 100 * stage.seconds() / total : 0;
            html.raw("<tr>").element("th scope=\"row\"", stage.name());
            html.element("td", "n", Numbers.seconds(stage.seconds()));
            html.raw(String.format(
                    Locale.ROOT, "<td class=\"bar\"><span style=\"width:%.1f%%\"></span></td></tr>%n", share));
        }
        html.raw("</tbody><tfoot><tr>").element("th scope=\"row\"", "Together");
        return html.element("td", "n", Numbers.seconds(total))
                .raw("<td></td></tr></tfoot></table>\n")
                .toString();
    }

    private String configuration() {
        Html html = new Html();
        if (!input.facts().isEmpty()) {
            html.raw("<dl class=\"facts\">\n");
            for (Fact fact : input.facts()) {
                html.raw("<div>")
                        .element("dt", fact.label())
                        .element("dd", fact.value())
                        .raw("</div>");
            }
            html.raw("</dl>\n");
        }
        return html.raw("<pre tabindex=\"0\"><code>")
                .text(input.config())
                .raw("</code></pre>\n")
                .toString();
    }

    /** One of the few figures that stand at the top. */
    private record Tile(String label, String value, Verdict verdict) {

        /** The first ones of this list that there are. */
        private static final List<String> KEYS = List.of(
                "log_likelihood.heldout",
                "log_likelihood.heldout_gap",
                "table.shape",
                "table.trend",
                "table.dcr_share",
                "samples.sliced_wasserstein",
                "samples.second_moment_relative_error",
                "energy.w1",
                "evidence_bound.heldout",
                "samples.mmd");

        private static final int MOST = 4;

        static List<Tile> of(Map<String, Figure> figures) {
            List<Tile> tiles = new ArrayList<>();
            for (String key : KEYS) {
                Optional.ofNullable(figures.get(key))
                        .filter(f -> tiles.size() < MOST)
                        .ifPresent(f -> tiles.add(tile(f, figures)));
            }
            return tiles;
        }

        private static Tile tile(Figure figure, Map<String, Figure> figures) {
            boolean nats = figure.unit().equals("nats");
            return new Tile(
                    Wording.of(figure).label(),
                    Numbers.text(figure.value(), nats ? 4 : 3) + (figure.unit().isEmpty() ? "" : " " + figure.unit()),
                    Verdict.of(figure, figures));
        }
    }
}
