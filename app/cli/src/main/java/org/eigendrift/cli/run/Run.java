package org.eigendrift.cli.run;

import jakarta.inject.Inject;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.eigendrift.api.InputException;
import org.eigendrift.api.Points;
import org.eigendrift.api.Progress;
import org.eigendrift.api.RunContext;
import org.eigendrift.api.metric.Figure;
import org.eigendrift.api.metric.Metric;
import org.eigendrift.api.output.PointWriter;
import org.eigendrift.api.sampler.Sampler;
import org.eigendrift.api.score.AffineProcess;
import org.eigendrift.api.score.ScoreModel;
import org.eigendrift.api.target.Target;
import org.eigendrift.cli.config.Configuration;
import org.eigendrift.cli.config.ResolvedFile;
import org.eigendrift.cli.report.AboveExact;
import org.eigendrift.cli.report.HtmlReport;
import org.eigendrift.cli.report.ReportInput;
import org.eigendrift.engine.FitReport;
import org.eigendrift.engine.atlas.Atlas;
import org.eigendrift.engine.file.ModelFile;
import org.eigendrift.engine.settings.Density;
import org.eigendrift.engine.settings.FitSettings;

/** Everything: fit, samples, figures, report. Each file is kept as soon as it is complete. */
public final class Run {
    /** Particles whose paths the report draws. */
    private static final int PATHS = 32;

    /** The sampler whose samples follow the flow of which likelihoods are computed, up to its steps' error. */
    private static final String FLOW = "pf-ode";

    private final Configuration configuration;
    private final RunContext context;
    private final Setting setting;
    private final Target target;
    private final Fitting fitting;
    private final Sampler sampler;
    private final List<Metric> metrics;
    private final PointWriter writer;
    private final ResultDirectory results;

    @Inject
    Run(
            Configuration configuration,
            RunContext context,
            Setting setting,
            Target target,
            Fitting fitting,
            Sampler sampler,
            List<Metric> metrics,
            PointWriter writer,
            ResultDirectory results) {
        this.configuration = configuration;
        this.context = context;
        this.setting = setting;
        this.target = target;
        this.fitting = fitting;
        this.sampler = sampler;
        this.metrics = metrics;
        this.writer = writer;
        this.results = results;
    }

    /** Runs. */
    public void execute() {
        Optional<ReportInput.ImageLayout> image = Located.in(configuration.places(), "output.image", this::image);
        Located.anywhere(configuration.places(), this::checkFlows);
        Optional<Atlas> fitted = fit();
        Configuration resolved =
                fitted.map(m -> configuration.withFit(resolved(m))).orElse(configuration);
        String config = writeConfiguration(resolved);
        DensityModel model = fitted.<DensityModel>map(DensityModel.Fitted::new).orElseGet(this::exact);
        Drawing drawing = new Drawing(model, sampler, context);
        Drawing.Drawn drawn = Located.anywhere(configuration.places(), () -> drawing.draw(configuration.sample()));
        writeSamples(model, drawn);

        Map<String, Double> seconds = new LinkedHashMap<>();
        fitted.ifPresent(m -> seconds.putAll(m.report().seconds()));
        seconds.put("sample", drawn.seconds());
        long begin = System.nanoTime();
        RunEvaluation evaluation = new RunEvaluation(model, target, drawn.points(), flow(fitted), context);
        List<Figure> figures = evaluate(evaluation, fitted, drawn);
        seconds.put("evaluate", (System.nanoTime() - begin) * 1e-9);
        List<String> remarks = new ArrayList<>(evaluation.remarks());
        AboveExact.of(figures).ifPresent(remarks::add);
        writeText(
                "metrics.json",
                new MetricsFile(figures, fitted.map(m -> m.report().seconds()).orElse(Map.of()), remarks).text());
        ReportInput report = new RunReport(configuration, setting, fitted, image)
                .input(evaluation, model, drawn, drawing.trajectory(PATHS), figures, seconds, remarks, config);
        results.write("report.html", temporary -> HtmlReport.write(report, temporary));
        new Summary(setting.terminal().out()).print(configuration.target().name(), figures, results.path());
    }

    /** Checked before anything is computed. */
    private Optional<ReportInput.ImageLayout> image() {
        List<Integer> sides = configuration.output().image();
        if (sides.isEmpty()) {
            return Optional.empty();
        }
        int height = sides.get(0);
        int width = sides.get(1);
        int columns = target.train().dim();
        if ((long) height * width != columns) {
            throw new InputException("an image of " + height + " x " + width + " pixels has " + (long) height * width
                    + " columns, the target " + configuration.target().name() + " has " + columns);
        }
        return Optional.of(new ReportInput.ImageLayout(height, width));
    }

