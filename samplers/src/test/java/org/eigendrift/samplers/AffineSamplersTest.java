package org.eigendrift.samplers;

import java.util.Map;
import org.eigendrift.api.sampler.Sampler;
import org.eigendrift.api.score.AffineProcess;
import org.eigendrift.contract.ExactMixture;
import org.eigendrift.contract.SamplerContract;
import org.junit.jupiter.api.Nested;

/** The contract of every sampler of affine processes and of every wrapper. */
class AffineSamplersTest {
    private static final AffineProcess VP = Configured.process(Map.of("type", "vp"), 2);

    private abstract static class OnTheMixture extends SamplerContract {
        /** Five steps come nowhere near; orders and errors are tested one by one. */
        @Override
        protected double accuracy() {
            return Double.POSITIVE_INFINITY;
        }

        @Override
        protected ExactMixture model() {
            return new ExactMixture(
                    VP, new double[] {0.5, 0.5}, new double[][] {{-1, 0.5}, {1, -0.5}}, new double[] {0.5, 0.4});
        }
    }

    @Nested
    class Ddim extends OnTheMixture {
        @Override
        protected Sampler sampler() {
            return Configured.sampler(Map.of("type", "ddim", "steps", 5));
        }
    }

    @Nested
    class DdimNoisy extends OnTheMixture {
        @Override
        protected Sampler sampler() {
            return Configured.sampler(Map.of("type", "ddim", "steps", 5, "eta", 1));
        }
    }

    @Nested
    class Ddpm extends OnTheMixture {
        @Override
        protected Sampler sampler() {
            return Configured.sampler(Map.of("type", "ddpm", "steps", 5));
        }
    }

    @Nested
    class EdmEuler extends OnTheMixture {
        @Override
        protected Sampler sampler() {
            return Configured.sampler(Map.of("type", "edm-euler", "steps", 5, "s_churn", 2));
        }
    }

    @Nested
    class EdmHeun extends OnTheMixture {
        @Override
        protected Sampler sampler() {
            return Configured.sampler(Map.of("type", "edm-heun", "steps", 5, "s_churn", 2));
        }
    }

    @Nested
    class Dpm2 extends OnTheMixture {
        @Override
        protected Sampler sampler() {
            return Configured.sampler(Map.of("type", "dpm2", "steps", 5));
        }
    }

    @Nested
    class Ancestral extends OnTheMixture {
        @Override
        protected Sampler sampler() {
            return Configured.sampler(Map.of("type", "ancestral", "method", "dpmpp-sde", "steps", 5));
        }
    }

    @Nested
    class Lms extends OnTheMixture {
        @Override
        protected Sampler sampler() {
            return Configured.sampler(Map.of("type", "lms", "steps", 6));
        }
    }

    @Nested
    class Pndm extends OnTheMixture {
        @Override
        protected Sampler sampler() {
            return Configured.sampler(Map.of("type", "pndm", "steps", 6));
        }
    }

    @Nested
    class PndmRungeKutta extends OnTheMixture {
        @Override
        protected Sampler sampler() {
            return Configured.sampler(Map.of("type", "pndm", "start", "runge-kutta", "steps", 6));
        }
    }

    @Nested
    class DpmSolver extends OnTheMixture {
        @Override
        protected Sampler sampler() {
            return Configured.sampler(Map.of("type", "dpm-solver", "order", 3, "steps", 7));
        }
    }

    @Nested
    class DpmSolverFast extends OnTheMixture {
        @Override
        protected Sampler sampler() {
            return Configured.sampler(Map.of("type", "dpm-solver", "order", 3, "method", "fast", "eta", 1, "steps", 7));
        }
    }

    @Nested
    class DpmSolverAdaptive extends OnTheMixture {
        @Override
        protected Sampler sampler() {
            return Configured.sampler(Map.of("type", "dpm-solver", "order", 2, "method", "adaptive", "pilot", 16));
        }
    }

    @Nested
    class DpmSolverPid extends OnTheMixture {
        @Override
        protected Sampler sampler() {
            return Configured.sampler(
                    Map.of("type", "dpm-solver", "order", 3, "method", "adaptive-pid", "pilot", 16, "eta", 1));
        }
    }

    @Nested
    class DpmSolverPlusPlus extends OnTheMixture {
        @Override
        protected Sampler sampler() {
            return Configured.sampler(Map.of("type", "dpm-solver++", "order", 3, "eta", 1, "steps", 7));
        }
    }

    @Nested
    class DpmSolverSinglestep extends OnTheMixture {
        @Override
        protected Sampler sampler() {
            return Configured.sampler(Map.of("type", "dpm-solver++", "order", 3, "method", "singlestep", "steps", 7));
        }
    }

    @Nested
    class DpmSolverV3 extends OnTheMixture {
        @Override
        protected Sampler sampler() {
            return Configured.sampler(Map.of("type", "dpm-solver-v3", "steps", 5, "nodes", 20));
        }
    }

    @Nested
    class UniPc extends OnTheMixture {
        @Override
        protected Sampler sampler() {
            return Configured.sampler(Map.of("type", "unipc", "steps", 6));
        }
    }

    @Nested
    class DcSolver extends OnTheMixture {
        @Override
        protected Sampler sampler() {
            return Configured.sampler(Map.of("type", "dc-solver", "steps", 6));
        }
    }

    @Nested
    class Deis extends OnTheMixture {
        @Override
        protected Sampler sampler() {
            return Configured.sampler(Map.of("type", "deis", "steps", 6));
        }
    }

    @Nested
    class SaSolver extends OnTheMixture {
        @Override
        protected Sampler sampler() {
            return Configured.sampler(Map.of("type", "sa-solver", "steps", 6));
        }
    }

    @Nested
    class GradientEstimation extends OnTheMixture {
        @Override
        protected Sampler sampler() {
            return Configured.sampler(Map.of("type", "gradient-estimation", "mu", 0.5, "steps", 6));
        }
    }

    @Nested
    class Momentum extends OnTheMixture {
        @Override
        protected Sampler sampler() {
            return Configured.sampler(
                    Map.of("type", "momentum", "order", 2, "sampler", Map.of("type", "ddim", "steps", 6)));
        }
    }

    @Nested
    class Lml extends OnTheMixture {
        @Override
        protected Sampler sampler() {
            return Configured.sampler(
                    Map.of("type", "lml", "kappa", 0.3, "sampler", Map.of("type", "ddim", "steps", 6)));
        }
    }

    @Nested
    class DualFast extends OnTheMixture {
        @Override
        protected Sampler sampler() {
            return Configured.sampler(
                    Map.of("type", "dual-fast", "sampler", Map.of("type", "dpm-solver++", "steps", 6)));
        }
    }

    @Nested
    class TimeShift extends OnTheMixture {
        @Override
        protected Sampler sampler() {
            return Configured.sampler(Map.of("type", "time-shift", "sampler", Map.of("type", "ddim", "steps", 6)));
        }
    }

    @Nested
    class Teleport extends OnTheMixture {
        @Override
        protected Sampler sampler() {
            return Configured.sampler(
                    Map.of("type", "teleport", "skip", 1.5, "sampler", Map.of("type", "unipc", "steps", 6)));
        }
    }

    @Nested
    class PredictorCorrectorOverUniPc extends OnTheMixture {
        @Override
        protected Sampler sampler() {
            return Configured.sampler(Map.of(
                    "type",
                    "predictor-corrector",
                    "start_steps",
                    2,
                    "corrector",
                    "mala",
                    "predictor",
                    Map.of("type", "unipc", "steps", 6)));
        }
    }
}
