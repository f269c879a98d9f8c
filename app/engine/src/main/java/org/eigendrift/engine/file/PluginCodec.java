package org.eigendrift.engine.file;

import org.eigendrift.api.law.Law;
import org.eigendrift.api.law.LawProvider;
import org.eigendrift.api.law.StoredLaw;
import org.eigendrift.api.plugin.PluginException;

/** A law that a plugin writes and makes again, its names apart from those of the file. */
final class PluginCodec implements LawCodec<StoredLaw> {
    private static final String CONTENTS = "law.";

    private final String kind;

    PluginCodec(String kind) {
        this.kind = kind;
    }

    @Override
    public int version(StoredLaw law) {
        return ModelFile.KIND_VERSION;
    }

    @Override
    public void write(StoredLaw law, Section.Out out) {
        law.write(out.within(CONTENTS));
    }

    @Override
    public StoredLaw read(Section.In in) {
        LawProvider<?> provider = (LawProvider<?>) ModelReader.find(in.providers(), LawProvider.class, kind);
        Law law = ModelReader.restoring("the law '" + kind + "'", () -> provider.restore(in.within(CONTENTS)));
        if (!(law instanceof StoredLaw stored)) {
            throw new PluginException(
                    provider, "returned " + (law == null ? "null" : "no StoredLaw") + " from restore");
        }
        return stored;
    }
}
