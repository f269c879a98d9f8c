package org.eigendrift.engine.conditional;

import java.util.ArrayList;
import java.util.List;
import org.eigendrift.api.InputException;
import org.eigendrift.api.data.Column;
import org.eigendrift.api.law.Conditional;
import org.eigendrift.api.law.Conditioner;
import org.eigendrift.api.law.Evidence;
import org.eigendrift.api.law.Evidence.Condition;
import org.eigendrift.api.law.Law;

/**
 * Answers ranges of angles that go on beyond the end of their turn, such as from 350 to 370 degrees: the part before the end, and that from
 * the beginning on, are two cases.
 *
 * @param law the law
 * @param asked its own answers, of ranges within the turn
 */
public record AcrossTurns(Law law, Conditioner asked) implements Conditioner {
    @Override
    public Conditional given(Evidence evidence, int effective) {
        for (Condition condition : evidence.conditions()) {
            if (condition instanceof Condition.Within range && across(range)) {
                return cases(evidence, range, effective);
            }
        }
        return asked.given(evidence, effective);
    }

    private boolean across(Condition.Within range) {
        Column column = column(range);
        return column.kind() == Column.Kind.ANGLE
                && range.lower() < column.upper()
                && range.upper() > column.upper()
                && range.upper() < Double.POSITIVE_INFINITY;
    }

    private Column column(Condition.Within range) {
        return law.columns().get(range.column());
    }

    private Conditional cases(Evidence evidence, Condition.Within range, int effective) {
        Column column = column(range);
        double turn = column.upper() - column.lower();
        List<Conditional> cases = new ArrayList<>();
        InputException refusal = null;
        for (Condition.Within part : List.of(
                new Condition.Within(range.column(), range.lower(), column.upper()),
                new Condition.Within(range.column(), column.lower(), range.upper() - turn))) {
            try {
                cases.add(given(with(evidence, range, part), effective));
            } catch (InputException impossible) {
                refusal = impossible;
            }
        }
        if (cases.isEmpty()) {
            throw refusal;
        }
        Condition.Within any = new Condition.Within(range.column(), Double.NEGATIVE_INFINITY, Double.POSITIVE_INFINITY);
        return new GivenCases(law, with(evidence, range, any), cases);
    }

    private static Evidence with(Evidence evidence, Condition before, Condition after) {
        List<Condition> conditions = new ArrayList<>(evidence.conditions());
        conditions.set(conditions.indexOf(before), after);
        return new Evidence(conditions);
    }
}
