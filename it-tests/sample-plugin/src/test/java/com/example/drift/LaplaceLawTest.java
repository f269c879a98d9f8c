package com.example.drift;

import java.util.List;
import java.util.Optional;
import org.eigendrift.api.CounterRandom;
import org.eigendrift.api.Points;
import org.eigendrift.api.RunContext;
import org.eigendrift.api.catalog.Catalog;
import org.eigendrift.api.data.InMemory;
import org.eigendrift.api.law.Law;
import org.eigendrift.api.law.LawContext;
import org.eigendrift.api.law.LawProvider;
import org.eigendrift.contract.LawContract;

class LaplaceLawTest extends LawContract {
    @Override
    protected Law law() {
        Points rows = Points.zeros(2, 200);
        for (int n = 0; n < rows.size(); n++) {
            rows.set(0, n, new CounterRandom(1).normal(n, 0));
            rows.set(1, n, 5 + 2 * new CounterRandom(1).normal(n, 1));
        }
        LawContext context = new LawContext(InMemory.of(rows), Catalog.discover(List.of()), RunContext.quiet(1));
        return new LaplaceLaw().create(new LaplaceLaw.Options(), context);
    }

    @Override
    protected Optional<LawProvider<?>> provider() {
        return Optional.of(new LaplaceLaw());
    }
}
