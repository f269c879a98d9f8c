package org.eigendrift.cli.report;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.eigendrift.api.Points;
import org.eigendrift.api.guidance.Particles;
import org.junit.jupiter.api.Test;

class ParticlesSectionTest {
    @Test
    void theLineGoesFromAllAtTheTopToNoneAtTheBottom() {
        assertEquals("0.0,0.0 320.0,80.0 640.0,160.0", ParticlesSection.corners(new double[] {200, 100, 0}, 200));
    }

    /** A single step has a corner and no width to share. */
    @Test
    void oneStepIsACorner() {
        assertEquals("0.0,40.0", ParticlesSection.corners(new double[] {75}, 100));
    }

    @Test
    void theTextTellsHowManyWereMovedAndHowManyBegan() {
        Particles particles =
                new Particles(Points.zeros(1, 2), 1000, new double[] {0.5, 0.1}, new double[] {990, 312}, 417, -1, 2);
        String html = ParticlesSection.html(particles);
        assertTrue(html.contains("1,000 particles"), html);
        assertTrue(html.contains("417 of the first"), html);
        assertTrue(html.contains("312"), html);
    }
}
