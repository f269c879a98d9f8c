package org.eigendrift.engine.conditional;

import org.eigendrift.api.InputException;
import org.eigendrift.api.law.Certainty;
import org.eigendrift.api.law.Conditioner;
import org.eigendrift.api.law.Evidence;

/** The log-probability of evidence where none is no error. */
final class Marginal {
    private Marginal() {}

    static Certainty of(Conditioner conditioner, Evidence evidence) {
        try {
            return conditioner.given(evidence, Conditioner.FEW).certainty();
        } catch (InputException impossible) {
            // A row that the law cannot have has density zero, as it has without gaps.
            return Certainty.exact(Double.NEGATIVE_INFINITY, 0);
        }
    }
}
