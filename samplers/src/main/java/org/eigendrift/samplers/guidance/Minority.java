package org.eigendrift.samplers.guidance;

import java.lang.invoke.MethodHandles;
import java.util.Arrays;
import java.util.List;
import org.eigendrift.api.Points;
import org.eigendrift.api.RunContext;
import org.eigendrift.api.guidance.Guidance;
import org.eigendrift.api.guidance.GuidanceContext;
import org.eigendrift.api.guidance.GuidanceProvider;
import org.eigendrift.api.metric.Figure;
import org.eigendrift.api.plugin.Option;
import org.eigendrift.api.plugin.OptionSchema;
import org.eigendrift.api.score.AffineProcess;
import org.eigendrift.api.score.ScoreModel;

/**
 * Samples of low density (minority guidance: Um, Lee, Ye, 2301.12334): the law given that a sample is among the rarest share, and not beyond
 * reach. Theirs are told by how badly a denoiser restores them, in classes by quantiles, and a classifier is trained on noisy rows; here
 * log p is known at every time, so that the class is a quantile of log p itself and the classifier a logistic regression on log p_t.
 * What a fit says far from all rows is no rare sample but an error: the class ends at so many nats.
 */
public final class Minority implements GuidanceProvider<Minority.Options> {
    private static final OptionSchema<Options> SCHEMA = OptionSchema.of(MethodHandles.lookup(), Options.class);

    /** Creates the provider. */
    public Minority() {}

    /**
     * The options.
     *
     * @param share share of samples that counts as rare
     * @param reach how much rarer than that they may be
     * @param weight weight of the classifier's gradient
     * @param pilots draws of the law
     */
    public record Options(
            @Option(
                    doc = "samples are to be among this share of lowest density",
                    value = "0.1",
                    min = 0,
                    max = 1,
                    open = true)
            double share,

            @Option(
                    doc =
                            "no sample is rarer than the share's commonest by more than so many times sqrt(columns / 2) nats, the deviation"
                                    + " of a Gaussian's log p",
                    value = "4",
                    min = 0,
                    open = true)
            double reach,

            @Option(
                    doc = "weight of the classifier's gradient, for samplers; particles weigh by the class itself",
                    value = "1")
            double weight,

            @Option(doc = "draws of the law from which quantile and classifier are found", value = "4000", min = 100)
            int pilots) {}

    @Override
    public String name() {
        return "minority";
    }

    @Override
    public String summary() {
        return "samples of low density: the law's rarest share";
    }

    @Override
    public OptionSchema<Options> options() {
        return SCHEMA;
    }

    @Override
    public Guidance create(Options options, GuidanceContext context) {
        Classifiers classifiers = new Classifiers(options, context.run());
        return new Guided(
                name(),
                false,
                false,
                (model, process) -> new Rare(
                        classifiers.of(model, process), new Rarity(model.evaluator(), process), options.weight));
    }

    /** The classifier of the model that was guided last: the same for all its batches. */
    private static final class Classifiers {
        private final Options options;
        private final RunContext run;
        private ScoreModel model;
        private RarityClassifier classifier;

        Classifiers(Options options, RunContext run) {
            this.options = options;
            this.run = run;
        }

        synchronized RarityClassifier of(ScoreModel asked, AffineProcess process) {
            if (asked != model) {
                classifier = RarityClassifier.of(asked, process, options.share, options.reach, options.pilots, run);
                model = asked;
            }
            return classifier;
        }
    }

    private record Rare(RarityClassifier classifier, Rarity rarity, double weight) implements Steering {
        @Override
        public void steer(Tweedie tweedie, Points score) {
            double[] rare = rarity.of(tweedie.time(), tweedie.x());
            for (int n = 0; n < rare.length; n++) {
                // The gradient of log P is its slope in U times grad U, and U = -log p.
                double factor = -weight * classifier.slope(tweedie.time(), rare[n]);
                for (int i = 0; i < score.dim(); i++) {
                    score.set(i, n, score.get(i, n) + factor * tweedie.score().get(i, n));
                }
            }
        }

        @Override
        public void logTwist(Tweedie tweedie, double[] out) {
            double[] rare = rarity.of(tweedie.time(), tweedie.x());
            for (int n = 0; n < rare.length; n++) {
                out[n] = classifier.logProbability(tweedie.time(), rare[n]);
            }
        }

        @Override
        public void logTarget(Tweedie tweedie, double[] out) {
            double[] rare = rarity.ofData(tweedie.x());
            for (int n = 0; n < rare.length; n++) {
                out[n] = classifier.rare(rare[n]) ? 0 : Double.NEGATIVE_INFINITY;
            }
        }

        @Override
        public List<Figure> figures(Points x) {
            double share =
                    Arrays.stream(rarity.ofData(x)).filter(classifier::rare).count();
            return List.of(Figure.of("guidance", "rare_share", share / x.size()));
        }
    }
}
