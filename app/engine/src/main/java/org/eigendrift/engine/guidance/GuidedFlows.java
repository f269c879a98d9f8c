package org.eigendrift.engine.guidance;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.OptionalDouble;
import java.util.stream.IntStream;
import org.eigendrift.api.InputException;
import org.eigendrift.api.Points;
import org.eigendrift.api.Purpose;
import org.eigendrift.api.RunContext;
import org.eigendrift.api.guidance.Corrector;
import org.eigendrift.api.guidance.Guidance;
import org.eigendrift.api.guidance.GuidanceContext;
import org.eigendrift.api.guidance.Particles;
import org.eigendrift.api.law.Draws;
import org.eigendrift.api.law.Law;
import org.eigendrift.api.metric.Figure;
import org.eigendrift.api.plugin.Chosen;
import org.eigendrift.api.sampler.Noise;
import org.eigendrift.api.sampler.Outcome;
import org.eigendrift.api.sampler.Sampler;
import org.eigendrift.api.score.DiffusionProcess;
import org.eigendrift.api.score.ScoreModel;
import org.eigendrift.engine.check.CheckedCorrector;
import org.eigendrift.engine.flow.FittedModel;
import org.eigendrift.engine.flow.FlowLaw;
import org.eigendrift.engine.flow.Flows;
import org.eigendrift.engine.flow.Turns;
import org.eigendrift.engine.kernel.LogSum;
import org.eigendrift.engine.transport.Sampling;

/**
 * A law of one flow that is guided, or of several, each by itself. What exp(target) makes of sum_k w_k p_k is the mixture of p_k exp(target)
 * / Z_k with weights in proportion to w_k Z_k, Z_k the integral of p_k exp(target): the evidence that particles of a flow tell. Along a
 * sampler, where nothing is weighed, it is what guidance says of draws of the flow's prior, which is exact for a Gaussian flow and an affine observation.
 * Immutable, thread-safe.
 */
public final class GuidedFlows {
    /** Flows whose evidence seems to be below the likeliest by this, in nats, give no samples: a few nats too few would not change that. */
    private static final double FAR = 20;

    /** Correctors draw no fewer. */
    private static final int FEWEST = 2;

    /** Draws of a flow's prior that say what guidance thinks of it. */
    private static final int PILOTS = 500;

    /** Below this share of particles that count, what they say is the word of few. */
    private static final double FEW = 0.05;

    private final List<Part> parts;

    private GuidedFlows(List<Part> parts) {
        this.parts = List.copyOf(parts);
    }

    /**
     * A flow and its share of the unguided law.
     *
     * @param weight above 0
     * @param law the guided flow
     */
    public record Part(double weight, GuidedLaw law) {}

    /**
     * Samples.
     *
     * @param rows in the data's coordinates
     * @param figures what guidance says of them
     * @param noised what it says of them with the noise once more that rows keep where the model ends; none of particles, which are weighed
     *     as they are
     * @param outcome what they cost, of the flow that most of them follow
     * @param remarks what a user should know of them, in sentences
     */
    public record Drawn(
            Points rows, List<Figure> figures, List<Figure> noised, Outcome outcome, List<String> remarks) {}

    /**
     * Particles.
     *
     * @param drawn the samples
     * @param particles of the flow that most samples are of
     * @param worst the smallest effective sample size, of all flows that samples are of
     * @param logEvidence log of the integral of p exp(target); empty if it is not known, and a remark says why, or means nothing
     */
    public record Moved(Drawn drawn, Particles particles, double worst, OptionalDouble logEvidence) {}

    /**
     * Guides a law.
     *
     * @param law the law
     * @param guidance what guides, at least one, the first first
     * @param others further models for guidance that combines models
     * @param run the run
     * @return the guided flows
     * @throws InputException if the law is not one of flows, or guidance does not fit its models, or cannot be taken flow by flow
     * @throws org.eigendrift.api.plugin.PluginException if what a guidance makes of a model is no guided model
     */
    public static GuidedFlows of(
            Law law, List<Chosen<GuidanceContext, Guidance>> guidance, List<ScoreModel> others, RunContext run) {
        List<Flows.Share> flows = flows(law);
        if (flows.size() < 2) {
            return checked(List.of(new Part(1, GuidedLaw.of(law, guidance, others, run))));
        }
        for (Chosen<GuidanceContext, Guidance> chosen : guidance) {
            check(chosen.create(new GuidanceContext(law.columns(), run)), flows.size());
        }
        return checked(flows.stream()
                .map(share -> new Part(share.weight(), GuidedLaw.of(share.model(), guidance, others, run)))
                .toList());
    }

