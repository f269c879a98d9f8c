package org.eigendrift.engine.atlas;

import java.util.List;
import org.eigendrift.api.CounterRandom;
import org.eigendrift.api.Points;
import org.eigendrift.api.data.Column;
import org.eigendrift.api.law.Gate;
import org.eigendrift.contract.GateContract;

class ChartMixtureContractTest extends GateContract {
    private static final List<Column> COLUMNS = List.of(Column.real("x1"), Column.real("x2"));

    @Override
    protected Gate gate() {
        return Atlases.three(COLUMNS);
    }

    @Override
    protected Points rows() {
        Points rows = Points.zeros(2, 40);
        for (int n = 0; n < rows.size(); n++) {
            rows.set(0, n, 3 * new CounterRandom(2).normal(n, 0));
            rows.set(1, n, 3 * new CounterRandom(2).normal(n, 1));
        }
        return rows;
    }
}
