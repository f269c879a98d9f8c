package org.eigendrift.engine.file;

import java.util.List;
import org.eigendrift.api.State;
import org.eigendrift.engine.atlas.Atlas;

/** Puts an atlas into metadata and tensors: a single chart as the model it is, several one after the other. */
final class AtlasWriter {
    /** Tensor of the charts' weights. */
    static final String WEIGHTS = "charts.weights";

    /** Tensor of the components whose rows the charts were fitted to. */
    static final String COMPONENTS = "charts.components";

    /** The component of a chart that was fitted to all rows. */
    static final int ALL_ROWS = -1;

    /** Prefix of the mixture's tensors. */
    static final String MIXTURE = "mixture.";

    private AtlasWriter() {}

    /** Prefix of what belongs to a chart. */
    static String chart(int chart) {
        return "chart." + chart + ".";
    }

    static SafetensorsWriter contents(Atlas atlas) {
        SafetensorsWriter out = new SafetensorsWriter();
        List<Atlas.Chart> charts = atlas.charts();
        boolean single = charts.size() == 1;
        out.metadata("format", ModelFile.FORMAT);
        out.metadata("format_version", Integer.toString(version(atlas)));
        out.metadata("eigendrift_version", ModelFile.programVersion());
        if (single) {
            ModelWriter model = new ModelWriter(charts.get(0).model(), "", out);
            model.rows();
            columns(atlas, out);
            ModelWriter.write(charts.get(0).model(), "", out);
            atlas.gibbs().ifPresent(gibbs -> GibbsTensors.write(gibbs, out));
            return out;
        }
        out.metadata("rows", Long.toString(atlas.rows()));
        columns(atlas, out);
        out.metadata("charts", Integer.toString(charts.size()));
        out.doubles(WEIGHTS, charts.stream().mapToDouble(Atlas.Chart::weight).toArray());
        out.ints(
                COMPONENTS,
                charts.stream().mapToInt(c -> c.component().orElse(ALL_ROWS)).toArray());
        atlas.mixture().ifPresent(mixture -> state(MIXTURE, mixture.state(), out));
        for (int k = 0; k < charts.size(); k++) {
            new ModelWriter(charts.get(k).model(), chart(k), out).rows();
            ModelWriter.write(charts.get(k).model(), chart(k), out);
        }
        atlas.gibbs().ifPresent(gibbs -> GibbsTensors.write(gibbs, out));
        return out;
    }

    /** The first version of the format that has all that the model needs. */
    private static int version(Atlas atlas) {
        List<Atlas.Chart> charts = atlas.charts();
        if (atlas.gibbs().isPresent() || charts.stream().anyMatch(chart -> ModelWriter.onGrid(chart.model()))) {
            return ModelFile.GRID_VERSION;
        }
        return charts.size() == 1 ? ModelFile.MODEL_VERSION : ModelFile.ATLAS_VERSION;
    }

    private static void columns(Atlas atlas, SafetensorsWriter out) {
        out.metadata("columns", Json.write(ModelText.columns(atlas.columns())));
    }

    static void state(String prefix, State state, SafetensorsWriter out) {
        for (String name : state.names()) {
            out.doubles(prefix + name, state.get(name));
        }
    }
}
