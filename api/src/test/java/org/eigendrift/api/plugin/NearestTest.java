package org.eigendrift.api.plugin;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class NearestTest {
    @Test
    void theFewestEditsAndOfEqualsTheFirst() {
        assertEquals(Optional.of("hermite"), Nearest.of("Hermit", List.of("cosine", "hermite", "jacobi")));
        assertEquals(Optional.of("cat"), Nearest.of("bat", List.of("cat", "hat")));
        assertEquals(Optional.empty(), Nearest.of("fourier", List.of("cosine", "jacobi")));
    }

    @Test
    void aNumberIsNoMisspeltOtherNumber() {
        assertEquals(Optional.empty(), Nearest.of("12", List.of("1", "2", "11")));
        assertEquals(Optional.empty(), Nearest.of("-1", List.of("0", "1")));
    }

    /** Two edits make any word of two letters of any other. */
    @Test
    void shortWordsWithNothingInCommonAreNotMeant() {
        assertEquals(Optional.empty(), Nearest.of("77", List.of("0", "1", "5")));
        assertEquals(Optional.empty(), Nearest.of("9", List.of("0")));
        assertEquals(Optional.of("x1"), Nearest.of("x11", List.of("y0", "x1")));
        assertEquals("; known: 0, 1", Nearest.hint("77", List.of("0", "1")));
    }
}
