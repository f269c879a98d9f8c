package org.eigendrift.engine.law.constant;

import java.util.ArrayList;
import java.util.List;
import org.eigendrift.api.RunContext;
import org.eigendrift.api.law.Conditional;
import org.eigendrift.api.law.Conditioner;
import org.eigendrift.api.law.DrawRequest;
import org.eigendrift.api.law.Draws;
import org.eigendrift.api.law.Evidence;
import org.eigendrift.api.law.Evidence.Condition;
import org.eigendrift.engine.conditional.Admissible;
import org.eigendrift.engine.conditional.GivenLaw;

/** Conditions beside columns of one value: those about these columns are checked, others are asked of the law of the rest. */
final class AskedBeside implements Conditioner {
    private final ConstantColumns law;
    private final Conditioner inner;

    AskedBeside(ConstantColumns law, Conditioner inner) {
        this.law = law;
        this.inner = inner;
    }

    @Override
    public Conditional given(Evidence evidence, int effective) {
        Admissible.require(law.columns(), evidence);
        List<Condition> rest = new ArrayList<>();
        for (Condition condition : evidence.conditions()) {
            law.constants().reduced(condition).ifPresent(rest::add);
        }
        if (rest.isEmpty()) {
            rest.add(new Condition.Within(0, Double.NEGATIVE_INFINITY, Double.POSITIVE_INFINITY));
        }
        return new Beside(law, evidence, inner.given(new Evidence(rest), effective));
    }

    private static final class Beside extends GivenLaw {
        private final ConstantColumns law;
        private final Conditional rest;

        Beside(ConstantColumns law, Evidence evidence, Conditional rest) {
            super(law, evidence, rest.certainty(), 0);
            this.law = law;
            this.rest = rest;
        }

        @Override
        public Draws draw(DrawRequest request, RunContext run) {
            Draws draws = rest.draw(request, run);
            return draws.withRows(law.constants().with(draws.rows()));
        }
    }
}
