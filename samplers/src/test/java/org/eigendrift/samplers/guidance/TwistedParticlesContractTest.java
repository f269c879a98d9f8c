package org.eigendrift.samplers.guidance;

import java.util.List;
import java.util.Map;
import org.eigendrift.api.guidance.Corrector;
import org.eigendrift.api.guidance.GuidedScoreModel;
import org.eigendrift.contract.CorrectorContract;
import org.eigendrift.contract.ExactMixture;

/** Two coordinates N(0.5, 1) of which one was seen as 2 with noise 1, by guidance that ignores what noise the denoised estimate has. */
class TwistedParticlesContractTest extends CorrectorContract {
    @Override
    protected Corrector corrector() {
        return Oracles.corrector(Map.of("type", "smc", "steps", 25));
    }

    @Override
    protected GuidedScoreModel model() {
        Map<String, ?> rough = Map.of(
                "type",
                "dps",
                "operator",
                Map.of("type", "matrix", "rows", List.of(List.of(1, 0))),
                "value",
                List.of(2),
                "noise",
                1);
        double[][] mean = {{0.5, 0.5}};
        return Oracles.guidance(2, rough)
                .guide(new ExactMixture(Oracles.ou(2), new double[] {1}, mean, new double[] {1}));
    }

    /** (0.5 + 2) / 2: prior and observation weigh alike. */
    @Override
    protected double[] mean() {
        return new double[] {1.25, 0.5};
    }
}
