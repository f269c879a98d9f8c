package org.eigendrift.engine.file;

import java.util.Map;
import org.eigendrift.api.InputException;
import org.eigendrift.api.law.Law;
import org.eigendrift.api.law.StoredLaw;
import org.eigendrift.engine.flow.FittedModel;
import org.eigendrift.engine.law.constant.ConstantColumns;
import org.eigendrift.engine.law.gibbs.GibbsLaw;
import org.eigendrift.engine.law.mixture.Mixture;

/** The codec of each kind of law: those of the engine by their names, all others by their plugins. */
final class LawCodecs {
    private static final Map<String, LawCodec<?>> OWN = Map.of(
            FittedModel.KIND,
            new FlowCodec(),
            Mixture.KIND,
            new MixtureCodec(),
            GibbsLaw.KIND,
            new GibbsCodec(),
            ConstantColumns.KIND,
            new ConstantCodec());

    private LawCodecs() {}

    /** Whether the engine itself knows a kind. */
    static boolean own(String kind) {
        return OWN.containsKey(kind);
    }

    /** The kind that a reader of a whole file takes a law for without being told; empty for those it has to be told of. */
    static String inferred(String kind) {
        return own(kind) && !kind.equals(ConstantColumns.KIND) ? kind : "";
    }

    static LawCodec<?> of(String kind) {
        LawCodec<?> own = OWN.get(kind);
        return own == null ? new PluginCodec(kind) : own;
    }

    /** What is written of a law: a mixture of one member is that law. */
    static Law plain(Law law) {
        return law instanceof Mixture mixture && mixture.members().size() == 1
                ? plain(mixture.members().get(0).law())
                : law;
    }

    /** The codec of a law, which takes laws of its kind. */
    @SuppressWarnings("unchecked")
    static LawCodec<Law> of(Law law) {
        String kind = law.provenance().kind();
        if (!own(kind) && !(law instanceof StoredLaw)) {
            throw new InputException("a law of kind '" + kind + "' cannot be written to a model file");
        }
        return (LawCodec<Law>) of(kind);
    }
}
