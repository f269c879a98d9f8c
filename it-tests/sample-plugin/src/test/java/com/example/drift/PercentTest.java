package com.example.drift;

import java.util.List;
import org.eigendrift.api.RunContext;
import org.eigendrift.api.column.ColumnType;
import org.eigendrift.contract.ColumnTypeContract;

class PercentTest extends ColumnTypeContract {
    @Override
    protected ColumnType type() {
        return new Percent().create(new Percent.Options(), RunContext.quiet(1));
    }

    @Override
    protected String name() {
        return "percent";
    }

    @Override
    protected List<List<String>> columns() {
        return List.of(List.of("12.5 %", "-3 %", "0 %", "100 %"), List.of("0.1 %", "99.9 %"));
    }
}
