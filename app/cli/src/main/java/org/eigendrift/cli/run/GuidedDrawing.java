package org.eigendrift.cli.run;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Set;
import org.eigendrift.api.InputException;
import org.eigendrift.api.RunContext;
import org.eigendrift.api.guidance.Corrector;
import org.eigendrift.api.guidance.GuidedScoreModel;
import org.eigendrift.api.guidance.Particles;
import org.eigendrift.api.law.Law;
import org.eigendrift.api.metric.Figure;
import org.eigendrift.api.plugin.Chosen;
import org.eigendrift.api.sampler.Sampler;
import org.eigendrift.api.score.ScoreModel;
import org.eigendrift.cli.config.GuidanceSettings;
import org.eigendrift.cli.config.SampleSettings;
import org.eigendrift.engine.guidance.GuidedFlows;
import org.eigendrift.engine.guidance.GuidedLaw;
import org.eigendrift.engine.guidance.Optimisation;

/** Draws guided samples: particles that a corrector moves, or along a sampler. Everything is checked before the first is drawn. */
final class GuidedDrawing {
    private static final String GROUP = "guidance";

    /** Samples whose residual is that of the noise alone, or the law's own, stay below this many deviations of it. */
    private static final double FAR = 3;

    /** Noise of rows, in units of the frame's coordinates, that guidance should not leave. */
    private static final double NOISY = 0.2;

    private final GuidedFlows flows;
    private final Optional<Sampler> sampler;
    private final Optional<Corrector> corrector;
    private final RunContext context;

    /**
     * Prepares.
     *
     * @param unguided the law
     * @param settings guidance, at least one, and what corrects it
     * @param others further models, for guidance that combines models
     * @param sampler carries samples where nothing corrects them
     * @param context seed, threads, progress
     * @throws InputException if the law cannot be guided, or the sampler or corrector does not fit it
     */
    GuidedDrawing(
            Law unguided,
            GuidanceSettings settings,
            List<ScoreModel> others,
            Optional<Sampler> sampler,
            RunContext context) {
        this.flows = GuidedFlows.of(unguided, settings.guidance(), others, context);
        this.sampler = sampler;
        this.context = context;
        this.corrector = settings.corrector().map((Chosen<RunContext, Corrector> chosen) -> chosen.create(context));
        for (GuidedFlows.Part part : flows.parts()) {
            check(part.law().scoreModel());
        }
    }

    private void check(GuidedScoreModel model) {
        corrector.flatMap(c -> c.refusal(model)).ifPresent(reason -> {
            throw InputException.at("corrector", reason);
        });
        sampler.filter(s -> corrector.isEmpty())
                .flatMap(s -> s.refusal(model.process()))
                .ifPresent(reason -> {
                    throw InputException.at("sampler", reason);
                });
    }

    /**
     * Guided samples, and what is to be told of them.
     *
     * @param drawn the samples
     * @param figures how well they meet what guides them
     * @param particles times and effective sample sizes, if particles were moved
     */
    record Guided(Drawing.Drawn drawn, List<Figure> figures, Optional<Particles> particles) {}

    /**
     * Binds the sampler to the guided law where nothing corrects it, drawing nothing.
     *
     * @throws InputException if they do not go together
     */
    void prepare() {
        sampler.filter(s -> corrector.isEmpty())
                .ifPresent(s ->
                        flows.parts().forEach(part -> Drawing.bind(s, part.law().scoreModel(), context)));
    }

    Guided draw(SampleSettings settings) {
        return corrector.isPresent() && settings.count() > 0
                ? particles(corrector.get(), settings.count())
                : follow(settings);
    }

    /** Samples alone, of which nothing more is told than how many count. */
    Optimisation.Drawn samples(int count) {
        if (corrector.isPresent()) {
            GuidedFlows.Moved moved = flows.move(corrector.get(), count, context);
            return new Optimisation.Drawn(moved.drawn().rows(), OptionalDouble.of(moved.worst()));
        }
        return new Optimisation.Drawn(
                flows.follow(sampler.orElseThrow(), count, context).rows(), OptionalDouble.empty());
    }

    /** Points that follow a sampler; from given starts or with their paths, nothing is told of them. */
    private Guided follow(SampleSettings settings) {
        if (settings.initial().isPresent() || settings.noise().isPresent() || settings.trajectory()) {
            return new Guided(new Drawing(one(), sampler, context).draw(settings), List.of(), Optional.empty());
        }
        long begin = System.nanoTime();
        GuidedFlows.Drawn drawn = flows.follow(sampler.orElseThrow(), settings.count(), context);
        List<String> remarks = remarks(drawn.figures(), drawn.noised());
        noisy().ifPresent(remarks::add);
        remarks.addAll(drawn.remarks());
        return new Guided(drawn(drawn, remarks, begin), drawn.figures(), Optional.empty());
    }

