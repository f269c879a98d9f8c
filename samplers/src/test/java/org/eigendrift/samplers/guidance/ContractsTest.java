package org.eigendrift.samplers.guidance;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.eigendrift.api.guidance.Guidance;
import org.eigendrift.api.guidance.Objective;
import org.eigendrift.api.guidance.ObjectiveProvider;
import org.eigendrift.api.guidance.Operator;
import org.eigendrift.api.guidance.OperatorProvider;
import org.eigendrift.api.score.ScoreModel;
import org.eigendrift.contract.ExactMixture;
import org.eigendrift.contract.GuidanceContract;
import org.eigendrift.contract.HeatOnCircle;
import org.eigendrift.contract.ObjectiveContract;
import org.eigendrift.contract.OperatorContract;
import org.eigendrift.samplers.Configured;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

/** Every operator, objective and guidance of this module keeps the contract of its kind. */
class ContractsTest {
    private static final Map<String, Object> MASK = Map.of("type", "mask", "columns", List.of("x3", "x1"));
    private static final Map<String, Object> LINEAR = Map.of("type", "linear", "weights", List.of(1, -0.5, 2));

    private static ExactMixture mixture() {
        return new ExactMixture(
                Oracles.ou(3), new double[] {0.4, 0.6}, new double[][] {{1, 0, -1}, {-1, 0.5, 0}}, new double[][][] {
                    {{1, 0.3, 0}, {0.3, 0.5, 0.1}, {0, 0.1, 0.7}}, {{0.4, 0, 0.1}, {0, 1.2, 0}, {0.1, 0, 0.3}}
                });
    }

    @Nested
    class Mask extends OperatorContract {
        @Override
        protected Operator operator() {
            return Configured.create(Configured.CATALOG, OperatorProvider.KIND, MASK, Oracles.columns(3));
        }
    }

    @Nested
    class Matrix extends OperatorContract {
        @Override
        protected Operator operator() {
            return Configured.create(
                    Configured.CATALOG,
                    OperatorProvider.KIND,
                    Map.of("type", "matrix", "rows", List.of(List.of(1, 0, -2), List.of(0.5, 3, 0))),
                    Oracles.columns(3));
        }
    }

    @Nested
    class OfAnObjective extends OperatorContract {
        @Override
        protected Operator operator() {
            return new Composed(
                    new ObjectiveOperator(
                            Configured.create(
                                    Configured.CATALOG,
                                    ObjectiveProvider.KIND,
                                    Map.of("type", "near", "point", List.of(1, 2)),
                                    Oracles.columns(2)),
                            2),
                    Configured.create(Configured.CATALOG, OperatorProvider.KIND, MASK, Oracles.columns(3)));
        }
    }

    @Nested
    class Linear extends ObjectiveContract {
        @Override
        protected Objective objective() {
            return Configured.create(Configured.CATALOG, ObjectiveProvider.KIND, LINEAR, Oracles.columns(3));
        }

        @Override
        protected int dim() {
            return 3;
        }
    }

    @Nested
    class Near extends ObjectiveContract {
        @Override
        protected Objective objective() {
            return Configured.create(
                    Configured.CATALOG,
                    ObjectiveProvider.KIND,
                    Map.of("type", "near", "point", List.of(1, 2, -1), "width", 0.7),
                    Oracles.columns(3));
        }

        @Override
        protected int dim() {
            return 3;
        }
    }

    abstract static class OnMixture extends GuidanceContract {
        private final ExactMixture model = mixture();

        abstract Map<String, ?> block();

        @Override
        protected Guidance guidance() {
            return Oracles.guidance(3, block());
        }

        @Override
        protected ScoreModel model() {
            return model;
        }

        @Test
        void namesTheProcessesThatItCanGuide() {
            String reason = guidance().refusal(new HeatOnCircle(false, 0.5)).orElseThrow();
            assertTrue(reason.contains("affine"), reason);
        }

        static Map<String, Object> observed(String type) {
            Map<String, Object> block = new HashMap<>();
            block.put("type", type);
            block.put("operator", MASK);
            block.put("value", List.of(0.3, -0.2));
            block.put("noise", 0.2);
            return block;
        }
    }

    @Nested
    class MomentMatchedKeeps extends OnMixture {
        @Override
        Map<String, ?> block() {
            return observed("moment-matched");
        }
    }

    @Nested
    class PosteriorSamplingKeeps extends OnMixture {
        @Override
        Map<String, ?> block() {
            return observed("dps");
        }
    }

    @Nested
    class PseudoInverseKeeps extends OnMixture {
        @Override
        Map<String, ?> block() {
            return observed("pi-gdm");
        }
    }

    @Nested
    class ManifoldConstrainedKeeps extends OnMixture {
        @Override
        Map<String, ?> block() {
            return observed("mcg");
        }
    }

    @Nested
    class NullSpaceKeeps extends OnMixture {
        @Override
        Map<String, ?> block() {
            return observed("ddnm");
        }
    }

    @Nested
    class DecomposedDiffusionKeeps extends OnMixture {
        @Override
        Map<String, ?> block() {
            return observed("dds");
        }
    }

    @Nested
    class SecondOrderTweedieKeeps extends OnMixture {
        @Override
        Map<String, ?> block() {
            return observed("stsl");
        }
    }

    @Nested
    class RepaintKeeps extends OnMixture {
        @Override
        Map<String, ?> block() {
            return observed("repaint");
        }
    }

    @Nested
    class GradientGuidanceKeeps extends OnMixture {
        @Override
        Map<String, ?> block() {
            return Map.of("type", "gradient-guidance", "objective", LINEAR, "target", 1);
        }
    }

    @Nested
    class RewardKeeps extends OnMixture {
        @Override
        Map<String, ?> block() {
            return Map.of("type", "reward", "objective", LINEAR);
        }
    }

    @Nested
    class MinorityKeeps extends OnMixture {
        @Override
        Map<String, ?> block() {
            return Map.of("type", "minority", "pilots", 500);
        }
    }

    @Nested
    class TemperatureKeeps extends OnMixture {
        @Override
        Map<String, ?> block() {
            return Map.of("type", "temperature", "temperature", 2);
        }
    }

    @Nested
    class ProductKeeps extends OnMixture {
        @Override
        Map<String, ?> block() {
            return Map.of("type", "product", "exponents", List.of(0.7));
        }
    }
}
