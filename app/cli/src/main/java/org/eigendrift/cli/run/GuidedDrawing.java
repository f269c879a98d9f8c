package org.eigendrift.cli.run;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import org.eigendrift.api.InputException;
import org.eigendrift.api.Points;
import org.eigendrift.api.RunContext;
import org.eigendrift.api.guidance.Corrector;
import org.eigendrift.api.guidance.Particles;
import org.eigendrift.api.law.Draws;
import org.eigendrift.api.law.Law;
import org.eigendrift.api.metric.Figure;
import org.eigendrift.api.plugin.Chosen;
import org.eigendrift.api.sampler.Outcome;
import org.eigendrift.api.sampler.Sampler;
import org.eigendrift.api.score.ScoreModel;
import org.eigendrift.cli.config.GuidanceSettings;
import org.eigendrift.cli.config.SampleSettings;
import org.eigendrift.engine.check.CheckedCorrector;
import org.eigendrift.engine.guidance.GuidedLaw;
import org.eigendrift.engine.guidance.Optimisation;
import org.eigendrift.engine.guidance.Unguided;
import org.eigendrift.engine.transport.ExactLaw;
import org.eigendrift.engine.transport.Sampling;

/** Draws guided samples: particles that a corrector moves, or along a sampler. Everything is checked before the first is drawn. */
final class GuidedDrawing {
    private static final String GROUP = "guidance";

    /** Below this share of particles that count, what they say is the word of few. */
    private static final double FEW = 0.05;

    /** Samples whose residual is that of the noise alone, or the law's own, stay below this many deviations of it. */
    private static final double FAR = 3;

    /** Noise of rows, in units of the frame's coordinates, that guidance should not leave. */
    private static final double NOISY = 0.2;

