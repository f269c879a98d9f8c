package com.example.drift;

import java.util.List;
import org.eigendrift.api.data.Column;
import org.eigendrift.api.guidance.Objective;
import org.eigendrift.contract.ObjectiveContract;

class RippleTest extends ObjectiveContract {
    @Override
    protected Objective objective() {
        return new Ripple().create(new Ripple.Options(4), List.of(Column.real("x"), Column.real("y")));
    }

    @Override
    protected int dim() {
        return 2;
    }
}
