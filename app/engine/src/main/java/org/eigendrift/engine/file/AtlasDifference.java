package org.eigendrift.engine.file;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import org.eigendrift.api.State;
import org.eigendrift.engine.atlas.Atlas;
import org.eigendrift.engine.atlas.ChartMixture;
import org.eigendrift.engine.gibbs.GibbsModel;

/** What keeps two atlases from being added: their charts, their mixtures, and what differs in a chart's model. */
final class AtlasDifference {
    private AtlasDifference() {}

    /** The differences, in words; empty if there are none. */
    static List<String> of(Atlas first, Atlas second) {
        List<String> keys = charts(first, second);
        if (keys.isEmpty()) {
            keys = gibbs(first.gibbs(), second.gibbs());
        }
        return keys;
    }

    private static List<String> gibbs(Optional<Atlas.Gibbs> first, Optional<Atlas.Gibbs> second) {
        List<String> keys = new ArrayList<>();
        if (first.isPresent() != second.isPresent()) {
            keys.add("density: " + (first.isPresent() ? "gibbs and flow" : "flow and gibbs"));
        } else if (first.isPresent()) {
            GibbsModel a = first.get().model();
            GibbsModel b = second.get().model();
            for (String difference : ModelDifference.of(a, b)) {
                keys.add("gibbs: " + difference);
            }
            if (keys.isEmpty()) {
                ModelDifference.state(
                        "gibbs: confinement.",
                        a.confinement().scale(),
                        b.confinement().scale(),
                        keys);
            }
        }
        return keys;
    }

    private static List<String> charts(Atlas first, Atlas second) {
        int charts = first.charts().size();
        if (charts != second.charts().size()) {
            return List.of("components: " + charts + " and " + second.charts().size());
        }
        if (charts == 1) {
            return ModelDifference.of(
                    first.heaviest().model(), second.heaviest().model());
        }
        List<String> keys = new ArrayList<>();
        if (first.columns().equals(second.columns())) {
            ModelDifference.state("mixture.", mixture(first), mixture(second), keys);
        }
        if (!keys.isEmpty()) {
            keys.add("fit one model like the other, so that they share charts");
            return keys;
        }
        for (int k = 0; k < charts; k++) {
            Atlas.Chart a = first.charts().get(k);
            Atlas.Chart b = second.charts().get(k);
            String key = "chart " + (k + 1) + ": ";
            if (!a.component().equals(b.component())) {
                keys.add(key + "component: " + show(a.component()) + " and " + show(b.component()));
            }
            for (String difference : ModelDifference.of(a.model(), b.model())) {
                keys.add(key + difference);
            }
        }
        return keys;
    }

    private static State mixture(Atlas atlas) {
        return atlas.mixture().map(ChartMixture::state).orElse(State.EMPTY);
    }

    private static String show(OptionalInt component) {
        return component.isPresent() ? Integer.toString(component.getAsInt()) : "all rows";
    }
}
