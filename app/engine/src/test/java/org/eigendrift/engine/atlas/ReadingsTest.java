package org.eigendrift.engine.atlas;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.concurrent.atomic.AtomicInteger;
import org.eigendrift.api.CounterRandom;
import org.eigendrift.api.Points;
import org.eigendrift.api.RunContext;
import org.eigendrift.api.data.Column;
import org.eigendrift.api.data.Dataset;
import org.eigendrift.api.data.InMemory;
import org.eigendrift.engine.basis.Families;
import org.eigendrift.engine.settings.FitSettings;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** A fit of rows that memory does not hold reads them as often for many columns as for few. */
class ReadingsTest {
    private static final Map<String, Object> PROCESS = Map.of("times", 4, "earliest", 0.01);

    private static final Map<String, Object> SOLVER = Map.of("ridge", 0.3);

    /** A look at so many rows is no reading. */
    private static final int LOOK = 64;

    /** Rows that are said to be too many for memory, and how often they were read. */
    private record Counted(InMemory held, long rowsSaid, AtomicInteger read) implements Dataset {
        @Override
        public List<Column> columns() {
            return held.columns();
        }

        @Override
        public OptionalLong rows() {
            return OptionalLong.of(rowsSaid);
        }

        @Override
        public Reader open() {
            Reader reader = held.open();
            return new Reader() {
                private int seen;

                @Override
                public int read(Points buffer) {
                    int count = reader.read(buffer);
                    if (seen <= LOOK && seen + count > LOOK) {
                        read.incrementAndGet();
                    }
                    seen += count;
                    return count;
                }

                @Override
                public void close() {
                    reader.close();
                }
            };
        }
    }

    /** Neighbouring columns depend on each other, and no marginal is normal. */
    private static InMemory rows(int dim, int count) {
        CounterRandom random = new CounterRandom(11);
        Points points = Points.zeros(dim, count);
        for (int n = 0; n < count; n++) {
            double before = random.normal(n, 0);
            for (int i = 0; i < dim; i++) {
                before = 0.6 * before + 0.8 * random.normal(n, 1 + i);
                points.set(i, n, before + 0.2 * before * before);
            }
        }
        return InMemory.of(points);
    }

    private static int readings(int dim, int count, Map<String, ?> config) {
        Counted data = new Counted(rows(dim, count), 1L << 40, new AtomicInteger());
        AtlasFit.of(data, FitSettings.of(config, Families.CATALOG), Families.CATALOG, RunContext.quiet(1));
        return data.read.get();
    }

    private static void assertConstant(int[] dims, int expected, Map<String, ?> config) {
        List<Integer> readings = new ArrayList<>();
        for (int dim : dims) {
            readings.add(readings(dim, 2_500, config));
        }
        assertEquals(Collections.nCopies(dims.length, expected), readings, config.toString());
    }

    private static Map<String, Object> one(Object frame, String family) {
        return Map.of(
                "components", 1,
                "frame", frame,
                "basis", Map.of("family", family, "degree", 2),
                "process", PROCESS,
                "solver", SOLVER);
    }

    private static final Map<String, Object> PLAIN = one(List.of(), "mean-field");

    private static final Map<String, Object> WHITENED = one(List.of(Map.of("type", "whiten")), "mean-field");

    private static final Map<String, Object> SCORES = one(List.of(Map.of("type", "gaussianize")), "hermite");

    private static final int[] DIMS = {3, 6, 12, 24};

    @Test
    void columnsOfAFamilyShareReadings() {
        assertConstant(DIMS, 5, PLAIN);
    }

    /** Moments on a grid, which fewer functions may have, take a reading more than a table of them. */
    @Test
    void whitening() {
        for (int dim : DIMS) {
            int readings = readings(dim, 2_500, WHITENED);
            assertTrue(readings == 6 || readings == 7, dim + ": " + readings);
        }
    }

    @Test
    void normalScores() {
        assertConstant(DIMS, 4, SCORES);
    }

    /** Twice as many columns again; half a minute. */
    @Test
    @Tag("slow")
    void fortyEightColumns() {
        assertConstant(new int[] {48}, 5, PLAIN);
        assertConstant(new int[] {48}, 6, WHITENED);
        assertConstant(new int[] {48}, 4, SCORES);
    }
}
