package com.example.drift;

import org.eigendrift.api.CounterRandom;
import org.eigendrift.api.Points;
import org.eigendrift.api.data.Dataset;
import org.eigendrift.api.data.InMemory;
import org.eigendrift.api.frame.FrameProvider;
import org.eigendrift.contract.FrameContract;

class AsinhFrameTest extends FrameContract<AsinhFrame.Options> {
    @Override
    protected FrameProvider<AsinhFrame.Options> provider() {
        return new AsinhFrame();
    }

    @Override
    protected Dataset data() {
        Points rows = Points.zeros(2, 40);
        for (int n = 0; n < rows.size(); n++) {
            rows.set(0, n, 3 * new CounterRandom(1).normal(n, 0));
            rows.set(1, n, 0.2 * new CounterRandom(1).normal(n, 1));
        }
        return InMemory.of(rows);
    }
}
