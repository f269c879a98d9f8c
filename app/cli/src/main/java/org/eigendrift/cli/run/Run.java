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
import org.eigendrift.api.NumericalException;
import org.eigendrift.api.Points;
import org.eigendrift.api.RunContext;
import org.eigendrift.api.catalog.Catalog;
import org.eigendrift.api.data.Column;
import org.eigendrift.api.guidance.Guidance;
import org.eigendrift.api.guidance.GuidanceContext;
import org.eigendrift.api.law.Decision;
import org.eigendrift.api.law.Flowing;
import org.eigendrift.api.law.Law;
import org.eigendrift.api.metric.Evaluation;
import org.eigendrift.api.metric.Figure;
import org.eigendrift.api.metric.Metric;
import org.eigendrift.api.output.PointWriter;
import org.eigendrift.api.plugin.PluginException;
import org.eigendrift.api.sampler.Sampler;
import org.eigendrift.api.sampler.SamplerProvider;
import org.eigendrift.api.score.AffineProcess;
import org.eigendrift.api.score.ScoreModel;
import org.eigendrift.api.target.Target;
import org.eigendrift.cli.config.Configuration;
import org.eigendrift.cli.config.GuidanceSettings;
import org.eigendrift.cli.config.ResolvedFile;
import org.eigendrift.cli.report.AboveExact;
import org.eigendrift.cli.report.HtmlReport;
import org.eigendrift.cli.report.ReportInput;
import org.eigendrift.engine.guidance.GuidedFlows;
import org.eigendrift.engine.report.Fitted;
import org.eigendrift.engine.settings.FitSettings;
import org.eigendrift.engine.transport.ExactLaw;

/** Everything: fit, samples, figures, report. Each file is kept as soon as it is complete. */
public final class Run {
    /** Particles whose paths the report draws. */
    private static final int PATHS = 32;

    private final Configuration configuration;
    private final RunContext context;
    private final Setting setting;
    private final Target target;
    private final Fitting fitting;
    private final Optional<Sampler> sampler;
    private final List<Metric> metrics;
    private final PointWriter writer;
    private final ResultDirectory results;
    private final Catalog catalog;

    /** What guides: of observations of held-out rows, that of the first. */
    private GuidanceSettings guidance = GuidanceSettings.NONE;

    @Inject
    Run(
            Configuration configuration,
            RunContext context,
            Setting setting,
            Target target,
            Fitting fitting,
            Optional<Sampler> sampler,
            List<Metric> metrics,
            PointWriter writer,
            ResultDirectory results,
            Catalog catalog) {
        this.configuration = configuration;
        this.context = context;
        this.setting = setting;
        this.target = target;
        this.fitting = fitting;
        this.sampler = sampler;
        this.metrics = metrics;
        this.writer = writer;
        this.results = results;
        this.catalog = catalog;
    }

