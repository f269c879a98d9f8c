package org.eigendrift.targets.boltzmann;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.eigendrift.api.InputException;
import org.eigendrift.api.target.Target;
import org.eigendrift.api.target.TargetProvider;
import org.eigendrift.contract.TargetContract;
import org.eigendrift.targets.Bound;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

class BoltzmannContractTest {

    abstract static class Contract extends TargetContract {
        private final TargetProvider<?> provider;
        private final Map<String, Object> options;

        Contract(TargetProvider<?> provider, Map<String, Object> options) {
            this.provider = provider;
            this.options = new HashMap<>(options);
            this.options.put("rows", 700);
            this.options.put("heldout", 200);
        }

        @Override
        protected Target target() {
            return Bound.target(provider, 2, options);
        }
    }

    @Nested
    class OpenChain extends Contract {
        OpenChain() {
            super(new GinzburgLandau(), Map.of("shape", 8));
        }
    }

    @Nested
    class FreeChain extends Contract {
        FreeChain() {
            super(new GinzburgLandau(), Map.of("shape", 2, "boundary", "neumann"));
        }
    }

    @Nested
    class Ring extends Contract {
        Ring() {
            super(new GinzburgLandau(), Map.of("shape", 6, "boundary", "periodic", "warmup", 100));
        }
    }

    @Nested
    class Square extends Contract {
        Square() {
            super(new GinzburgLandau(), Map.of("shape", List.of(3, 4), "warmup", 100));
        }
    }

    @Nested
    class PhiFourTest extends Contract {
        PhiFourTest() {
            super(new PhiFour(), Map.of("shape", List.of(3, 3), "warmup", 100));
        }
    }

    @Nested
    class XyModelTest extends Contract {
        XyModelTest() {
            super(new XyModel(), Map.of("shape", List.of(3, 3), "field", 0.3, "warmup", 100));
        }
    }

    @Nested
    class DoubleWellTest extends Contract {
        DoubleWellTest() {
            super(new DoubleWell(), Map.of("dim", 4, "warmup", 100));
        }
    }

    @Nested
    class RosenbrockTest extends Contract {
        RosenbrockTest() {
            super(new Rosenbrock(), Map.of("a", 0.5, "b", 1));
        }

        /** x2 follows the square of x1, whose tail is longer than a Gaussian's. */
        @Override
        protected double reach() {
            return 12;
        }
    }

    @Nested
    class RosenbrockInFourCoordinates extends Contract {
        RosenbrockInFourCoordinates() {
            super(new Rosenbrock(), Map.of("dim", 4, "a", 3, "b", 2));
        }
    }

    @Nested
    class FunnelTest extends Contract {
        FunnelTest() {
            super(new Funnel(), Map.of("dim", 2, "width", 0.5));
        }

        /** x is a scale mixture of Gaussians. */
        @Override
        protected double reach() {
            return 9;
        }
    }

    @Nested
    class WideFunnel extends Contract {
        WideFunnel() {
            super(new Funnel(), Map.of());
        }
    }

    /** Targets share the options of chains, but not every default: separated wells need tempering and longer walks. */
    @Test
    void sharedOptionsHaveDefaultsOfTheirTarget() {
        assertEquals(
                "{dim=10, height=2.0, coupling=0.15, coupling_seed=5, rows=20000, heldout=5000, sampler=tempering,"
                        + " chains=32, warmup=500, thin=6, temperatures=8, hottest=5.0, seed=auto}",
                written(new DoubleWell(), Map.of()));
        assertEquals(
                "{energy=x^2, variables=[x], dim=auto, angles=[], temperature=1.0, spread=2.0, rows=10000,"
                        + " heldout=2500, sampler=nuts, chains=16, warmup=500, thin=2, temperatures=8, hottest=10.0,"
                        + " seed=auto}",
                written(new ExpressionTarget(), Map.of("energy", "x^2", "variables", List.of("x"))));
        assertEquals(
                "{shape=[6, 6], mass2=-4.0, lambda=6.975, boundary=periodic, rows=20000, heldout=5000, sampler=hmc,"
                        + " chains=32, warmup=500, thin=4, temperatures=8, hottest=10.0, seed=auto}",
                written(new PhiFour(), Map.of()));
    }

    private static <O extends Record> String written(TargetProvider<O> provider, Map<String, Object> values) {
        return provider.options().write(provider.options().of(values)).toString();
    }

    @Test
    void bondsOfLattices() {
        assertEquals("Lattice[5 sites, 4 bonds, walls 2]", lattice(Boundary.DIRICHLET, 5));
        assertEquals("Lattice[5 sites, 5 bonds, walls 0]", lattice(Boundary.PERIODIC, 5));
        assertEquals("Lattice[2 sites, 1 bonds, walls 0]", lattice(Boundary.PERIODIC, 2));
        assertEquals("Lattice[12 sites, 17 bonds, walls 14]", lattice(Boundary.DIRICHLET, 3, 4));
        assertEquals("Lattice[12 sites, 24 bonds, walls 0]", lattice(Boundary.PERIODIC, 3, 4));
        assertEquals("Lattice[12 sites, 17 bonds, walls 0]", lattice(Boundary.NEUMANN, 3, 4));
    }

    private static String lattice(Boundary boundary, Integer... shape) {
        return Lattice.of(List.of(shape), boundary, "test").toString();
    }

    @Test
    void refusesMoreRowsThanFitIntoMemory() {
        for (Object boundary : List.of("dirichlet", "periodic")) {
            InputException e = assertThrows(
                    InputException.class,
                    () -> Bound.target(new GinzburgLandau(), 1, Map.of("rows", 2_000_000_000, "boundary", boundary)));
            assertEquals(
                    "rows: 2000000000 rows of 24 coordinates are kept in memory; expected at most 11184810",
                    e.getMessage());
        }
    }

    @Test
    void refusesShapesThatAreNone() {
        for (Object shape : List.of(List.of(), List.of(2, 2, 2))) {
            InputException e = assertThrows(
                    InputException.class, () -> Bound.target(new GinzburgLandau(), 1, Map.of("shape", shape)));
            assertEquals(
                    "ginzburg-landau: shape has " + ((List<?>) shape).size()
                            + " lengths; expected one for a chain or two for a lattice",
                    e.getMessage());
        }
        InputException e = assertThrows(
                InputException.class, () -> Bound.target(new XyModel(), 1, Map.of("boundary", "dirichlet")));
        assertEquals(
                "xy-model: boundary dirichlet holds sites at angle 0; expected periodic or neumann", e.getMessage());
    }
}