    /** Likewise, where the number of charts or the density was given. */
    private Void checkFlows() {
        FitSettings fit = configuration.fit();
        int charts = fit.components().orElse(1);
        Optional<String> otherFlows = charts > 1
                ? Optional.of(DensityModel.has(charts))
                : Optional.of(DensityModel.WALKS_ON).filter(why -> fit.density() == Density.GIBBS);
        Drawing.requireOneFlow(
                configuration.sample(),
                otherFlows.filter(why -> configuration.process().isEmpty()));
        return null;
    }

    /** Given starting points follow a law that nobody knows, and a walk ends near the Gibbs density, not exactly at it. */
    private boolean flow(Optional<Atlas> fitted) {
        return fitted.filter(model -> model.gibbs().isEmpty()).isPresent()
                && configuration.sampler().name().equals(FLOW)
                && configuration.sample().initial().isEmpty();
    }

    /**
     * What makes the same model again. Of one chart that is every choice made explicit; charts choose each for itself,
     * and a model that was chosen among several is chosen again in the same way, bit for bit.
     */
    private FitSettings resolved(Atlas model) {
        FitSettings given = configuration.fit();
        return model.charts().size() > 1 || model.gibbs().isPresent() || given.choosesModel()
                ? given
                : model.heaviest().model().settings();
    }

    private String writeConfiguration(Configuration resolved) {
        String text = ResolvedFile.text(resolved, setting.versions());
        writeText("run.yaml", text);
        return text;
    }

    private void writeText(String name, String text) {
        results.write(name, temporary -> Files.writeString(temporary, text, StandardCharsets.UTF_8));
    }

    private Optional<Atlas> fit() {
        if (configuration.process().isPresent()) {
            return Optional.empty();
        }
        Atlas model = fitting.fit();
        results.write("model.safetensors", temporary -> ModelFile.write(model, temporary));
        return Optional.of(model);
    }

    private DensityModel exact() {
        int dim = target.train().dim();
        AffineProcess process = Located.in(
                configuration.places(),
                "process",
                () -> configuration.process().orElseThrow().create(dim));
        ScoreModel score = target.exact(process)
                .orElseThrow(() -> new InputException(configuration.places().of("model")
                        + ": model: the target " + configuration.target().name()
                        + " does not know its exact score; expected model: fitted, or a target that does"));
        return new DensityModel.Exact(score, target.train().columns());
    }

    private void writeSamples(DensityModel model, Drawing.Drawn drawn) {
        Points points = drawn.points();
        results.write("samples." + writer.extension(), temporary -> {
            try (PointWriter.Sink sink = writer.open(temporary, model.columns(), points.size())) {
                sink.write(points);
            }
        });
        drawn.trajectory().ifPresent(t -> results.write("trajectory.npy", t.array()::write));
    }

    private List<Figure> evaluate(RunEvaluation evaluation, Optional<Atlas> fitted, Drawing.Drawn drawn) {
        List<Figure> figures = new ArrayList<>();
        fitted.ifPresent(m -> figures.addAll(figures(m)));
        figures.add(Figure.of("samples", "count", drawn.points().size()));
        figures.add(Figure.of("samples", "seconds", drawn.seconds()));
        figures.add(Figure.of("samples", "evaluations", drawn.outcome().evaluations()));
        try (Progress.Task task = context.progress().begin("evaluate", metrics.size())) {
            for (Metric metric : metrics) {
                context.checkCancelled();
                figures.addAll(metric.evaluate(evaluation));
                task.advance(1);
            }
        }
        return figures;
    }

    private static List<Figure> figures(Atlas model) {
        FitReport report = model.report();
        double total = 0;
        for (double stage : report.seconds().values()) {
            total += stage;
        }
        return List.of(
                Figure.of("fit", "rows", report.rows()),
                Figure.of("fit", "dim", report.dim()),
                Figure.of("fit", "components", model.charts().size()),
                Figure.of("fit", "basis_size", report.basisSize()),
                Figure.of("fit", "matrix_nonzeros", report.matrixNonzeros()),
                Figure.of("fit", "table_size", report.tableSize()),
                Figure.of("fit", "seconds", total));
    }
}