    private final GuidedLaw law;
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
        this.law = GuidedLaw.of(unguided, settings.guidance(), others, context);
        this.sampler = sampler;
        this.context = context;
        this.corrector = settings.corrector().map((Chosen<RunContext, Corrector> chosen) -> chosen.create(context));
        corrector.flatMap(c -> c.refusal(law.scoreModel())).ifPresent(reason -> {
            throw InputException.at("corrector", reason);
        });
        sampler.filter(s -> corrector.isEmpty())
                .flatMap(s -> s.refusal(law.scoreModel().process()))
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
        sampler.filter(s -> corrector.isEmpty()).ifPresent(s -> Drawing.bind(s, law.scoreModel(), context));
    }

    Guided draw(SampleSettings settings) {
        return corrector.isPresent() && settings.count() > 0
                ? particles(corrector.get(), settings.count())
                : follow(settings);
    }

    /** Samples alone, of which nothing more is told than how many count. */
    Optimisation.Drawn samples(int count) {
        if (corrector.isPresent()) {
            Particles particles = CheckedCorrector.run(corrector.get(), law.scoreModel(), count, context);
            return new Optimisation.Drawn(law.toData(particles.points()), OptionalDouble.of(particles.worst()));
        }
        Draws draws = Sampling.draw(law.scoreModel(), sampler.orElseThrow(), count, context);
        return new Optimisation.Drawn(law.toData(draws.rows()), OptionalDouble.empty());
    }

    /** Points that follow a sampler; from given starts or with their paths, nothing is told of them. */
    private Guided follow(SampleSettings settings) {
        if (settings.initial().isPresent() || settings.noise().isPresent() || settings.trajectory()) {
            return new Guided(new Drawing(law, sampler, context).draw(settings), List.of(), Optional.empty());
        }
        long begin = System.nanoTime();
        Draws draws = Sampling.draw(law.scoreModel(), sampler.orElseThrow(), settings.count(), context);
        List<Figure> figures = told(draws.rows());
        List<String> remarks = remarks(figures);
        noisy().ifPresent(remarks::add);
        return new Guided(drawn(draws.rows(), draws.outcome(), remarks, begin), figures, Optional.empty());
    }

    private Drawing.Drawn drawn(Points rows, Outcome outcome, List<String> remarks, long begin) {
        double seconds = (System.nanoTime() - begin) * 1e-9;
        return new Drawing.Drawn(law.toData(rows), outcome, remarks, seconds, Optional.empty());
    }

    private List<Figure> told(Points rows) {
        return rows.size() == 0
                ? List.of()
                : List.copyOf(law.scoreModel().evaluator().figures(rows));
    }

    private Guided particles(Corrector moving, int count) {
        long begin = System.nanoTime();
        Particles particles = CheckedCorrector.run(moving, law.scoreModel(), count, context);
        List<Figure> figures = new ArrayList<>(told(particles.points()));
        List<String> remarks = remarks(figures);
        figures.add(Figure.of(GROUP, "effective_sample_size", particles.worst()).better(Figure.Better.MORE));
        figures.add(Figure.of(GROUP, "ancestors", particles.ancestors()).better(Figure.Better.MORE));
        if (few(particles)) {
            remarks.add(String.format(
                    Locale.ROOT,
                    "guidance: of %,d particles only %.0f counted at the worst time: samples repeat each other, what they say"
                            + " scatters like that of so few, and no evidence is told; draw more, take more steps, or guide by"
                            + " 'moment-matched'",
                    particles.moved(),
                    particles.worst()));
        } else {
            constant(moving, count, remarks)
                    .ifPresent(constant ->
                            figures.add(Figure.of(GROUP, "log_evidence", particles.logNormaliser() - constant)
                                    .in("nats")));
        }
        Outcome outcome = new Outcome(particles.evaluations(), particles.times().length, 0);
        return new Guided(drawn(particles.points(), outcome, remarks, begin), figures, Optional.of(particles));
    }

    /**
     * A fit may end at a time at which its law is that of the data though each row has been noised, as a normal one at any time: what
     * guidance says of a row has then not been followed to the end. Particles are weighed there by the rows themselves.
     */
    Optional<String> noisy() {
        return law.scoreModel()
                .process()
                .affine()
                .filter(process -> corrector.isEmpty())
                .filter(process -> process.sigma(process.earliest()) > NOISY * process.alpha(process.earliest()))
                .map(process -> String.format(
                        Locale.ROOT,
                        "guidance: the model ends at t = %.3g, where rows keep noise of %.2g deviations, and samplers follow"
                                + " guidance no further; use particles (corrector: smc), or fit with 'process: {earliest: 1e-3}'",
                        process.earliest(),
                        process.sigma(process.earliest()) / process.alpha(process.earliest())));
    }

    /** An observation that samples do not meet is said so. */
    private static List<String> remarks(List<Figure> figures) {
        List<String> remarks = new ArrayList<>();
        for (int i = 0; i + 1 < figures.size(); i++) {
            double misfit = figures.get(i).value();
            double noise = figures.get(i + 1).value();
            if (figures.get(i).name().equals("misfit") && noise > 0 && misfit > FAR * noise) {
                remarks.add(String.format(
                        Locale.ROOT,
                        "guidance: samples miss the observation by %.3g, %.1f times its noise: the law has hardly a sample that"
                                + " meets it, or the method is too weak; correct the observation, give it more noise, or use"
                                + " particles (corrector: smc)",
                        misfit,
                        misfit / noise));
            }
        }
        return remarks;
    }

    /**
     * The constant of the model's own density, which a fit leaves open: what the same particles say of it without guidance. Empty
     * for powers and products, whose laws are not in proportion to it, and where so few count that it is not known.
     *
     * @param remarks says so; modified
     */
    private Optional<Double> constant(Corrector moving, int count, List<String> remarks) {
        if (law.flow() instanceof ExactLaw) {
            return Optional.of(0.0);
        }
        if (!law.scoreModel().proportional()) {
            return Optional.empty();
        }
        Particles unguided =
                CheckedCorrector.run(moving, new Unguided(law.scoreModel().base()), count, context);
        if (few(unguided)) {
            remarks.add(String.format(
                    Locale.ROOT,
                    "guidance: no evidence is told: without guidance only %.0f of %,d particles counted, so the constant of"
                            + " the model's density is not known; draw more, or take more steps",
                    unguided.worst(),
                    unguided.moved()));
            return Optional.empty();
        }
        return Optional.of(unguided.logNormaliser());
    }

    private static boolean few(Particles particles) {
        return particles.worst() < FEW * particles.moved();
    }

    /** Times and effective sample sizes as a table. */
    static String table(Particles particles) {
        StringBuilder out = new StringBuilder("time,effective_sample_size\n");
        for (int i = 0; i < particles.times().length; i++) {
            out.append(particles.times()[i])
                    .append(',')
                    .append(particles.effective()[i])
                    .append('\n');
        }
        return out.toString();
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
