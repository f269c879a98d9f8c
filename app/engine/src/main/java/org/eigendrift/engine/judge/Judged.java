package org.eigendrift.engine.judge;

import java.util.Set;
import org.eigendrift.api.law.Decision;

/** What is decided of a law as a whole, by comparing models, before or beside what each model decides for itself. */
public final class Judged {
    /** How many charts are tried. */
    public static final String CHARTS = "charts";

    /** Which model, or which models. */
    public static final String MODEL = "model";

    /** Whether models are mixed. */
    public static final String STACKING = "stacking";

    /** Whether the law of the score at t = 0 takes the flow's place. */
    public static final String DENSITY = "density";

    /** Which pairs, degree and ridge a Gibbs density has. */
    public static final String GIBBS = "Gibbs density";

    /** A model that is not compared. */
    public static final String LEFT_OUT = "left out";

    /** A model that was left out, and is compared because no other can be fitted. */
    public static final String HOPELESS = "compared all the same";

    private static final Set<String> WHOLE = Set.of(CHARTS, MODEL, STACKING, DENSITY, GIBBS, LEFT_OUT, HOPELESS);

    private Judged() {}

    /**
     * Whether a decision is one of those.
     *
     * @param decision a decision
     * @return false for what a model decided for itself
     */
    public static boolean ofTheWhole(Decision decision) {
        return WHOLE.contains(decision.what());
    }
}