    /** Runs. */
    public void execute() {
        Optional<ReportInput.ImageLayout> image = Located.in(configuration.places(), "output.image", this::image);
        Located.anywhere(configuration.places(), this::checkFlows);
        Optional<Observing> heldout = Located.anywhere(configuration.places(), this::heldout);
        guidance = heldout.map(rows -> rows.guidance(0)).orElse(configuration.guidance());
        checkGuidance();
        Located.anywhere(configuration.places(), this::rehearse);
        long started = System.nanoTime();
        Optional<Law> fitted = fit();
        double took = (System.nanoTime() - started) * 1e-9;
        Map<String, Double> stages =
                fitted.map(own -> FitFacts.of(own).stages(took)).orElse(Map.of());
        fitted.ifPresent(
                own -> results.write("model.safetensors", temporary -> WrittenModel.write(own, temporary, catalog)));
        Configuration resolved =
                fitted.map(m -> configuration.withFit(resolved(m))).orElse(configuration);
        String config = writeConfiguration(
                resolved, fitted.map(own -> own.provenance().decisions()).orElse(List.of()));
        Law law = fitted.orElseGet(this::exact);
        Drawing drawing = new Drawing(law, sampler, context);
        GuidedDrawing.Guided guided = draw(law, drawing);
        Drawing.Drawn drawn = guided.drawn();
        writeSamples(law, drawn);
        guided.particles().ifPresent(p -> writeText("particles.csv", GuidedDrawing.table(p)));
        Optional<Reconstructing> rows = heldout.or(this::given)
                .filter(any -> drawn.points().size() > 1)
                .map(any -> reconstruct(any, law, guided, image.isPresent()));

        Map<String, Double> seconds = new LinkedHashMap<>(stages);
        seconds.put("sample", drawn.seconds());
        long begin = System.nanoTime();
        RunEvaluation evaluation = new RunEvaluation(law, target, drawn.points(), densityKnown(law), context);
        List<Figure> ofFit = fitted.map(own -> figures(own, stages)).orElse(List.of());
        List<Figure> ofRows = rows.map(Reconstructing::figures).orElse(List.of());
        MetricResults found = evaluate(evaluation, ofFit, ofRows, guided);
        List<Figure> figures = found.figures();
        seconds.put("evaluate", (System.nanoTime() - begin) * 1e-9);
        List<String> remarks = new ArrayList<>(drawn.remarks());
        remarks.addAll(found.remarks());
        remarks.addAll(evaluation.remarks());
        AboveExact.of(figures).ifPresent(remarks::add);
        writeText("metrics.json", new MetricsFile(figures, stages, remarks).text());
        ReportInput report = new RunReport(configuration, setting, fitted, image)
                .input(evaluation, law, guided, rows, paths(drawing), figures, seconds, remarks, config);
        results.write("report.html", temporary -> HtmlReport.write(report, temporary));
        new LastLines(setting.terminal().out())
                .print(
                        configuration.target().name(),
                        figures,
                        configuration.usual() ? List.of() : found.ofMetrics(),
                        evaluation.impossible(Evaluation.Split.HELDOUT),
                        results.path());
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

    /** Likewise: held-out rows whose observations guide. */
    private Optional<Observing> heldout() {
        if (configuration.guidance().reconstruct() == 0) {
            return Optional.empty();
        }
        if (configuration.sample().count() < 2) {
            throw InputException.at(
                    "sample.count",
                    "expected at least 2, of which the mean reconstructs a row, found "
                            + configuration.sample().count());
        }
        return Observing.of(configuration.guidance(), target, catalog, context);
    }

    private Optional<Observing> given() {
        return Observing.of(configuration.guidance(), target, catalog, context);
    }

    /** The samples are those of the first row; of the others as many are drawn each. */
    private Reconstructing reconstruct(Observing rows, Law law, GuidedDrawing.Guided first, boolean images) {
        Reconstructing made = new Reconstructing(rows, target.train(), images);
        made.add(first);
        for (int n = 1; n < rows.observed().size(); n++) {
            made.add(new GuidedDrawing(law, rows.guidance(n), List.of(), sampler, Observing.run(context, n))
                    .draw(configuration.sample()));
        }
        results.write(
                "reconstructions.csv",
                temporary -> Files.writeString(temporary, made.table(law.columns()), StandardCharsets.UTF_8));
        return made;
    }

    /** Likewise: what guides is written in the target's columns, whatever is fitted to them. */
    private void checkGuidance() {
        var blocks = guidance.guidance();
        GuidanceContext columns = new GuidanceContext(target.train().columns(), context);
        if (configuration.guidance().guided() && configuration.process().isEmpty()) {
            checkAngles();
        }
        int flows = configuration.fit().components().orElse(1);
        for (int i = 0; i < blocks.size(); i++) {
            var chosen = blocks.get(i);
            Guidance guide = Located.in(configuration.places(), "guidance[" + i + "]", () -> chosen.create(columns));
            Located.anywhere(configuration.places(), () -> {
                GuidedFlows.check(guide, flows);
                return null;
            });
        }
    }

    /** No family of angles has an affine process, and no frame makes real numbers of them. */
    private void checkAngles() {
        for (Column column : target.train().columns()) {
            if (column.kind() == Column.Kind.ANGLE) {
                throw new InputException(configuration.places().of("guidance") + ": guidance: column '" + column.name()
                        + "' is an angle, and guidance takes real, positive and bounded columns; leave out the column,"
                        + " or guidance");
            }
        }
    }

    /**
     * Likewise: what is to be drawn is prepared on laws of a few rows. They stand for the law in what the settings tell; what one of
     * them takes, or each refuses for another reason, is left to the law itself.
     */
    private Void rehearse() {
        if (configuration.process().isPresent()
                || sampler.isEmpty() && !configuration.guidance().guided()) {
            return null;
        }
        Map<String, InputException> refusals = new LinkedHashMap<>();
        for (Law law : fitting.rehearse()) {
            Optional<InputException> refusal = refusal(law);
            if (refusal.isEmpty()) {
                return null;
            }
            refusals.putIfAbsent(refusal.get().getMessage(), refusal.get());
        }
        if (refusals.size() == 1) {
            throw refusals.values().iterator().next();
        }
        return null;
    }

    private Optional<InputException> refusal(Law law) {
        try {
            if (guidance.guided()) {
                new GuidedDrawing(law, guidance, List.of(), sampler, context).prepare();
            } else {
                new Drawing(law, sampler, context).prepare();
            }
            return Optional.empty();
        } catch (InputException e) {
            return Optional.of(e);
        } catch (NumericalException | PluginException e) {
            // Numbers of a law of so few rows prove nothing: those of the law itself are checked when it is there.
            return Optional.empty();
        }
    }

    private GuidedDrawing.Guided draw(Law law, Drawing drawing) {
        return Located.anywhere(
                configuration.places(),
                () -> guidance.guided()
                        ? new GuidedDrawing(law, guidance, List.of(), sampler, context).draw(configuration.sample())
                        : new GuidedDrawing.Guided(drawing.draw(configuration.sample()), List.of(), Optional.empty()));
    }

    /** Paths are those of the law without guidance: with it there are none to show. */
    private Optional<Drawing.Trajectory> paths(Drawing drawing) {
        return configuration.guidance().guided() ? Optional.empty() : drawing.trajectory(PATHS);
    }

    /** Likewise, where the number of charts or the density was given. */
    private Void checkFlows() {
        Drawing.requireOneFlow(
                configuration.sample(),
                configuration
                        .fit()
                        .otherFlows()
                        .filter(why -> configuration.process().isEmpty()));
        return null;
    }

    /** Given starting points follow a law that nobody knows, and a walk ends near the Gibbs density, not exactly at it. */
    private boolean densityKnown(Law law) {
        if (configuration.guidance().guided()) {
            return false;
        }
        if (law instanceof Flowing flow) {
            return flow.drawsHaveDensity()
                    && configuration
                            .sampler()
                            .map(chosen -> ((SamplerProvider<?>) chosen.provider()).followsFlow())
                            .orElse(true)
                    && configuration.sample().initial().isEmpty();
        }
        // Laws that are no flows draw in their own way, which follows their density.
        return true;
    }

    /**
     * What makes the same model again. Of one chart that is every choice made explicit; charts choose each for itself,
     * and a model that was chosen among several is chosen again in the same way, bit for bit.
     */
    private FitSettings resolved(Law law) {
        FitSettings given = configuration.fit();
        return law instanceof Fitted fitted && !given.choosesModel()
                ? fitted.chosen().orElse(given)
                : given;
    }

    private String writeConfiguration(Configuration resolved, List<Decision> decisions) {
        String text = ResolvedFile.text(resolved, setting.versions());
        writeText("run.yaml", text + ResolvedFile.chosen(decisions));
        return text;
    }

    private void writeText(String name, String text) {
        results.write(name, temporary -> Files.writeString(temporary, text, StandardCharsets.UTF_8));
    }

    private Optional<Law> fit() {
        if (configuration.process().isPresent()) {
            return Optional.empty();
        }
        if (target.train().incomplete()) {
            throw new InputException(
                    "target: 'run' compares samples with the rows, and with missing: model these have open cells;"
                            + " use 'eigendrift fit' and ask the model, or set missing: drop or impute");
        }
        return Optional.of(fitting.fit());
    }

    private Law exact() {
        int dim = target.train().dim();
        AffineProcess process = Located.in(
                configuration.places(),
                "process",
                () -> configuration.process().orElseThrow().create(dim));
        ScoreModel score = target.exact(process)
                .orElseThrow(() -> new InputException(configuration.places().of("model")
                        + ": model: the target " + configuration.target().name()
                        + " does not know its exact score; expected model: fitted, or a target that does"));
        return new ExactLaw(score, target.train().columns());
    }

    private void writeSamples(Law law, Drawing.Drawn drawn) {
        Points points = drawn.points();
        results.write("samples." + writer.extension(), temporary -> {
            try (PointWriter.Sink sink = writer.open(temporary, law.columns(), points.size())) {
                sink.write(points);
            }
        });
        drawn.trajectory().ifPresent(t -> results.write("trajectory.npy", t.array()::write));
    }

    private MetricResults evaluate(
            RunEvaluation evaluation, List<Figure> ofFit, List<Figure> ofRows, GuidedDrawing.Guided guided) {
        Drawing.Drawn drawn = guided.drawn();
        List<Figure> known = new ArrayList<>(ofFit);
        known.add(Figure.of("samples", "count", drawn.points().size()));
        known.add(Figure.of("samples", "seconds", drawn.seconds()).in("seconds"));
        known.add(Figure.of("samples", "evaluations", drawn.outcome().evaluations()));
        known.addAll(guided.figures());
        known.addAll(ofRows);
        MetricResults found = new MetricResults(known);
        found.evaluate(configuration.metrics(), metrics, evaluation, context);
        return found;
    }

    private static List<Figure> figures(Law law, Map<String, Double> stages) {
        FitFacts facts = FitFacts.of(law);
        double total = 0;
        for (double stage : stages.values()) {
            total += stage;
        }
        List<Figure> figures = new ArrayList<>();
        figures.add(Figure.of("fit", "rows", facts.rows()));
        figures.add(Figure.of("fit", "dim", facts.dim()));
        // Not every law is a sum of functions: of others there is nothing to count.
        if (facts.basisSize() > 0 || facts.components() > 1) {
            figures.add(Figure.of("fit", "components", facts.components()));
            figures.add(Figure.of("fit", "basis_size", facts.basisSize()));
            figures.add(Figure.of("fit", "matrix_nonzeros", facts.matrixNonzeros()));
            figures.add(Figure.of("fit", "table_size", facts.tableSize()));
        }
        figures.add(Figure.of("fit", "seconds", total).in("seconds"));
        return figures;
    }
}
