package org.eigendrift.api;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.DoubleRange;
import org.junit.jupiter.api.Test;

class DomainTest {
    private final Domain interval = new Domain.Interval(-1, 2);
    private final Domain circle = new Domain.Circle(2 * Math.PI);

    @Property
    void confinedPointsLieInTheDomain(@ForAll @DoubleRange(min = -1e6, max = 1e6) double x) {
        assertTrue(interval.contains(interval.confine(x)));
        assertTrue(circle.contains(circle.confine(x)));
        assertTrue(new Domain.HalfLine().contains(new Domain.HalfLine().confine(x)));
    }

    @Test
    void stepsAreReflectedAndWrapped() {
        assertEquals(1.5, interval.confine(2.5), 1e-15);
        assertEquals(-0.5, interval.confine(-1.5), 1e-15);
        assertEquals(0.5, interval.confine(0.5));
        // Two widths on, the reflected path has come back to where it was.
        assertEquals(0.5, interval.confine(6.5), 1e-15);
        assertEquals(0.25, circle.confine(0.25 + 4 * Math.PI), 1e-14);
        assertEquals(2 * Math.PI - 0.25, circle.confine(-0.25), 1e-15);
        assertEquals(0, circle.confine(-1e-300));
    }

    @Test
    void endsAreChecked() {
        assertThrows(IllegalArgumentException.class, () -> new Domain.Interval(1, 1));
        assertThrows(IllegalArgumentException.class, () -> new Domain.Circle(0));
    }
}
