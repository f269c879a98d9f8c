package org.eigendrift.engine.file;

import org.eigendrift.api.InputException;
import org.eigendrift.api.law.Law;
import org.eigendrift.engine.flow.Flows;
import org.eigendrift.engine.law.constant.ConstantColumns;
import org.eigendrift.engine.law.constant.Constants;

/** Constant columns: the value of each, NaN for those that vary, and the law of these. */
final class ConstantCodec implements LawCodec<ConstantColumns> {
    private static final String VALUES = "constants";
    private static final String LAW = "varying";

    @Override
    public int version(ConstantColumns law) {
        return ModelFile.KIND_VERSION;
    }

    @Override
    public void write(ConstantColumns law, Section.Out out) {
        out.doubles(VALUES, law.constants().values());
        out.law(LAW, law.law());
    }

    @Override
    public ConstantColumns read(Section.In in) {
        Constants constants = Constants.of(in.columns(), in.doubles(VALUES));
        Law law = in.law(LAW);
        if (law instanceof Flows fitted) {
            return new ConstantColumns(constants, fitted);
        }
        throw new InputException("the law beside constant columns is of kind '"
                + law.provenance().kind() + "', expected a flow");
    }
}
