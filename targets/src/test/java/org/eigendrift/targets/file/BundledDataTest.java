package org.eigendrift.targets.file;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Map;
import org.eigendrift.api.Points;
import org.eigendrift.api.data.InMemory;
import org.eigendrift.api.target.Target;
import org.eigendrift.contract.TargetContract;
import org.eigendrift.targets.Bound;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

class BundledDataTest {

    abstract static class Rounded extends TargetContract {
        /** Measurements are rounded, so two birds or flowers may agree. */
        @Override
        protected boolean distinctRows() {
            return false;
        }
    }

    @Nested
    class PenguinsTest extends Rounded {
        @Override
        protected Target target() {
            return Bound.target(new Penguins(), 1, Map.of());
        }
    }

    @Nested
    class IrisTest extends Rounded {
        @Override
        protected Target target() {
            return Bound.target(new Iris(), 1, Map.of());
        }
    }

    @Nested
    class DigitsTest extends TargetContract {
        @Override
        protected Target target() {
            return Bound.target(new Digits(), 1, Map.of());
        }
    }

    @Nested
    class ProteinDihedralsTest extends Rounded {
        @Override
        protected Target target() {
            return Bound.target(new ProteinDihedrals(), 1, Map.of());
        }

        /** Helices lie around (-63, -43) degrees; trypsins are built of strands, the others half of helices. */
        @Test
        void familiesHaveTheirSecondaryStructure() {
            Points train = InMemory.read(target().train(), 50_000);
            Points heldout = InMemory.read(target().heldout().orElseThrow(), 50_000);
            assertEquals(40_140, train.size());
            assertEquals(39_012, heldout.size());
            assertEquals(0.20, helical(train), 0.01);
            assertEquals(0.51, helical(heldout), 0.01);
        }

        private double helical(Points rows) {
            int count = 0;
            for (int n = 0; n < rows.size(); n++) {
                double phi = rows.get(0, n);
                double psi = rows.get(1, n);
                count += phi > -100 && phi < -30 && psi > -80 && psi < 0 ? 1 : 0;
            }
            return (double) count / rows.size();
        }
    }
}
