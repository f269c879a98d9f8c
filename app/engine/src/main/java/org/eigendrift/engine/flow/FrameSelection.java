package org.eigendrift.engine.flow;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.eigendrift.api.Parallel;
import org.eigendrift.api.RunContext;
import org.eigendrift.api.basis.BasisFamily;
import org.eigendrift.api.data.Column;
import org.eigendrift.api.data.Dataset;
import org.eigendrift.api.frame.Frame;
import org.eigendrift.api.frame.FrameContext;
import org.eigendrift.api.frame.FrameProvider;
import org.eigendrift.api.law.Decision;
import org.eigendrift.api.plugin.Choices;
import org.eigendrift.api.plugin.Chosen;
import org.eigendrift.api.plugin.Provider;
import org.eigendrift.api.plugin.ProviderLookup;
import org.eigendrift.engine.data.FrameChain;
import org.eigendrift.engine.data.FramedDataset;
import org.eigendrift.engine.data.LocalPasses;
import org.eigendrift.engine.settings.FamilyChoice;

/** The frames of a fit: those that were named, or those where the families of the columns live. */
final class FrameSelection {
    private FrameSelection() {}

    /**
     * For each frame that families ask for, one instance over their columns.
     *
     * @param columns the data's columns
     * @param families of every column
     * @param providers finds frames
     * @return frames in the order in which families ask for them
     */
    static List<Chosen<FrameContext, Frame>> of(
            List<Column> columns, List<FamilyChoice> families, ProviderLookup providers) {
        Map<String, List<String>> byFrame = new LinkedHashMap<>();
        for (int i = 0; i < columns.size(); i++) {
            BasisFamily<?> family =
                    (BasisFamily<?>) families.get(i).family().orElseThrow().provider();
            String name = columns.get(i).name();
            family.frame()
                    .ifPresent(frame -> byFrame.computeIfAbsent(frame, f -> new ArrayList<>())
                            .add(name));
        }
        List<Chosen<FrameContext, Frame>> frames = new ArrayList<>();
        byFrame.forEach((frame, names) -> frames.add(restricted(providers.find(FrameProvider.class, frame), names)));
        return frames;
    }

    @SuppressWarnings("unchecked")
    private static Chosen<FrameContext, Frame> restricted(Provider<?, ?, ?> provider, List<String> names) {
        return new Chosen<>(
                (Provider<?, FrameContext, Frame>) provider, provider.options().of(Map.of("columns", names)));
    }

    /**
     * What was chosen, whether it was named or not: a resolved configuration must yield the same file.
     *
     * @param frames the frames
     * @param ofFamilies what the families ask for
     */
    static Decision decision(List<Chosen<FrameContext, Frame>> frames, List<Chosen<FrameContext, Frame>> ofFamilies) {
        String chosen = frames.stream().map(FrameSelection::shown).collect(Collectors.joining(", "));
        return new Decision(
                "frames",
                chosen.isEmpty() ? "no frame" : chosen,
                List.of(),
                frames.equals(ofFamilies) ? "where the families live" : "named, or those of the kind of model");
    }

    /** The name, and the options that differ from what they are by default. */
    private static String shown(Chosen<?, ?> chosen) {
        Map<String, Object> options = Choices.changed(chosen);
        return chosen.name() + (options.isEmpty() ? "" : " " + options);
    }

    /**
     * Fits frames one after the other, each to the rows in the coordinates of those before it.
     *
     * @param train the rows
     * @param chosen the frames
     * @param run cancellation
     * @param parallel runs shares of the readings
     */
    static FrameChain fit(Dataset train, List<Chosen<FrameContext, Frame>> chosen, RunContext run, Parallel parallel) {
        List<Frame> fitted = new ArrayList<>();
        for (Chosen<FrameContext, Frame> choice : chosen) {
            Dataset view = FramedDataset.of(train, new FrameChain(train.columns(), fitted));
            fitted.add(FrameChain.plan(choice, view.columns()).run(LocalPasses.over(view, run, parallel)));
        }
        return new FrameChain(train.columns(), fitted);
    }
}
