package org.eigendrift.engine.flow;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import org.eigendrift.api.InputException;
import org.eigendrift.api.NumericalException;
import org.eigendrift.api.RunContext;
import org.eigendrift.api.data.Dataset;
import org.eigendrift.api.data.InMemory;
import org.eigendrift.api.plugin.ProviderLookup;
import org.eigendrift.engine.data.FrameChain;
import org.eigendrift.engine.data.RowCache;
import org.eigendrift.engine.settings.BasisOptions;
import org.eigendrift.engine.settings.Density;
import org.eigendrift.engine.settings.FamilyChoice;
import org.eigendrift.engine.settings.FitSettings;
import org.eigendrift.engine.settings.ProcessOptions;

/** Flows of the first rows and few functions, in the frames and families of a fit to all: they stand for its law before it is there. */
public final class Rehearsal {
    private static final int ROWS = 64;
    private static final int DEGREE = 2;
    private static final int TIMES = 3;

    /** Where times are left to the fit, two ranges: what holds in both does not hang on them. */
    private static final double[][] RANGES = {{1e-4, 8}, {1e-3, 5}};

    /** Of T at least, t_min where one of the two was given. */
    private static final double SPAN = 1e-2;

    private Rehearsal() {}

    /**
     * Fits them.
     *
     * @param train the rows; only the first are read, and all where only that tells how many there are
     * @param settings what the user chose
     * @param providers finds plugins
     * @param run the run
     * @return one flow where the times were chosen, otherwise two that differ in them; none where the kind of model is left to the fit
     *     or is no flow, or where so few rows cannot be fitted
     */
    public static List<FlowLaw> of(Dataset train, FitSettings settings, ProviderLookup providers, RunContext run) {
        if (settings.choosesModel() || settings.otherFlows().isPresent()) {
            return List.of();
        }
        long rows = RowCache.of(train).rows().orElseThrow();
        Dataset first = new InMemory(train.columns(), InMemory.read(train, ROWS));
        try {
            if (anyConstant(first, run)) {
                return List.of();
            }
            Map<String, FamilyChoice> families = families(first, rows, settings, providers, run);
            List<FlowLaw> flows = new ArrayList<>();
            for (ProcessOptions process : processes(settings.process())) {
                flows.add(Fit.of(first, small(settings, families, process), providers, run));
            }
            return flows;
        } catch (InputException | NumericalException e) {
            // What cannot be fitted to a few rows may be to all, and if not the fit says so, of all rows.
            return List.of();
        }
    }

    /** A column that varies later only is left out of no law. */
    private static boolean anyConstant(Dataset rows, RunContext run) {
        return Fit.seen(rows, run).stream().anyMatch(range -> range.lower() == range.upper());
    }

    /** Those of the fit, which go by the kinds of the columns and the number of all rows. */
    private static Map<String, FamilyChoice> families(
            Dataset first, long rows, FitSettings settings, ProviderLookup providers, RunContext run) {
        Optional<FrameChain> frames =
                settings.frames().map(chosen -> FrameSelection.fit(first, chosen, run, run.parallel()));
        List<FamilyChoice> chosen = new FamilySelection(settings, providers, first.columns(), rows)
                .choose(
                        frames.map(FrameChain::columns).orElse(first.columns()),
                        frames.map(FrameChain::leftNormal).orElse(new int[0]))
                .families();
        Map<String, FamilyChoice> families = new LinkedHashMap<>();
        for (int i = 0; i < chosen.size(); i++) {
            int degree = Math.min(DEGREE, chosen.get(i).degree().orElseThrow());
            families.put(
                    first.columns().get(i).name(),
                    new FamilyChoice(chosen.get(i).family(), OptionalInt.of(degree)));
        }
        return families;
    }

    private static FitSettings small(FitSettings settings, Map<String, FamilyChoice> families, ProcessOptions process) {
        BasisOptions basis = new BasisOptions(
                FamilyChoice.AUTO, families, FitSettings.auto().basis().clusters());
        return new FitSettings(OptionalInt.of(1), Density.FLOW, settings.frames(), basis, process, settings.solver());
    }

    private static List<ProcessOptions> processes(ProcessOptions given) {
        List<ProcessOptions> processes = new ArrayList<>();
        for (double[] range : RANGES) {
            double earliest = given.earliest()
                    .orElse(Math.min(range[0], SPAN * given.horizon().orElse(range[1])));
            double horizon = given.horizon().orElse(Math.max(range[1], earliest / SPAN));
            ProcessOptions process = new ProcessOptions(
                    OptionalDouble.of(horizon), OptionalDouble.of(earliest), OptionalInt.of(TIMES), given.moments());
            if (!processes.contains(process)) {
                processes.add(process);
            }
        }
        return processes;
    }
}
