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
import org.eigendrift.api.law.Gate;
import org.eigendrift.api.law.GateProvider;
import org.eigendrift.api.law.Law;
import org.eigendrift.api.plugin.PluginException;
import org.eigendrift.engine.atlas.ChartMixture;
import org.eigendrift.engine.flow.FittedModel;
import org.eigendrift.engine.law.mixture.Member;
import org.eigendrift.engine.law.mixture.Mixture;

/** A mixture: weights, cells and gate, then its members, one part each. */
final class MixtureCodec implements LawCodec<Mixture> {
    /** How many members: where it stands, a mixture is. */
    static final String CHARTS = "charts";

    private static final String WEIGHTS = "charts.weights";
    private static final String CELLS = "charts.components";

    /** Kind of the gate, unless it is a mixture of normal laws. */
    private static final String GATE = "charts.gate";

    /** Prefix of the gate's tensors. */
    private static final String STATE = "mixture.";

    /** The cell of a member that was fitted to all rows. */
    private static final int ALL_ROWS = -1;

    /** Weights are quotients of numbers of rows, of which a thousand sum to 1 within rounding. */
    private static final double WEIGHT_TOLERANCE = 1e-9;

    private static String part(int member) {
        return "chart." + member + ".";
    }

    @Override
    public int version(Mixture law) {
        boolean plain =
                law.gate().map(gate -> gate.kind().equals(ChartMixture.KIND)).orElse(true);
        int version = plain ? ModelFile.ATLAS_VERSION : ModelFile.KIND_VERSION;
        for (Member member : law.members()) {
            Law own = LawCodecs.plain(member.law());
            boolean flow = own.provenance().kind().equals(FittedModel.KIND);
            version = Math.max(version, flow ? LawCodecs.of(own).version(own) : ModelFile.KIND_VERSION);
        }
        return version;
    }

    @Override
    public void write(Mixture law, Section.Out out) {
        List<Member> members = law.members();
        String prefix = out.prefix();
        SafetensorsWriter file = out.file();
        file.metadata(prefix + CHARTS, Integer.toString(members.size()));
        law.gate()
                .filter(gate -> !gate.kind().equals(ChartMixture.KIND))
                .ifPresent(gate -> file.metadata(prefix + GATE, gate.kind()));
        file.doubles(
                prefix + WEIGHTS, members.stream().mapToDouble(Member::weight).toArray());
        file.ints(
                prefix + CELLS,
                members.stream().mapToInt(m -> m.cell().orElse(ALL_ROWS)).toArray());
        law.gate().ifPresent(gate -> Section.Out.state(file, prefix + STATE, gate.state()));
        for (int k = 0; k < members.size(); k++) {
            Law member = members.get(k).law();
            Section.write(
                    member, law.columns(), FittedModel.KIND, new Section.Out(file, prefix + part(k), member.columns()));
        }
    }

    @Override
    public Mixture read(Section.In in) throws IOException {
        double[] weights = weights(in);
        in.used().add(in.prefix() + CELLS);
        int[] cells = in.file().ints(in.prefix() + CELLS);
        if (cells.length != weights.length) {
            throw new InputException(
                    "tensor '" + CELLS + "' has " + cells.length + " elements, expected " + weights.length);
        }
        Optional<Gate> gate = gate(in);
        Set<Integer> seen = new HashSet<>();
        List<Member> members = new ArrayList<>();
        for (int k = 0; k < weights.length; k++) {
            OptionalInt cell = cell(k, cells[k], gate.map(Gate::cells).orElse(0));
            if (cell.isPresent() && !seen.add(cells[k])) {
                throw new InputException("tensor '" + CELLS + "' names the component " + cells[k] + " for two charts");
            }
            members.add(new Member(weights[k], cell, member(in, k)));
        }
        Mixture mixture = new Mixture(members, gate);
        long rows = in.file().whole(in.prefix() + Section.ROWS);
        if (mixture.provenance().rows() != rows) {
            throw new InputException(
                    "the charts were fitted to " + mixture.provenance().rows() + " rows, the model to " + rows);
        }
        return mixture;
    }

    private static double[] weights(Section.In in) throws IOException {
        long charts = in.file().whole(in.prefix() + CHARTS);
        in.used().add(in.prefix() + WEIGHTS);
        double[] weights = in.file().doubles(in.prefix() + WEIGHTS);
        if (charts < 2 || weights.length != charts) {
            throw new InputException("the metadata entry 'charts' is " + charts + ", tensor '" + WEIGHTS + "' has "
                    + weights.length + " elements; expected the same number, at least 2");
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

    private static Optional<Gate> gate(Section.In in) throws IOException {
        State state = ModelReader.state(in.file(), in.prefix() + STATE, in.used());
        String kind = in.file().metadata().get(in.prefix() + GATE);
        if (kind != null) {
            GateProvider<?> provider = (GateProvider<?>) ModelReader.find(in.providers(), GateProvider.class, kind);
            Gate gate = ModelReader.restoring(
                    "the gate '" + kind + "'", () -> provider.restore(in.columns(), state, in.providers()));
            if (gate == null) {
                throw new PluginException(provider, "returned null from restore");
            }
            return Optional.of(gate);
        }
        return state.names().isEmpty()
                ? Optional.empty()
                : Optional.of(ModelReader.restoring(
                        "the mixture", () -> ChartMixture.restore(in.columns(), state, in.providers())));
    }

    private static OptionalInt cell(int member, int cell, int cells) {
        if (cell < ALL_ROWS || cell >= cells) {
            throw new InputException("tensor '" + CELLS + "' names the component " + cell + " for chart " + (member + 1)
                    + "; expected " + (cells > 0 ? "0 to " + (cells - 1) + ", or " : "") + ALL_ROWS + " for all rows");
        }
        return cell == ALL_ROWS ? OptionalInt.empty() : OptionalInt.of(cell);
    }

    private static Law member(Section.In in, int member) throws IOException {
        try {
            Law law = in.part(part(member)).read(FittedModel.KIND);
            if (!law.columns().equals(in.columns())) {
                throw new InputException("its columns are " + law.columns() + ", expected " + in.columns());
            }
            return law;
        } catch (InputException e) {
            throw new InputException("chart " + (member + 1) + " ('" + part(member) + "*'): " + e.getMessage(), e);
        }
    }
}
