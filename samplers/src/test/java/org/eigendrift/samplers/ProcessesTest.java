package org.eigendrift.samplers;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.eigendrift.api.InputException;
import org.eigendrift.api.score.AffineProcess;
import org.eigendrift.contract.ProcessContract;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

class ProcessesTest {
    private static final Map<String, AffineProcess> SHARED = new ConcurrentHashMap<>();

    @Nested
    class LinearBeta extends ProcessContract {
        @Override
        protected AffineProcess process() {
            return SHARED.computeIfAbsent("LinearBeta", name -> Configured.process(Map.of("type", "vp"), 3));
        }
    }

    @Nested
    class Cosine extends ProcessContract {
        @Override
        protected AffineProcess process() {
            return SHARED.computeIfAbsent(
                    "Cosine",
                    name -> Configured.process(Map.of("type", "vp", "schedule", "cosine", "horizon", 0.98), 3));
        }
    }

    @Nested
    class Discrete extends ProcessContract {
        @Override
        protected AffineProcess process() {
            return SHARED.computeIfAbsent(
                    "Discrete", name -> Configured.process(Map.of("type", "vp", "schedule", "discrete"), 3));
        }

        /** Differences across a kink: the slope changes by its 1000th from level to level. */
        @Override
        protected double tolerance() {
            return 1e-2;
        }
    }

    @Nested
    class Exploding extends ProcessContract {
        @Override
        protected AffineProcess process() {
            return SHARED.computeIfAbsent(
                    "Exploding",
                    name -> Configured.process(Map.of("type", "ve", "sigma_min", 0.02, "sigma_max", 10), 3));
        }
    }

    @Nested
    class Ou extends ProcessContract {
        @Override
        protected AffineProcess process() {
            return SHARED.computeIfAbsent("Ou", name -> Configured.process(Map.of("type", "ou"), 3));
        }
    }

    /** The product of the first k + 1 factors 1 - beta, by multiplication. */
    @Test
    void discreteLevelsAreProducts() {
        AffineProcess p = Configured.process(Map.of("type", "vp", "schedule", "discrete"), 1);
        double product = 1;
        for (int k = 0; k < 1000; k++) {
            product *= 1 - (0.0001 + (0.02 - 0.0001) * k / 999);
            // A thousand roundings of relative size 1e-16.
            assertEquals(product, Math.pow(p.alpha((k + 1) / 1000.0), 2), 1e-12 * product);
        }
    }

    @Test
    void anEarliestTimeAboveTheHorizonIsRefused() {
        InputException refused = assertThrows(
                InputException.class, () -> Configured.process(Map.of("type", "ou", "horizon", 1, "earliest", 2), 1));
        assertTrue(refused.getMessage().contains("must lie below the horizon"), refused.getMessage());
    }
}
