package com.example.drift;

import java.util.List;
import org.eigendrift.api.CounterRandom;
import org.eigendrift.api.Points;
import org.eigendrift.api.basis.BasisFamily;
import org.eigendrift.api.basis.Eigenbasis;
import org.eigendrift.api.data.Column;
import org.eigendrift.api.data.Dataset;
import org.eigendrift.api.data.InMemory;
import org.eigendrift.contract.BasisFamilyContract;

class ArcsineFamilyTest extends BasisFamilyContract<ArcsineFamily.Options> {
    @Override
    protected BasisFamily<ArcsineFamily.Options> family() {
        return new ArcsineFamily();
    }

    @Override
    protected Dataset data() {
        Points rows = Points.zeros(1, 50);
        for (int n = 0; n < rows.size(); n++) {
            rows.set(0, n, 3 * new CounterRandom(1).uniform(n, 0));
        }
        return new InMemory(List.of(Column.bounded("share", 0, 3)), rows);
    }

    @Override
    protected double tolerance(Eigenbasis basis) {
        // acos loses half the digits of 1 - |cos theta| next to the ends: k sqrt(eps) of an angle, seldom met.
        return 1e-9;
    }
}
