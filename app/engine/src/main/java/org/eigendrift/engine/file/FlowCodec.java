package org.eigendrift.engine.file;

import java.io.IOException;
import org.eigendrift.engine.flow.FittedModel;

/** A flow: its configuration, report, times, coefficients, sums and functions. */
final class FlowCodec implements LawCodec<FittedModel> {
    @Override
    public int version(FittedModel law) {
        return ModelWriter.onGrid(law) ? ModelFile.GRID_VERSION : ModelFile.MODEL_VERSION;
    }

    @Override
    public void write(FittedModel law, Section.Out out) {
        ModelWriter.write(law, out.prefix(), out.file());
    }

    @Override
    public FittedModel read(Section.In in) throws IOException {
        return new ModelReader(in.file(), in.providers(), in.prefix(), in.used()).read(in.columns());
    }
}
