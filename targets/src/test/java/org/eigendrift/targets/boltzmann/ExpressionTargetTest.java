package org.eigendrift.targets.boltzmann;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.eigendrift.api.InputException;
import org.eigendrift.api.NumericalException;
import org.eigendrift.api.Points;
import org.eigendrift.api.data.InMemory;
import org.eigendrift.api.target.Target;
import org.eigendrift.contract.TargetContract;
import org.eigendrift.targets.Bound;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

class ExpressionTargetTest {

    private static Target create(Map<String, Object> options) {
        Map<String, Object> all = new HashMap<>(Map.of("rows", 700, "heldout", 200, "warmup", 200));
        all.putAll(options);
        return Bound.target(new ExpressionTarget(), 2, all);
    }

    @Nested
    class Plane extends TargetContract {
        @Override
        protected Target target() {
            return create(Map.of("energy", "(x^2 - 1)^2 / 0.5 + (y - x)^2", "variables", List.of("x", "y")));
        }
    }

    @Nested
    class TorusOfAngles extends TargetContract {
        @Override
        protected Target target() {
            return create(Map.of(
                    "energy",
                    "-2 * cos(phi - psi) - cos(3 * phi)",
                    "variables",
                    List.of("phi", "psi"),
                    "angles",
                    List.of("phi", "psi"),
                    "temperature",
                    1.5));
        }
    }

    /** exp(-x^4) has the second moment Gamma(3/4) / Gamma(1/4) = 0.3379891. */
    @Test
    void momentsOfAQuartic() {
        Target target = create(Map.of("energy", "sum(i, 1, 3, x[i]^4)", "dim", 3, "rows", 20_000));
        Points rows = InMemory.read(target.train(), 20_000);
        double sum = Arrays.stream(rows.values()).map(v -> v * v).average().orElseThrow();
        // Fourth moment 1/4: standard deviation of x^2 is 0.368; three coordinates; autocorrelation less than 3.
        assertEquals(0.3379891, sum, 3 * 0.368 / Math.sqrt(20_000));
        assertEquals(List.of(), target.remarks());
    }

    @Test
    void temperatureDividesTheEnergy() {
        Target target = create(Map.of("energy", "x^2", "variables", "x", "temperature", 8, "rows", 20_000));
        double square = Arrays.stream(InMemory.read(target.train(), 20_000).values())
                .map(v -> v * v)
                .average()
                .orElseThrow();
        assertEquals(4, square, 4 * 3 * Math.sqrt(2 * 3 / 20_000.0));
    }

    @Test
    void refusesWhatCannotBeADistribution() {
        refuse(Map.of("energy", "x^2"), "expression: give either variables, as [x, y], or dim, as 2; found neither");
        refuse(
                Map.of("energy", "x^2 + y^2", "variables", List.of("x", "y", "z")),
                "expression: the energy does not depend on 'z', so exp(-U) has no finite integral; add a term or leave the"
                        + " coordinate out");
        refuse(
                Map.of("energy", "x^2 + yy^2", "variables", List.of("x", "y")),
                "expression: energy, column 7: unknown name 'yy'; did you mean 'y'? known: x, y, pi, e");
        refuse(
                Map.of("energy", "x^2 + phi^2", "variables", List.of("x", "phi"), "angles", List.of("ph")),
                "expression: angles: there is no coordinate 'ph'; did you mean 'phi'? known: x, phi");
        InputException e = assertThrows(
                InputException.class,
                () -> create(Map.of("energy", "cos(phi / 2)", "variables", "phi", "angles", "phi")));
        assertTrue(
                e.getMessage().startsWith("expression: the energy is not periodic in the angle 'phi'"), e.getMessage());
        refuse(
                Map.of("energy", "x^2", "variables", List.of("x", "sin")),
                "expression: energy: 'sin' cannot name a variable; expected letters and digits, no function");
    }

    private static void refuse(Map<String, Object> options, String message) {
        assertEquals(
                message,
                assertThrows(InputException.class, () -> create(options)).getMessage());
    }

    @Test
    void potentialsWithoutANormalisationAreFound() {
        InputException falls = assertThrows(
                InputException.class,
                () -> create(
                        Map.of("energy", "x^2 - y^2 + cos(a)", "variables", List.of("x", "y", "a"), "angles", "a")));
        assertTrue(falls.getMessage().startsWith("expression: the energy falls without end"), falls.getMessage());
        Target nowhere = create(Map.of("energy", "log(-1 - x^2)", "variables", "x"));
        NumericalException e = assertThrows(NumericalException.class, () -> InMemory.read(nowhere.train(), 10));
        assertTrue(e.getMessage().startsWith("the energy was not finite at any of 200 random points"), e.getMessage());
    }

    /** Walls where the energy is infinite or not a number keep the chain inside. */
    @Test
    void boundedDomainsAreRespected() {
        Target target = create(Map.of("energy", "-2 * log(x) + x", "variables", "x", "rows", 20_000));
        Points rows = InMemory.read(target.train(), 20_000);
        for (double value : rows.values()) {
            assertTrue(value > 0, "" + value);
        }
        // Gamma(3): mean 3, variance 3; autocorrelation time below 4.
        double mean = Arrays.stream(rows.values()).average().orElseThrow();
        assertEquals(3, mean, 3 * Math.sqrt(3 * 4 / 20_000.0));
    }
}
