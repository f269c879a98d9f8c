package org.eigendrift.samplers;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import org.eigendrift.api.Points;
import org.eigendrift.api.RunContext;
import org.eigendrift.api.sampler.BatchSampler;
import org.eigendrift.api.sampler.InvertibleSampler;
import org.eigendrift.api.sampler.Noise;
import org.eigendrift.api.sampler.Outcome;
import org.eigendrift.api.sampler.Sampler;
import org.eigendrift.api.score.AffineProcess;
import org.eigendrift.contract.ExactMixture;

/** Replays a recorded run: its starting points and its noise, in the order in which they were drawn. */
final class Replay {
    private final JsonNode run;
    private final ExactMixture model;
    final List<Points> states = new ArrayList<>();
    final List<Double> times = new ArrayList<>();
    Outcome outcome;

    Replay(JsonNode document, JsonNode run, PeerCase config) {
        this.run = run;
        JsonNode problem = document.path("problems").path(run.path("problem").asText());
        double[][] means = rows(problem.path("means"));
        AffineProcess process = Configured.process(config.process(), means[0].length);
        this.model = new ExactMixture(process, row(problem.path("weights")), means, row(problem.path("stds")));
        Sampler sampler = Configured.sampler(config.sampler());
        BatchSampler bound = config.encode()
                ? ((InvertibleSampler) sampler).inverse(model, RunContext.quiet(1))
                : sampler.prepare(model, RunContext.quiet(1));
        Points x = Points.ofRows(
                rows(run.has("init") ? run.path("init") : run.path("states").get(0)));
        outcome = bound.run(x, noise(), (step, t, state) -> {
            states.add(state.copy());
            times.add(t);
        });
    }

    private Noise noise() {
        int[] next = {0};
        return (step, draw, out) -> {
            JsonNode recorded = run.path("noises").get(next[0]++);
            if (recorded == null) {
                throw new AssertionError("more noise is drawn than was recorded: step " + step + ", draw " + draw);
            }
            out.copyFrom(Points.ofRows(rows(recorded)));
        };
    }

    /** What is wrong with the replay of a run, or null. */
    static String check(String name, JsonNode document, JsonNode run, PeerCase config) {
        Replay replay = new Replay(document, run, config);
        double worst = replay.worst(config);
        if (!(worst <= PeerCase.tolerance(name))) {
            return "differs by " + worst;
        }
        Outcome outcome = replay.outcome;
        if (run.has("n_reject") && run.path("n_reject").asInt() != outcome.rejected()) {
            return "rejected " + outcome.rejected() + " for " + run.path("n_reject");
        }
        if (run.has("n_accept") && run.path("n_accept").asInt() != outcome.accepted()) {
            return "accepted " + outcome.accepted() + " for " + run.path("n_accept");
        }
        int evaluations = outcome.evaluations() + PeerCase.idleEvaluations(name);
        return !run.has("nfe") || run.path("nfe").asInt() == evaluations
                ? null
                : "NFE " + evaluations + " for " + run.path("nfe");
    }

    static double[] row(JsonNode array) {
        double[] row = new double[array.size()];
        for (int i = 0; i < row.length; i++) {
            row[i] = array.get(i).asDouble();
        }
        return row;
    }

    static double[][] rows(JsonNode array) {
        double[][] rows = new double[array.size()][];
        for (int i = 0; i < rows.length; i++) {
            rows[i] = row(array.get(i));
        }
        return rows;
    }

    /** Largest difference relative to max(1, |x|), of the final states and, where comparable, of all. */
    double worst(PeerCase config) {
        double worst = difference(states.get(states.size() - 1), run.path("final"));
        JsonNode recorded = run.path(run.has("corrected_states") ? "corrected_states" : "states");
        boolean corrected = run.has("corrected_states");
        if (config.statesComparable() && recorded.size() >= states.size() - 1) {
            for (int i = 0; i < (corrected ? states.size() - 1 : Math.min(recorded.size(), states.size())); i++) {
                worst = Math.max(worst, difference(states.get(i), recorded.get(i)));
            }
        }
        return worst;
    }

    private static double difference(Points x, JsonNode recorded) {
        double[][] rows = rows(recorded);
        double worst = 0;
        for (int n = 0; n < rows.length; n++) {
            for (int i = 0; i < rows[n].length; i++) {
                double difference = Math.abs(x.get(i, n) - rows[n][i]) / Math.max(1, Math.abs(rows[n][i]));
                worst = Double.isNaN(difference) ? Double.POSITIVE_INFINITY : Math.max(worst, difference);
            }
        }
        return worst;
    }
}
