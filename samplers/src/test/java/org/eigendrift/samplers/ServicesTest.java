package org.eigendrift.samplers;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.eigendrift.api.InputException;
import org.eigendrift.api.RunContext;
import org.eigendrift.api.guidance.CorrectorProvider;
import org.eigendrift.api.guidance.GuidanceProvider;
import org.eigendrift.api.guidance.ObjectiveProvider;
import org.eigendrift.api.guidance.OperatorProvider;
import org.eigendrift.api.plugin.Kind;
import org.eigendrift.api.sampler.SamplerProvider;
import org.eigendrift.api.sampler.TimeGridProvider;
import org.eigendrift.api.score.AffineProcess;
import org.eigendrift.api.score.ProcessProvider;
import org.eigendrift.contract.ExactMixture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ServicesTest {
    @Test
    void classPathAndModuleNameTheSameProviders() throws IOException {
        for (Kind<?, ?> kind : List.of(
                ProcessProvider.KIND,
                TimeGridProvider.KIND,
                SamplerProvider.KIND,
                OperatorProvider.KIND,
                ObjectiveProvider.KIND,
                GuidanceProvider.KIND,
                CorrectorProvider.KIND)) {
            Set<String> module = new TreeSet<>();
            Configured.CATALOG.all(kind).forEach(p -> module.add(p.getClass().getName()));
            try (InputStream in = ServicesTest.class.getResourceAsStream(
                    "/META-INF/services/" + kind.provider().getName())) {
                Set<String> listed = new TreeSet<>(new String(in.readAllBytes(), StandardCharsets.UTF_8)
                        .lines()
                        .toList());
                assertEquals(module, listed, kind.label());
            }
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"dpm-solver", "dpm-solver++", "unipc", "dpm-solver-v3", "dc-solver"})
    void fewerStepsThanTheOrderAreRefused(String type) {
        AffineProcess vp = Configured.process(Map.of("type", "vp"), 1);
        InputException refused = assertThrows(
                InputException.class,
                () -> Configured.sampler(Map.of("type", type, "order", 3, "steps", 2))
                        .prepare(ExactMixture.gaussian(vp, 0, 1), RunContext.quiet(1)));
        assertTrue(
                refused.getMessage().contains("steps: 2 are fewer than the order 3 of " + type + "; use more steps"),
                refused.getMessage());
    }

    @Test
    void noisySamplersDoNotEncode() {
        AffineProcess vp = Configured.process(Map.of("type", "vp"), 1);
        var sampler = (org.eigendrift.api.sampler.InvertibleSampler)
                Configured.sampler(Map.of("type", "ddim", "eta", 1, "steps", 5));
        InputException refused = assertThrows(
                InputException.class, () -> sampler.inverse(ExactMixture.gaussian(vp, 0, 1), RunContext.quiet(1)));
        assertTrue(refused.getMessage().contains("draws noise"), refused.getMessage());
    }
}