    private static GuidedFlows checked(List<Part> parts) {
        parts.forEach(part -> Ends.check(part.law()));
        return new GuidedFlows(parts);
    }

    /**
     * Whether flows can be guided one by one.
     *
     * @param guidance what guides
     * @param flows how many there are
     * @throws InputException if it asks of the law as a whole, and there are several
     */
    public static void check(Guidance guidance, int flows) {
        if (flows > 1 && !guidance.partwise()) {
            throw InputException.at(
                    "guidance",
                    "this kind asks of the law as a whole and cannot be taken flow by flow, and the model has " + flows
                            + " of them; fit it with 'components: 1'");
        }
    }

    /** The flows of a mixture of nothing else. */
    private static List<Flows.Share> flows(Law law) {
        if (!(law instanceof FlowLaw mixture)) {
            return List.of();
        }
        List<Flows.Share> flows = mixture.flows();
        double all = flows.stream().mapToDouble(Flows.Share::weight).sum();
        // Members without a flow keep the rest of the weight.
        return Math.abs(all - 1) < 1e-9 ? flows : List.of();
    }

    /**
     * The parts.
     *
     * @return at least one
     */
    public List<Part> parts() {
        return parts;
    }

    /**
     * Draws along a sampler.
     *
     * @param sampler the sampler
     * @param count how many
     * @param run seed, threads
     * @return the samples
     */
    public Drawn follow(Sampler sampler, int count, RunContext run) {
        if (parts.size() == 1) {
            GuidedLaw only = parts.get(0).law();
            Draws draws = Sampling.draw(only.scoreModel(), sampler, count, run);
            return new Drawn(
                    only.toData(draws.rows()),
                    told(only, draws.rows()),
                    told(only, noised(draws.rows(), run)),
                    draws.outcome(),
                    draws.remarks());
        }
        double[] shares = LogSum.shares(pilots(run));
        Outcome[] outcome = {new Outcome(0, 0, 0)};
        List<String> remarks = new ArrayList<>();
        int heaviest = heaviest(shares);
        Points rows = spread(shares, count, run, (k, own) -> {
            Draws draws = Sampling.draw(parts.get(k).law().scoreModel(), sampler, own, of(run, k));
            outcome[0] = k == heaviest ? draws.outcome() : outcome[0];
            remarks.addAll(draws.remarks());
            return parts.get(k).law().toData(draws.rows());
        });
        Points z = coordinates(rows);
        GuidedLaw any = parts.get(0).law();
        return new Drawn(rows, told(any, z), told(any, noised(z, run)), outcome[0], List.copyOf(remarks));
    }

    /**
     * Moves particles.
     *
     * @param corrector moves them
     * @param count how many samples, at least 1
     * @param run seed, threads
     * @return the particles
     */
    public Moved move(Corrector corrector, int count, RunContext run) {
        double[] logs = parts.size() == 1 ? new double[1] : pilots(run);
        double most = Arrays.stream(logs).max().orElseThrow();
        Particles[] moved = new Particles[logs.length];
        String[] doubts = new String[logs.length];
        for (int k = 0; k < logs.length; k++) {
            if (!(logs[k] >= most - FAR)) {
                logs[k] = Double.NEGATIVE_INFINITY;
                continue;
            }
            GuidedLaw law = parts.get(k).law();
            moved[k] = CheckedCorrector.run(corrector, law.scoreModel(), Math.max(FEWEST, count), of(run, k));
            doubts[k] = few(moved[k]) ? fewGuided(moved[k]) : null;
            logs[k] = Math.log(parts.get(k).weight()) + moved[k].logNormaliser();
        }
        double[] shares = LogSum.shares(logs);
        Points alone = parts.size() > 1
                ? null
                : moved[0].points().size() == count ? moved[0].points() : evenly(moved[0].points(), count);
        Points rows = alone != null
                ? parts.get(0).law().toData(alone)
                : spread(shares, count, run, (k, own) -> parts.get(k).law().toData(evenly(moved[k].points(), own)));
        Particles heaviest = moved[heaviest(shares)];
        int[] many =
                IntStream.range(0, shares.length).filter(k -> shares[k] > FEW).toArray();
        double worst =
                Arrays.stream(many).mapToDouble(k -> moved[k].worst()).min().orElse(heaviest.worst());
        List<String> remarks = Arrays.stream(many)
                .mapToObj(k -> doubts[k])
                .filter(doubt -> doubt != null)
                .distinct()
                .toList();
        GuidedLaw any = parts.get(0).law();
        List<Figure> figures = told(any, alone != null ? alone : coordinates(rows));
        Outcome outcome = new Outcome(heaviest.evaluations(), heaviest.times().length, 0);
        return new Moved(
                new Drawn(rows, figures, List.of(), outcome, remarks),
                heaviest,
                worst,
                remarks.isEmpty() && parts.get(0).law().scoreModel().proportional()
                        ? OptionalDouble.of(LogSum.of(logs))
                        : OptionalDouble.empty());
    }

