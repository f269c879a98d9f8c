package org.eigendrift.engine.flow;

import java.util.List;
import org.eigendrift.api.law.Decision;
import org.eigendrift.api.law.Law;

/** Finds what was decided of something. */
public final class Decisions {
    private Decisions() {}

    /** The first decision of that, of a law or of the first of its parts that has one. */
    public static Decision of(Law law, String what) {
        List<Decision> decisions = law.provenance().decisions();
        return decisions.stream()
                .filter(d -> d.what().equals(what) || d.what().endsWith(": " + what))
                .findFirst()
                .orElseThrow(() -> new AssertionError(
                        what + " in " + decisions.stream().map(Decision::line).toList()));
    }
}
