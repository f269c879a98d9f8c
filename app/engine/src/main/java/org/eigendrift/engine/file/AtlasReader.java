package org.eigendrift.engine.file;

import java.io.IOException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import org.eigendrift.api.InputException;
import org.eigendrift.api.State;
import org.eigendrift.api.data.Column;
import org.eigendrift.api.plugin.ProviderLookup;
import org.eigendrift.engine.FittedModel;
import org.eigendrift.engine.atlas.Atlas;
import org.eigendrift.engine.atlas.ChartMixture;

/** Makes an atlas from a file: the one model of the first version of the format, or several charts. */
final class AtlasReader {
    /** Weights are quotients of numbers of rows, of which a thousand sum to 1 within rounding. */
    private static final double WEIGHT_TOLERANCE = 1e-9;

    private final SafetensorsReader in;
    private final ProviderLookup providers;
    private final Set<String> used = new HashSet<>();

    AtlasReader(SafetensorsReader in, ProviderLookup providers) {
        this.in = in;
        this.providers = providers;
    }

    Atlas read() throws IOException {
        long version = version();
        in.verify();
        List<Column> columns = ModelText.columns(Json.read("columns", in.required("columns")));
        boolean several = version == ModelFile.ATLAS_VERSION
                || version > ModelFile.ATLAS_VERSION && in.metadata().containsKey("charts");
        Atlas flow = several ? charts(columns) : Atlas.of(model(columns, ""));
        Atlas atlas = new Atlas(flow.charts(), flow.mixture(), new GibbsTensors(in, providers, used).read(columns));
        for (String name : in.tensors().keySet()) {
            if (!used.contains(name)) {
                throw new InputException("tensor '" + name + "' is none of an Eigendrift model");
            }
        }
        return atlas;
    }

    private long version() {
        if (!ModelFile.FORMAT.equals(in.metadata().get("format"))) {
            throw new InputException(
                    "a safetensors file, but not of an Eigendrift model: its metadata entry 'format' is "
                            + in.metadata().get("format") + ", expected " + ModelFile.FORMAT);
        }
        long version = in.whole("format_version");
        if (version > ModelFile.FORMAT_VERSION) {
            throw new InputException("format version " + version + ", written by Eigendrift "
                    + in.metadata().get("eigendrift_version") + "; this is Eigendrift " + ModelFile.programVersion()
                    + ", which reads format versions up to " + ModelFile.FORMAT_VERSION);
        }
        if (version < 1) {
            throw new InputException("format version " + version + ", expected 1 to " + ModelFile.FORMAT_VERSION);
        }
        return version;
    }

    private FittedModel model(List<Column> columns, String prefix) throws IOException {
        return new ModelReader(in, providers, prefix, used).read(columns);
    }

    private Atlas charts(List<Column> columns) throws IOException {
        double[] weights = weights(in.whole("charts"));
        int[] components = in.ints(AtlasWriter.COMPONENTS);
        used.add(AtlasWriter.COMPONENTS);
        if (components.length != weights.length) {
            throw new InputException("tensor '" + AtlasWriter.COMPONENTS + "' has " + components.length
                    + " elements, expected " + weights.length);
        }
        Optional<ChartMixture> mixture = mixture(columns);
        Set<Integer> seen = new HashSet<>();
        List<Atlas.Chart> charts = new ArrayList<>();
        for (int k = 0; k < weights.length; k++) {
            OptionalInt component =
                    component(k, components[k], mixture.map(ChartMixture::size).orElse(0));
            if (component.isPresent() && !seen.add(components[k])) {
                throw new InputException("two charts are of component " + components[k]);
            }
            charts.add(new Atlas.Chart(weights[k], component, chart(columns, k)));
        }
        Atlas atlas = new Atlas(charts, mixture);
        if (atlas.rows() != in.whole("rows")) {
            throw new InputException(
                    "the charts were fitted to " + atlas.rows() + " rows, the model to " + in.whole("rows"));
        }
        return atlas;
    }

    private double[] weights(long charts) throws IOException {
        used.add(AtlasWriter.WEIGHTS);
        double[] weights = in.doubles(AtlasWriter.WEIGHTS);
        if (charts < 2 || weights.length != charts) {
            throw new InputException("the metadata entry 'charts' is " + charts + ", tensor '" + AtlasWriter.WEIGHTS
                    + "' has " + weights.length + " elements; expected the same number, at least 2");
        }
        double sum = 0;
        boolean positive = true;
        for (double weight : weights) {
            positive &= weight > 0;
            sum += weight;
        }
        if (!positive || !(Math.abs(sum - 1) <= WEIGHT_TOLERANCE)) {
            throw new InputException(
                    "the weights of the charts sum to " + sum + ", expected numbers above 0 that sum" + " to 1");
        }
        return weights;
    }

    private Optional<ChartMixture> mixture(List<Column> columns) throws IOException {
        State state = ModelReader.state(in, AtlasWriter.MIXTURE, used);
        return state.names().isEmpty()
                ? Optional.empty()
                : Optional.of(
                        ModelReader.restoring("the mixture", () -> ChartMixture.restore(columns, state, providers)));
    }

    private static OptionalInt component(int chart, int component, int size) {
        if (component < AtlasWriter.ALL_ROWS || component >= size) {
            throw new InputException("chart " + chart + " is of component " + component + ", expected one of " + size
                    + ", or " + AtlasWriter.ALL_ROWS);
        }
        return component == AtlasWriter.ALL_ROWS ? OptionalInt.empty() : OptionalInt.of(component);
    }

    private FittedModel chart(List<Column> columns, int chart) throws IOException {
        try {
            return model(columns, AtlasWriter.chart(chart));
        } catch (InputException e) {
            throw new InputException("chart " + chart + ": " + e.getMessage(), e);
        }
    }
}