    /** Starts, noise and paths are of one flow. */
    private GuidedLaw one() {
        if (flows.parts().size() > 1) {
            throw InputException.at(
                    "sample",
                    "initial, noise and trajectory are of one flow, and the model has "
                            + flows.parts().size() + "; fit it with 'components: 1', or leave them out");
        }
        return flows.parts().get(0).law();
    }

    private static Drawing.Drawn drawn(GuidedFlows.Drawn drawn, List<String> remarks, long begin) {
        double seconds = (System.nanoTime() - begin) * 1e-9;
        return new Drawing.Drawn(drawn.rows(), drawn.outcome(), remarks, seconds, Optional.empty());
    }

    private Guided particles(Corrector moving, int count) {
        long begin = System.nanoTime();
        GuidedFlows.Moved moved = flows.move(moving, count, context);
        List<Figure> figures = new ArrayList<>(moved.drawn().figures());
        List<String> remarks = remarks(figures, List.of());
        remarks.addAll(moved.drawn().remarks());
        figures.add(Figure.of(GROUP, "effective_sample_size", moved.worst()).better(Figure.Better.MORE));
        figures.add(Figure.of(GROUP, "ancestors", moved.particles().ancestors()).better(Figure.Better.MORE));
        moved.logEvidence()
                .ifPresent(
                        log -> figures.add(Figure.of(GROUP, "log_evidence", log).in("nats")));
        return new Guided(drawn(moved.drawn(), remarks, begin), figures, Optional.of(moved.particles()));
    }

    /**
     * A fit may end at a time at which its law is that of the data though each row has been noised, as a normal one at any time: what
     * guidance says of a row has then not been followed to the end. Particles are weighed there by the rows themselves.
     */
    Optional<String> noisy() {
        return flows.parts().stream()
                .flatMap(part -> part.law().scoreModel().process().affine().stream())
                .filter(process -> corrector.isEmpty())
                .filter(process -> process.sigma(process.earliest()) > NOISY * process.alpha(process.earliest()))
                .map(process -> String.format(
                        Locale.ROOT,
                        "guidance: the model ends at t = %.3g, where rows keep noise of %.2g deviations, and samplers follow"
                                + " guidance no further; use particles (corrector: smc), or fit with 'process: {earliest: 1e-3}'",
                        process.earliest(),
                        process.sigma(process.earliest()) / process.alpha(process.earliest())))
                .findFirst();
    }

    /** An observation that samples do not meet is said so, once for each number, with what keeps them from it. */
    private List<String> remarks(List<Figure> figures, List<Figure> noised) {
        Set<String> remarks = new LinkedHashSet<>();
        for (int i = 0; i + 1 < figures.size(); i++) {
            double misfit = figures.get(i).value();
            double noise = figures.get(i + 1).value();
            if (figures.get(i).name().equals("misfit") && misfit > FAR * noise) {
                double more = noised.isEmpty() ? 0 : noised.get(i).value();
                double kept = Math.sqrt(Math.max(0, more * more - misfit * misfit));
                if (misfit > FAR * Math.hypot(noise, kept)) {
                    remarks.add(missed(misfit, noise));
                } else {
                    remarks.add(String.format(
                            Locale.ROOT,
                            "guidance: samples miss the observation by %.3g, and its noise is %.3g: where the model ends rows keep noise that"
                                    + " makes %.3g of it; fit with an earlier end ('process: {earliest: 1e-5}'), or give the observation that noise",
                            misfit,
                            noise,
                            kept));
                }
            }
        }
        return new ArrayList<>(remarks);
    }

    private String missed(double misfit, double noise) {
        return String.format(
                Locale.ROOT,
                "guidance: samples miss the observation by %.3g, %s: the law has hardly a sample that"
                        + " meets it, or the method is too weak; correct the observation, or give it more noise%s",
                misfit,
                noise > 0 ? String.format(Locale.ROOT, "%.1f times its noise", misfit / noise) : "which has no noise",
                corrector.isPresent() ? "" : ", or use particles (corrector: smc)");
    }

    /** Times and effective sample sizes as a table. */
    static String table(Particles particles) {
        CsvTable table = new CsvTable(List.of("time", "effective_sample_size"));
        for (int i = 0; i < particles.times().length; i++) {
            table.row(particles.times()[i], particles.effective()[i]);
        }
        return table.text();
    }

    /** The figures in a line. */
    static String words(List<Figure> figures) {
        Map<String, String> words = new LinkedHashMap<>();
        for (Figure figure : figures) {
            words.put(figure.name().replace('_', ' '), String.format(Locale.ROOT, "%.4g", figure.value()));
        }
        StringBuilder line = new StringBuilder();
        words.forEach((name, value) ->
                line.append(line.isEmpty() ? "" : ", ").append(name).append(' ').append(value));
        return line.toString();
    }
}