    private static String fewGuided(Particles guided) {
        return String.format(
                Locale.ROOT,
                "guidance: of %,d particles only %.0f counted at the worst time: samples repeat each other, what they say"
                        + " scatters like that of so few, and no evidence is told; draw more, or take more steps",
                guided.moved(),
                guided.worst());
    }

    private static boolean few(Particles particles) {
        return particles.worst() < FEW * particles.moved();
    }

    /** log w_k + log of the mean of exp(twist) over draws of each flow's prior. */
    private double[] pilots(RunContext run) {
        double[] logs = new double[parts.size()];
        for (int k = 0; k < logs.length; k++) {
            GuidedLaw law = parts.get(k).law();
            DiffusionProcess process = law.scoreModel().process();
            Points x = Points.zeros(process.dim(), PILOTS);
            Sampling.starts(process, of(run, k), 0, x);
            double[] twist = new double[PILOTS];
            law.scoreModel().evaluator().logTwist(process.horizon(), x, twist);
            logs[k] = Math.log(parts.get(k).weight()) + LogSum.of(twist) - Math.log(PILOTS);
        }
        return logs;
    }

    private static int heaviest(double[] shares) {
        return IntStream.range(0, shares.length)
                .reduce((a, b) -> shares[b] > shares[a] ? b : a)
                .getAsInt();
    }

    private static RunContext of(RunContext run, int part) {
        return part == 0 ? run : run.withSeed(run.random(Purpose.CHART, part).bits(0, 0));
    }

    /** Draws rows of one flow. */
    private interface PartDraw {
        Points draw(int part, int count);
    }

    private static Points spread(double[] shares, int count, RunContext run, PartDraw draw) {
        List<List<Integer>> places = Turns.of(shares, count, run.random(Purpose.SAMPLE_CHART));
        Points all = null;
        for (int k = 0; k < shares.length; k++) {
            List<Integer> own = places.get(k);
            if (own.isEmpty()) {
                continue;
            }
            Points points = draw.draw(k, own.size());
            all = all == null ? Points.zeros(points.dim(), count) : all;
            for (int j = 0; j < own.size(); j++) {
                for (int i = 0; i < all.dim(); i++) {
                    all.set(i, own.get(j), points.get(i, j));
                }
            }
        }
        return all;
    }

    /** Evenly chosen ones, which stand in the order of their ancestors. */
    private static Points evenly(Points points, int count) {
        int[] kept = new int[count];
        Arrays.setAll(kept, n -> (int) ((2L * n + 1) * points.size() / (2L * count)));
        return points.select(kept);
    }

    private static List<Figure> told(GuidedLaw law, Points z) {
        return z.size() == 0
                ? List.of()
                : List.copyOf(law.scoreModel().evaluator().figures(z));
    }

    /** Of the first flow: what is asked of a row is the same in the coordinates of any. */
    private Points coordinates(Points rows) {
        FittedModel any = (FittedModel) parts.get(0).law().flow();
        return any.frames().forward(rows, new double[rows.size()]);
    }

    /** The noise that the first flow's process leaves at its end. */
    private Points noised(Points z, RunContext run) {
        DiffusionProcess process = parts.get(0).law().scoreModel().process();
        double sigma =
                process.affine().map(affine -> affine.sigma(process.earliest())).orElse(0.0);
        Points noised = Points.zeros(z.dim(), z.size());
        Noise.of(run.random(Purpose.NOISE), 0).normal(0, 0, noised);
        for (int k = 0; k < noised.values().length; k++) {
            noised.values()[k] = z.values()[k] + sigma * noised.values()[k];
        }
        return noised;
    }
}
