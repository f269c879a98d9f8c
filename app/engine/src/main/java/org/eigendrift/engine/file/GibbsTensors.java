package org.eigendrift.engine.file;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.eigendrift.api.InputException;
import org.eigendrift.api.State;
import org.eigendrift.api.data.Column;
import org.eigendrift.api.plugin.ProviderLookup;
import org.eigendrift.engine.atlas.Atlas;
import org.eigendrift.engine.basis.ProductBasis;
import org.eigendrift.engine.data.FrameChain;
import org.eigendrift.engine.gibbs.Bounds;
import org.eigendrift.engine.gibbs.Confinement;
import org.eigendrift.engine.gibbs.GibbsModel;
import org.eigendrift.engine.gibbs.HamiltonianWalk;
import org.eigendrift.engine.gibbs.Normaliser;
import org.eigendrift.engine.moment.GridLayout;
import org.eigendrift.engine.moment.MomentTable;
import org.eigendrift.engine.settings.FitSettings;

/** A Gibbs density in metadata and tensors, all names under one prefix. */
final class GibbsTensors {
    private static final String PREFIX = "gibbs.";
    private static final String CHOICES = PREFIX + "choices";
    private static final String NUMBERS = PREFIX + "numbers";
    private static final String THETA = PREFIX + "theta";
    private static final String CONFINEMENT = PREFIX + "confinement.";

    /** Weight, ridge, log Z, its standard error, draws, step, trajectories, bounds, steps to likelihood. */
    private static final int COUNT = 11;

    private static final int MOST_STEPS = 100;
    private static final int MOST_TRAJECTORIES = 1_000_000;

    private final SafetensorsReader in;
    private final ProviderLookup providers;
    private final Set<String> used;

    GibbsTensors(SafetensorsReader in, ProviderLookup providers, Set<String> used) {
        this.in = in;
        this.providers = providers;
        this.used = used;
    }

    static void write(Atlas.Gibbs gibbs, SafetensorsWriter out) {
        GibbsModel model = gibbs.model();
        ModelWriter writer = new ModelWriter(model, PREFIX, out);
        writer.rows();
        writer.configuration();
        out.metadata(CHOICES, Json.write(model.choices()));
        out.doubles(NUMBERS, new double[] {
            gibbs.weight(),
            model.ridge(),
            model.normaliser().log(),
            model.normaliser().standardError(),
            model.normaliser().draws(),
            model.walk().step(),
            model.walk().trajectories(),
            model.bounds().floor(),
            model.bounds().middle(),
            model.bounds().ceiling(),
            model.steps()
        });
        out.doubles(THETA, model.theta());
        writer.functions();
        AtlasWriter.state(CONFINEMENT, model.confinement().state(), out);
    }

    /** The density, empty if the file has none. */
    Optional<Atlas.Gibbs> read(List<Column> columns) throws IOException {
        if (!in.metadata().containsKey(CHOICES)) {
            return Optional.empty();
        }
        try {
            return Optional.of(density(columns));
        } catch (InputException e) {
            throw new InputException("the Gibbs density: " + e.getMessage(), e);
        }
    }

    private Atlas.Gibbs density(List<Column> columns) throws IOException {
        double[] numbers = doubles(NUMBERS, COUNT);
        ModelReader reader = new ModelReader(in, providers, PREFIX, used);
        FitSettings settings = reader.settings();
        FrameChain frames = reader.frames(columns, settings);
        ProductBasis basis = reader.basis(settings, frames);
        MomentTable table = reader.table(() -> new GridLayout(basis, GibbsModel.TIME));
        double[] theta = doubles(THETA, basis.size());
        State state = ModelReader.state(in, CONFINEMENT, used);
        Confinement confinement = ModelReader.restoring("its confinement", () -> Confinement.restore(basis, state));
        return new Atlas.Gibbs(
                checked("weight", numbers[0], numbers[0] > 0 && numbers[0] <= 1),
                new GibbsModel(
                        settings,
                        frames,
                        basis,
                        table,
                        checked("ridge", numbers[1], numbers[1] >= 0),
                        checked(
                                "number of steps to likelihood",
                                numbers[10],
                                numbers[10] >= 0 && numbers[10] <= MOST_STEPS),
                        theta,
                        confinement,
                        new Bounds(
                                numbers[7],
                                checked("bound beyond the rows", numbers[8], numbers[8] >= numbers[7]),
                                checked("ceiling", numbers[9], numbers[9] >= numbers[8])),
                        new Normaliser(
                                checked("log-constant", numbers[2], true),
                                checked("error of the log-constant", numbers[3], numbers[3] >= 0),
                                whole("number of draws", numbers[4], Integer.MAX_VALUE)),
                        new HamiltonianWalk(
                                checked("step", numbers[5], numbers[5] > 0),
                                whole("number of trajectories", numbers[6], MOST_TRAJECTORIES)),
                        choices()));
    }

    private List<String> choices() {
        JsonNode choices = Json.read(CHOICES, in.required(CHOICES));
        return ModelText.lines(choices, CHOICES);
    }

    private double[] doubles(String name, int count) throws IOException {
        used.add(name);
        double[] values = in.doubles(name);
        if (values.length != count) {
            throw new InputException("tensor '" + name + "' has " + values.length + " elements, expected " + count);
        }
        for (double value : values) {
            checked("element of tensor '" + name + "'", value, true);
        }
        return values;
    }

    private static double checked(String what, double value, boolean valid) {
        if (!valid || !Double.isFinite(value)) {
            throw new InputException("the " + what + " is " + value);
        }
        return value;
    }

    private static int whole(String what, double value, int most) {
        return (int) checked(what, value, value >= 1 && value <= most && value == Math.rint(value));
    }
}
