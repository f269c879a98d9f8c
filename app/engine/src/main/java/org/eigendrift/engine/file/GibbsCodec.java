package org.eigendrift.engine.file;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.util.List;
import org.eigendrift.api.InputException;
import org.eigendrift.api.State;
import org.eigendrift.api.law.Law;
import org.eigendrift.engine.basis.ProductBasis;
import org.eigendrift.engine.data.FrameChain;
import org.eigendrift.engine.flow.FittedModel;
import org.eigendrift.engine.flow.FlowLaw;
import org.eigendrift.engine.gibbs.Bounds;
import org.eigendrift.engine.gibbs.Confinement;
import org.eigendrift.engine.gibbs.GibbsModel;
import org.eigendrift.engine.gibbs.HamiltonianWalk;
import org.eigendrift.engine.gibbs.Normaliser;
import org.eigendrift.engine.law.gibbs.GibbsLaw;
import org.eigendrift.engine.law.mixture.Mixture;
import org.eigendrift.engine.moment.GridLayout;
import org.eigendrift.engine.moment.MomentTable;
import org.eigendrift.engine.settings.FitSettings;

/** A Gibbs density: the flow beside it as it stands alone, then the density, all its names under one prefix. */
final class GibbsCodec implements LawCodec<GibbsLaw> {
    private static final String PREFIX = "gibbs.";
    /** What was chosen: where it stands, a Gibbs density is. */
    static final String CHOICES = PREFIX + "choices";

    private static final String NUMBERS = PREFIX + "numbers";
    private static final String THETA = PREFIX + "theta";
    private static final String CONFINEMENT = PREFIX + "confinement.";

    /** Weight, ridge, log Z, its standard error, draws, step, trajectories, bounds, steps to likelihood. */
    private static final int COUNT = 11;

    private static final int MOST_STEPS = 100;
    private static final int MOST_TRAJECTORIES = 1_000_000;

    @Override
    public int version(GibbsLaw law) {
        Law flow = LawCodecs.plain(law.flow());
        return Math.max(ModelFile.GRID_VERSION, LawCodecs.of(flow).version(flow));
    }

    @Override
    public void write(GibbsLaw law, Section.Out part) {
        Law flow = LawCodecs.plain(law.flow());
        LawCodecs.of(flow).write(flow, part);
        GibbsModel model = law.model();
        SafetensorsWriter out = part.file();
        String prefix = part.prefix();
        ModelWriter writer = new ModelWriter(model, prefix + PREFIX, out);
        writer.rows();
        writer.configuration();
        out.metadata(prefix + CHOICES, Json.write(model.choices()));
        out.doubles(prefix + NUMBERS, new double[] {
            law.weight(),
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
        out.doubles(prefix + THETA, model.theta());
        writer.functions();
        Section.Out.state(out, prefix + CONFINEMENT, model.confinement().state());
    }

    @Override
    public GibbsLaw read(Section.In in) throws IOException {
        boolean several = in.file().metadata().containsKey(in.prefix() + MixtureCodec.CHARTS);
        FlowLaw flow = (FlowLaw)
                LawCodecs.of(several ? Mixture.KIND : FittedModel.KIND).read(in);
        try {
            return density(in, flow);
        } catch (InputException e) {
            throw new InputException("the Gibbs density: " + e.getMessage(), e);
        }
    }

    private static GibbsLaw density(Section.In in, FlowLaw flow) throws IOException {
        double[] numbers = doubles(in, NUMBERS, COUNT);
        ModelReader reader = new ModelReader(in.file(), in.providers(), in.prefix() + PREFIX, in.used());
        FitSettings settings = reader.settings();
        FrameChain frames = reader.frames(in.columns(), settings);
        ProductBasis basis = reader.basis(settings, frames);
        MomentTable table = reader.table(() -> new GridLayout(basis, GibbsModel.TIME));
        double[] theta = doubles(in, THETA, basis.size());
        State state = ModelReader.state(in.file(), in.prefix() + CONFINEMENT, in.used());
        Confinement confinement = ModelReader.restoring("its confinement", () -> Confinement.restore(basis, state));
        return new GibbsLaw(
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
                        choices(in)),
                flow);
    }

    private static List<String> choices(Section.In in) {
        JsonNode choices = Json.read(CHOICES, in.file().required(in.prefix() + CHOICES));
        return ModelText.lines(choices, CHOICES);
    }

    private static double[] doubles(Section.In in, String name, int count) throws IOException {
        in.used().add(in.prefix() + name);
        double[] values = in.file().doubles(in.prefix() + name);
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
