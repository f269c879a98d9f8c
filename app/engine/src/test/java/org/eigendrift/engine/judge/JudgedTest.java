package org.eigendrift.engine.judge;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.eigendrift.api.law.Decision;
import org.junit.jupiter.api.Test;

/** What is decided of a law as a whole is told apart from what a model decides for itself. */
class JudgedTest {
    private static Decision decision(String what) {
        return new Decision(what, "chosen", List.of(), "because");
    }

    @Test
    void decisionsOfTheWhole() {
        for (String what : List.of("charts", "model", "stacking", "density", "left out", "compared all the same")) {
            assertTrue(Judged.ofTheWhole(decision(what)), what);
        }
        assertFalse(Judged.ofTheWhole(decision("t_min")));
    }
}
