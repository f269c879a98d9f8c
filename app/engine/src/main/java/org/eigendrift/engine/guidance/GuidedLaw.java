package org.eigendrift.engine.guidance;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.eigendrift.api.InputException;
import org.eigendrift.api.Points;
import org.eigendrift.api.RunContext;
import org.eigendrift.api.data.Column;
import org.eigendrift.api.guidance.Guidance;
import org.eigendrift.api.guidance.GuidanceContext;
import org.eigendrift.api.guidance.GuidedScoreModel;
import org.eigendrift.api.law.DrawRequest;
import org.eigendrift.api.law.Draws;
import org.eigendrift.api.law.Flowing;
import org.eigendrift.api.law.Law;
import org.eigendrift.api.law.Provenance;
import org.eigendrift.api.law.Scores;
import org.eigendrift.api.plugin.Chosen;
import org.eigendrift.api.score.CurvedScoreModel;
import org.eigendrift.api.score.ScoreModel;
import org.eigendrift.engine.check.GuidanceCheck;
import org.eigendrift.engine.transport.ExactLaw;
import org.eigendrift.engine.transport.Sampling;
import org.eigendrift.engine.transport.TransportedModel;

/**
 * A law whose flow is guided: it draws, and its density is that of no law that is known. Immutable, thread-safe.
 *
 * @param flow the law without guidance
 * @param scoreModel the guided model
 */
public record GuidedLaw(Flowing flow, GuidedScoreModel scoreModel) implements Flowing {

    /**
     * Guides a law.
     *
     * @param law the law
     * @param guidance what guides, at least one, the first first
     * @param others further models for guidance that combines models
     * @param run the run
     * @return the guided law
     * @throws InputException if the law is no flow, or guidance does not fit its model
     * @throws org.eigendrift.api.plugin.PluginException if what a guidance makes of it is no guided model
     */
    public static GuidedLaw of(
            Law law, List<Chosen<GuidanceContext, Guidance>> guidance, List<ScoreModel> others, RunContext run) {
        Flowing flow = one(law);
        GuidanceContext context = new GuidanceContext(law.columns(), DataOperator.of(flow), others, run);
        ScoreModel model = model(flow);
        for (Chosen<GuidanceContext, Guidance> chosen : guidance) {
            Guidance guide = chosen.create(context);
            guide.refusal(model).ifPresent(reason -> {
                throw InputException.at("guidance", reason);
            });
            model = GuidanceCheck.guide(guide, model);
        }
        return new GuidedLaw(flow, (GuidedScoreModel) model);
    }

    /**
     * What guidance asks of a flow: its scores, and the log-densities that belong to them.
     *
     * @param flow the flow
     * @return the model that is known, or that of a fit with the density of its flow
     */
    public static ScoreModel model(Flowing flow) {
        return flow instanceof ExactLaw || !(flow.scoreModel() instanceof CurvedScoreModel fitted)
                ? flow.scoreModel()
                : new TransportedModel(fitted);
    }

    /**
     * The one flow of a law.
     *
     * @param law the law
     * @return the same law
     * @throws InputException if it is no flow, or of several
     */
    public static Flowing one(Law law) {
        Optional<String> refusal = law instanceof Flowing flow
                ? flow.otherFlows()
                : Optional.of("a law of kind '" + law.provenance().kind() + "' has none");
        refusal.ifPresent(reason -> {
            throw InputException.at(
                    "guidance",
                    "steers the one flow of a model, and " + reason
                            + "; fit it with 'components: 1', 'density: flow' and 'basis: hermite'");
        });
        return (Flowing) law;
    }

    /**
     * What keeps scores of two laws from being added: their coordinates must stand for the same rows.
     *
     * @param first a law
     * @param second another
     * @return every difference in words; none if there is none
     */
    public static List<String> differences(Flowing first, Flowing second) {
        List<String> a = first.columns().stream().map(Column::name).toList();
        List<String> b = second.columns().stream().map(Column::name).toList();
        if (!a.equals(b)) {
            return List.of("columns: " + String.join(", ", a) + " and " + String.join(", ", b));
        }
        List<String> differences = new ArrayList<>();
        Points probes = Points.zeros(a.size(), a.size() + 1);
        for (int i = 0; i < a.size(); i++) {
            probes.set(i, i, 1);
        }
        Points x = first.toData(probes);
        Points y = second.toData(probes);
        for (int j = 0; j < a.size(); j++) {
            int at = Arrays.mismatch(x.column(j), y.column(j));
            if (at >= 0) {
                differences.add("frame: column '" + a.get(j) + "' is " + x.get(j, at) + " and " + y.get(j, at)
                        + (at < a.size() ? " where coordinate " + (at + 1) + " is 1" : " where all coordinates are 0"));
            }
        }
        return differences;
    }

    @Override
    public List<Column> columns() {
        return flow.columns();
    }

    @Override
    public Scores logDensity(Points x, RunContext run) {
        throw InputException.at(
                "guidance", "a guided law has no density that is known; score rows by the model without it");
    }

    @Override
    public Draws draw(DrawRequest request, RunContext run) {
        int first = Math.toIntExact(request.first());
        int all = Math.addExact(first, request.count());
        Draws inner = Sampling.draw(
                scoreModel,
                request.sampler()
                        .orElseThrow(
                                () -> InputException.at(
                                        "guidance",
                                        "the law's own way to draw follows its density, which guidance changes; name a sampler")),
                all,
                run);
        return inner.withRows(toData(inner.rows().slice(first, all)));
    }

    @Override
    public Provenance provenance() {
        return flow.provenance();
    }

    @Override
    public Points toData(Points z) {
        return flow.toData(z);
    }

    @Override
    public Optional<String> otherFlows() {
        return Optional.empty();
    }

    @Override
    public boolean drawsHaveDensity() {
        return false;
    }
}
