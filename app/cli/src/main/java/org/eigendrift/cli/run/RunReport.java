package org.eigendrift.cli.run;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import org.eigendrift.api.Points;
import org.eigendrift.api.column.ColumnType;
import org.eigendrift.api.data.Column;
import org.eigendrift.api.data.InMemory;
import org.eigendrift.api.law.Flowing;
import org.eigendrift.api.law.Law;
import org.eigendrift.api.metric.Evaluation.Split;
import org.eigendrift.api.metric.Figure;
import org.eigendrift.api.metric.Posteriors;
import org.eigendrift.api.plugin.Chosen;
import org.eigendrift.cli.config.Configuration;
import org.eigendrift.cli.config.GuidanceSettings;
import org.eigendrift.cli.console.Counted;
import org.eigendrift.cli.report.ReportInput;
import org.eigendrift.engine.comparison.Calibration;
import org.eigendrift.engine.report.FitReport;
import org.eigendrift.engine.report.Fitted;
import org.eigendrift.engine.report.SolvedTime;
import org.eigendrift.engine.report.Spectrum;

/** Gathers what the report tells. */
final class RunReport {
    /** The mean of an orthonormal function over n rows that the stationary law gave has standard error 1 / sqrt(n). */
    private static final double STANDARD_ERRORS = 3;

    /** Rows of a table that are counted, those of its metrics' defaults. */
    private static final int MOST_ROWS = 100_000;

    private final Configuration configuration;
    private final Setting setting;
    private final Optional<Law> fitted;
    private final Optional<ReportInput.ImageLayout> image;

    RunReport(
            Configuration configuration,
            Setting setting,
            Optional<Law> fitted,
            Optional<ReportInput.ImageLayout> image) {
        this.configuration = configuration;
        this.setting = setting;
        this.fitted = fitted;
        this.image = image;
    }

    ReportInput input(
            RunEvaluation evaluation,
            Law law,
            GuidedDrawing.Guided guided,
            Optional<Reconstructing> rows,
            Optional<Drawing.Trajectory> paths,
            List<Figure> figures,
            Map<String, Double> seconds,
            List<String> remarks,
            String config) {
        Drawing.Drawn drawn = guided.drawn();
        Points data = data(evaluation, law, drawn);
        Optional<Fitted> parts = fitted.flatMap(RunReport::parts);
        return new ReportInput(
                configuration.target().name(),
                summary(drawn),
                facts(),
                law.columns(),
                ReportInput.CellText.of(setting.services().all(ColumnType.class)),
                data,
                drawn.points(),
                figures,
                parts.flatMap(Fitted::spectrum).map(RunReport::spectrum),
                parts.map(m -> grid(m.report())).orElse(List.of()),
                fitted.map(own -> own.provenance().decisions()).orElse(List.of()),
                timings(seconds),
                remarks,
                config,
                paths.map(p -> new ReportInput.Trajectories(p.times(), p.states())),
                image,
                parts.map(RunReport::charts).orElse(List.of()),
                evaluation.posteriorsSeen().map(seen -> calibration(law, seen)),
                guided.particles(),
                rows.map(Reconstructing::told));
    }

    private static ReportInput.Calibration calibration(Law law, Posteriors seen) {
        List<String> names = IntStream.of(seen.columns())
                .mapToObj(i -> law.columns().get(i).name())
                .toList();
        return new ReportInput.Calibration(names, Calibration.of(seen));
    }

    /** Of tables all rows are counted, as their figures count them. */
    private static Points data(RunEvaluation evaluation, Law law, Drawing.Drawn drawn) {
        return law.columns().stream().allMatch(Column::smooth)
                ? evaluation
                        .rows(Split.TRAIN)
                        .orElseGet(() -> Points.zeros(drawn.points().dim(), 0))
                : InMemory.read(evaluation.target().train(), MOST_ROWS);
    }

    private static Optional<Fitted> parts(Law law) {
        return law instanceof Fitted parts && !parts.charts().isEmpty() ? Optional.of(parts) : Optional.empty();
    }

    private static List<ReportInput.LocalModel> charts(Fitted law) {
        return law.charts().stream()
                .map(c -> new ReportInput.LocalModel(c.weight(), c.rows(), c.functions(), c.start()))
                .toList();
    }

    private String summary(Drawing.Drawn drawn) {
        boolean sampled = fitted.map(Flowing.class::isInstance).orElse(true);
        String samples = sampled
                ? String.format(
                        Locale.ROOT,
                        "%s %s, %s each",
                        Counted.of(drawn.points().size(), "sample"),
                        way(),
                        Counted.of(drawn.outcome().evaluations(), "evaluation"))
                : Counted.of(drawn.points().size(), "sample");
        return fitted.map(law -> String.format(
                        Locale.ROOT,
                        "%s fitted to %s of %s%s; %s.",
                        FitFacts.of(law).words(law.provenance().kind()),
                        Counted.of(law.provenance().rows(), "row"),
                        Counted.of(law.columns().size(), "column"),
                        parts(law).map(Fitted::besideFlows).orElse(""),
                        samples))
                .orElse(samples + ", from the target's exact score.");
    }

    /** How samples were drawn. */
    private String way() {
        GuidanceSettings guidance = configuration.guidance();
        String way = guidance.corrector()
                .map(chosen -> "by the particles of " + chosen.name())
                .or(() -> configuration.sampler().map(chosen -> "by " + chosen.name()))
                .orElse("in the law's own way, with control of each sample's error");
        return guidance.guided()
                ? way + ", guided by "
                        + String.join(
                                " and ",
                                guidance.guidance().stream().map(Chosen::name).toList())
                : way;
    }

    private List<ReportInput.Fact> facts() {
        Map<String, String> facts = new LinkedHashMap<>(setting.versions());
        facts.put("seed", Long.toString(configuration.sample().seed()));
        facts.put("threads", Integer.toString(setting.threads()));
        List<ReportInput.Fact> list = new ArrayList<>();
        facts.forEach((label, value) -> list.add(new ReportInput.Fact(label, value)));
        return list;
    }

    private static List<ReportInput.Stage> timings(Map<String, Double> seconds) {
        List<ReportInput.Stage> stages = new ArrayList<>();
        seconds.forEach((name, time) -> stages.add(new ReportInput.Stage(name, time)));
        return stages;
    }

    private static List<ReportInput.GridTime> grid(FitReport report) {
        List<ReportInput.GridTime> grid = new ArrayList<>();
        for (SolvedTime solve : report.solves()) {
            grid.add(new ReportInput.GridTime(solve.time(), solve.condition(), solve.residual(), solve.iterations()));
        }
        return grid;
    }

    private static ReportInput.Spectrum spectrum(Spectrum of) {
        return new ReportInput.Spectrum(
                of.labels(), of.orders(), of.rates(), of.means(), STANDARD_ERRORS / Math.sqrt(of.rows()));
    }
}
