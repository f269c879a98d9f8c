package org.eigendrift.cli.run;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.StringJoiner;
import org.eigendrift.api.Points;
import org.eigendrift.api.metric.Evaluation.Split;
import org.eigendrift.api.metric.Figure;
import org.eigendrift.cli.config.Configuration;
import org.eigendrift.cli.report.ReportInput;
import org.eigendrift.engine.FitReport;
import org.eigendrift.engine.FittedModel;
import org.eigendrift.engine.assembly.TimeSolver;
import org.eigendrift.engine.atlas.Atlas;
import org.eigendrift.engine.basis.Cluster;
import org.eigendrift.engine.basis.ProductBasis;

/** Gathers what the report tells. */
final class RunReport {
    /** A function of the basis is named by its columns and degrees: {@code x1:3 x2:1}. */
    private static final String DEGREE = ":";

    /** The mean of an orthonormal function over n rows that the stationary law gave has standard error 1 / sqrt(n). */
    private static final double STANDARD_ERRORS = 3;

    private final Configuration configuration;
    private final Setting setting;
    private final Optional<Atlas> fitted;
    private final Optional<ReportInput.ImageLayout> image;

    RunReport(
            Configuration configuration,
            Setting setting,
            Optional<Atlas> fitted,
            Optional<ReportInput.ImageLayout> image) {
        this.configuration = configuration;
        this.setting = setting;
        this.fitted = fitted;
        this.image = image;
    }

    ReportInput input(
            RunEvaluation evaluation,
            DensityModel model,
            Drawing.Drawn drawn,
            Drawing.Trajectory paths,
            List<Figure> figures,
            Map<String, Double> seconds,
            List<String> remarks,
            String config) {
        Points data = evaluation
                .rows(Split.TRAIN)
                .orElseGet(() -> Points.zeros(drawn.points().dim(), 0));
        return new ReportInput(
                configuration.target().name(),
                summary(drawn),
                facts(),
                model.columns(),
                data,
                drawn.points(),
                figures,
                fitted.map(m -> spectrum(m.heaviest().model())),
                fitted.map(m -> grid(m.report())).orElse(List.of()),
                fitted.map(m -> m.report().choices()).orElse(List.of()),
                timings(seconds),
                remarks,
                config,
                Optional.of(new ReportInput.Trajectories(paths.times(), paths.states())),
                image,
                fitted.map(RunReport::charts).orElse(List.of()));
    }

    private static List<ReportInput.LocalModel> charts(Atlas model) {
        List<ReportInput.LocalModel> charts = new ArrayList<>();
        for (Atlas.Chart chart : model.charts()) {
            charts.add(new ReportInput.LocalModel(
                    chart.weight(),
                    chart.model().report().rows(),
                    chart.model().report().basisSize(),
                    chart.model().path().end()));
        }
        return charts;
    }

    private String summary(Drawing.Drawn drawn) {
        String samples = String.format(
                Locale.ROOT,
                "%,d samples by %s, %d evaluations each",
                drawn.points().size(),
                configuration.sampler().name(),
                drawn.outcome().evaluations());
        return fitted.map(model -> String.format(
                        Locale.ROOT,
                        "%,d functions%s fitted to %,d rows of %d columns%s; %s.",
                        model.report().basisSize(),
                        model.charts().size() > 1 ? " in " + model.charts().size() + " charts" : "",
                        model.rows(),
                        model.columns().size(),
                        model.gibbs().map(RunReport::gibbs).orElse(""),
                        samples))
                .orElse(samples + ", from the target's exact score.");
    }

    private static String gibbs(Atlas.Gibbs gibbs) {
        return String.format(
                Locale.ROOT,
                ", and a Gibbs density of %,d functions, %s",
                gibbs.model().basis().size(),
                gibbs.weight() == 1
                        ? "which takes the flow's place"
                        : Math.round(100 * gibbs.weight()) + " % of the law");
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
        for (TimeSolver.Solve solve : report.solves()) {
            grid.add(new ReportInput.GridTime(solve.time(), solve.condition(), solve.residual(), solve.iterations()));
        }
        return grid;
    }

    private static ReportInput.Spectrum spectrum(FittedModel model) {
        ProductBasis basis = model.basis();
        List<String> labels = new ArrayList<>();
        int[] orders = new int[basis.size()];
        double[] eigenvalues = new double[basis.size()];
        for (Cluster cluster : basis.clusters()) {
            for (int index = 0; index < cluster.size(); index++) {
                int function = labels.size();
                orders[function] = cluster.order();
                eigenvalues[function] = basis.rate(function);
                labels.add(label(model, cluster, cluster.position(index)));
            }
        }
        double threshold = STANDARD_ERRORS / Math.sqrt(model.report().rows());
        return new ReportInput.Spectrum(
                labels, orders, eigenvalues, model.table().functionMeans(basis), threshold);
    }

    private static String label(FittedModel model, Cluster cluster, int position) {
        StringJoiner label = new StringJoiner(" ");
        for (int axis = 0; axis < cluster.order(); axis++) {
            String column =
                    model.frames().columns().get(cluster.coordinate(axis)).name();
            label.add(column + DEGREE + cluster.functionAt(position, axis));
        }
        return label.toString();
    }
}
