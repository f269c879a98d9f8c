package org.eigendrift.targets.toy;

import java.util.Map;
import org.eigendrift.api.target.Target;
import org.eigendrift.api.target.TargetProvider;
import org.eigendrift.contract.TargetContract;
import org.eigendrift.targets.Bound;
import org.junit.jupiter.api.Nested;

class ToyContractTest {

    abstract static class ToyContract extends TargetContract {
        private final TargetProvider<?> provider;

        ToyContract(TargetProvider<?> provider) {
            this.provider = provider;
        }

        @Override
        protected Target target() {
            return Bound.target(provider, 5, Map.of("rows", 3000, "heldout", 300));
        }
    }

    @Nested
    class TwoMoonsTest extends ToyContract {
        TwoMoonsTest() {
            super(new TwoMoons());
        }
    }

    @Nested
    class EightGaussiansTest extends ToyContract {
        EightGaussiansTest() {
            super(new EightGaussians());
        }
    }

    @Nested
    class CheckerboardTest extends ToyContract {
        CheckerboardTest() {
            super(new Checkerboard());
        }

        /**
         * The edges do not fall between cells of the quadrature. The board's coloured cells have 32 units of
         * boundary and density 1/8; a line of cells may be counted wrongly by half a step of 0.012.
         */
        @Override
        protected double normalisation() {
            return 32 * 0.012 / 8;
        }
    }

    @Nested
    class PinwheelTest extends ToyContract {
        PinwheelTest() {
            super(new Pinwheel());
        }
    }

    @Nested
    class RingsTest extends ToyContract {
        RingsTest() {
            super(new Rings());
        }
    }

    @Nested
    class SpiralsTest extends ToyContract {
        SpiralsTest() {
            super(new Spirals());
        }
    }

    @Nested
    class BananaTest extends ToyContract {
        BananaTest() {
            super(new Banana());
        }

        /** x2 has a chi-square tail: its square reaches further than a Gaussian's. */
        @Override
        protected double reach() {
            return 20;
        }
    }
}
