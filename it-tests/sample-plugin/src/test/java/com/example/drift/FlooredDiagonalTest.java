package com.example.drift;

import org.eigendrift.api.linear.LinearSystem;
import org.eigendrift.api.linear.Preconditioner;
import org.eigendrift.api.plugin.Chosen;
import org.eigendrift.contract.PreconditionerContract;

class FlooredDiagonalTest extends PreconditionerContract {
    @Override
    protected Chosen<LinearSystem, Preconditioner> preconditioner() {
        return new Chosen<>(new FlooredDiagonal(), new FlooredDiagonal.Options(0.01));
    }
}
