package com.example.drift;

import java.util.List;
import java.util.Optional;
import org.eigendrift.api.Points;
import org.eigendrift.api.RunContext;
import org.eigendrift.api.catalog.Catalog;
import org.eigendrift.api.data.InMemory;
import org.eigendrift.api.law.Gate;
import org.eigendrift.api.law.GateProvider;
import org.eigendrift.api.law.LawContext;
import org.eigendrift.contract.GateContract;

class MedianGateTest extends GateContract {
    @Override
    protected Gate gate() {
        LawContext context = new LawContext(InMemory.of(rows()), Catalog.discover(List.of()), RunContext.quiet(1));
        return new MedianGate().create(new MedianGate.Options(), context);
    }

    @Override
    protected Points rows() {
        return Points.ofRows(new double[] {3, 1}, new double[] {-1, 2}, new double[] {0.5, 4});
    }

    @Override
    protected Optional<GateProvider<?>> provider() {
        return Optional.of(new MedianGate());
    }
}
