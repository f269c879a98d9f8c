package org.eigendrift.cli.run;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import java.util.Map;
import org.eigendrift.api.metric.Figure;
import org.junit.jupiter.api.Test;

class MetricsFileTest {

    @Test
    void figuresStandBesideFloorAndErrorAndNothingIsBeyondJson() {
        String text = new MetricsFile(
                        List.of(
                                Figure.of("fit", "rows", 281),
                                Figure.of("samples", "mmd", 1.5e-5)
                                        .withFloor(-2e-5)
                                        .withFloorBetween(-0.5, 0.25),
                                Figure.of("log_likelihood", "heldout", -0.25).withError(0.5),
                                Figure.of("evidence_bound", "heldout", Double.NEGATIVE_INFINITY)),
                        Map.of("moments", 0.5),
                        List.of("2 rows were left out"))
                .text();
        assertEquals("""
                {
                  "fit" : {
                    "rows" : 281,
                    "stages" : {
                      "moments" : 0.5
                    }
                  },
                  "samples" : {
                    "mmd" : 1.5E-5,
                    "mmd_floor" : -2.0E-5,
                    "mmd_floor_low" : -0.5,
                    "mmd_floor_high" : 0.25
                  },
                  "log_likelihood" : {
                    "heldout" : -0.25,
                    "heldout_error" : 0.5
                  },
                  "evidence_bound" : {
                    "heldout" : null
                  },
                  "remarks" : [ "2 rows were left out", "evidence_bound.heldout is -Infinity" ]
                }
                """, text);
    }
}
