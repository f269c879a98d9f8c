package com.example.drift;

import java.util.List;
import org.eigendrift.api.data.Column;
import org.eigendrift.api.guidance.Operator;
import org.eigendrift.contract.OperatorContract;

class IntensityTest extends OperatorContract {
    @Override
    protected Operator operator() {
        return new Intensity().create(new Intensity.Options(), List.of(Column.real("x"), Column.real("y")));
    }
}
