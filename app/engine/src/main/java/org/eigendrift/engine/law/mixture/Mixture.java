package org.eigendrift.engine.law.mixture;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import org.eigendrift.api.InputException;
import org.eigendrift.api.Points;
import org.eigendrift.api.Purpose;
import org.eigendrift.api.RunContext;
import org.eigendrift.api.State;
import org.eigendrift.api.data.Column;
import org.eigendrift.api.data.Dataset;
import org.eigendrift.api.law.Additive;
import org.eigendrift.api.law.Bounded;
import org.eigendrift.api.law.Decision;
import org.eigendrift.api.law.DrawRequest;
import org.eigendrift.api.law.Draws;
import org.eigendrift.api.law.Gate;
import org.eigendrift.api.law.Law;
import org.eigendrift.api.law.Provenance;
import org.eigendrift.api.law.Reference;
import org.eigendrift.api.law.Scores;
import org.eigendrift.api.sampler.Outcome;
import org.eigendrift.engine.conditional.Density;
import org.eigendrift.engine.data.RowMean;
import org.eigendrift.engine.flow.FlowLaw;
import org.eigendrift.engine.flow.Flows;
import org.eigendrift.engine.flow.FlowsReference;
import org.eigendrift.engine.flow.MixedBound;
import org.eigendrift.engine.flow.Turns;
import org.eigendrift.engine.judge.Judged;
import org.eigendrift.engine.kernel.LogSum;
import org.eigendrift.engine.model.ModelDifference;
import org.eigendrift.engine.moment.MomentPass;
import org.eigendrift.engine.report.FitReport;
import org.eigendrift.engine.report.SolvedTime;
import org.eigendrift.engine.settings.FitSettings;

/**
 * A mixture of laws: members of all rows, and members of the rows that a gate gives to a cell. The log-density is the weighted
 * log-sum of the members', and a draw picks its member first. Immutable, thread-safe.
 *
 * @param members at least one, of the same columns, with weights that sum to 1
 * @param gate cuts rows into cells; empty if no member is of a cell
 */
public record Mixture(List<Member> members, Optional<Gate> gate) implements FlowLaw {
    /** Its name as a kind of law. */
    public static final String KIND = "mixture";

    /** The stage under which a member's report tells what all other models took. */
    public static final String OTHER_MODELS = "other models";

    /**
     * Flows whose stationary density is below the largest by this, in nats, are not integrated for a row: what their functions
     * could add is a few nats.
     */
    private static final double FAR = 25;

    /**
     * Copies the list.
     *
     * @param members at least one
     * @param gate cuts rows into cells
     */
    public Mixture {
        members = List.copyOf(members);
    }

    @Override
    public List<Column> columns() {
        return members.get(0).law().columns();
    }

    @Override
    public Provenance provenance() {
        if (members.size() == 1) {
            return new Provenance(
                    KIND, rows(), members.get(0).law().provenance().decisions());
        }
        List<Decision> decisions = new ArrayList<>();
        for (int k = 0; k < members.size(); k++) {
            for (Decision own : members.get(k).law().provenance().decisions()) {
                decisions.add(ofMember(k, own));
            }
        }
        return new Provenance(KIND, rows(), decisions);
    }

    private static Decision ofMember(int member, Decision own) {
        return Judged.ofTheWhole(own) ? own : own.of("chart " + (member + 1));
    }

    private long rows() {
        long local = 0;
        for (Member member : members) {
            long own = member.law().provenance().rows();
            if (member.cell().isEmpty()) {
                return own;
            }
            local += own;
        }
        return local;
    }

    private double[] weights() {
        return members.stream().mapToDouble(Member::weight).toArray();
    }

    /** A member as a flow. */
    private static FlowLaw flow(Member member) {
        if (member.law() instanceof FlowLaw flow) {
            return flow;
        }
        throw new InputException(
                "a mixture with a member of kind '" + kind(member) + "' is no mixture of flows, which is needed here");
    }

    private static String kind(Member member) {
        return member.law().provenance().kind();
    }

    /** Whether a law is made of flows alone. */
    private static boolean flows(Law law) {
        return law instanceof Mixture mixture ? mixture.others().isEmpty() : law instanceof FlowLaw;
    }

    /** The kinds of the members that are no flows. */
    private List<String> others() {
        return members.stream()
                .filter(member -> !flows(member.law()))
                .map(Mixture::kind)
                .toList();
    }

    @Override
    public Scores logDensity(Points x, Accuracy accuracy, RunContext run) {
        if (members.size() == 1) {
            return logDensity(members.get(0).law(), x, accuracy, run);
        }
        double[][] reference = references(x);
        double[] largest = new double[x.size()];
        Arrays.fill(largest, Double.NEGATIVE_INFINITY);
        for (double[] own : reference) {
            for (int n = 0; n < largest.length; n++) {
                largest[n] = Math.max(largest[n], own[n]);
            }
        }
        LogSum sum = new LogSum(x.size());
        double error = 0;
        for (int k = 0; k < reference.length; k++) {
            run.checkCancelled();
            int[] rows = near(members.get(k).law(), reference[k], largest);
            if (rows.length > 0) {
                Scores own = logDensity(members.get(k).law(), x.select(rows), accuracy, run);
                sum.add(rows, own.nats(), Math.log(members.get(k).weight()));
                error += own.error() * rows.length / x.size();
            }
        }
        return new Scores(sum.logs(), error);
    }

    private static Scores logDensity(Law law, Points x, Accuracy accuracy, RunContext run) {
        return law instanceof FlowLaw flow ? flow.logDensity(x, accuracy, run) : law.logDensity(x, run);
    }

    /** A member without a sketch is asked itself. */
    @Override
    public Optional<Density> sketch(RunContext run) {
        List<Density> rough = new ArrayList<>();
        boolean cheaper = false;
        for (int k = 0; k < members.size(); k++) {
            Law law = members.get(k).law();
            RunContext derived = run.withSeed(run.random(Purpose.CHART, k).bits(0, 0));
            Optional<Density> own = law instanceof Flows flows ? flows.sketch(derived) : Optional.empty();
            cheaper |= own.isPresent();
            rough.add(own.orElse((x, with) -> law.logDensity(x, with).nats()));
        }
        return cheaper ? Optional.of((x, with) -> sum(rough, x, with)) : Optional.empty();
    }

    private double[] sum(List<Density> densities, Points x, RunContext run) {
        LogSum sum = new LogSum(x.size());
        int[] all = IntStream.range(0, x.size()).toArray();
        for (int k = 0; k < members.size(); k++) {
            sum.add(all, densities.get(k).of(x, run), Math.log(members.get(k).weight()));
        }
        return sum.logs();
    }

    /** log weight + log stationary density of flows; of other members nothing is known before they are asked. */
    private double[][] references(Points x) {
        double[][] reference = new double[members.size()][x.size()];
        for (int k = 0; k < reference.length; k++) {
            Arrays.fill(reference[k], Double.NEGATIVE_INFINITY);
            if (flows(members.get(k).law())) {
                reference[k] = flow(members.get(k)).logReference(x);
                for (int n = 0; n < x.size(); n++) {
                    reference[k][n] += Math.log(members.get(k).weight());
                }
            }
        }
        return reference;
    }

    private static int[] near(Law law, double[] reference, double[] largest) {
        return IntStream.range(0, reference.length)
                .filter(n -> !flows(law) || reference[n] > largest[n] - FAR)
                .toArray();
    }

    @Override
    public double[] logReference(Points x) {
        LogSum sum = new LogSum(x.size());
        int[] all = IntStream.range(0, x.size()).toArray();
        for (Member member : members) {
            sum.add(all, flow(member).logReference(x), Math.log(member.weight()));
        }
        return sum.logs();
    }

    /**
     * Draws rows. The member of a row depends on the seed and the row's number alone, and so does its place among the rows of
     * its member: the first rows stay the same when more are drawn. Members have their shares of any number of rows to within
     * a few.
     */
    @Override
    public Draws drawAnywhere(DrawRequest request, RunContext run) {
        if (members.size() == 1) {
            return drawAnywhere(members.get(0), request, run);
        }
        int first = Math.toIntExact(request.first());
        int all = Math.addExact(first, request.count());
        double[] weights = weights();
        int heaviest = IntStream.range(0, weights.length)
                .reduce((a, b) -> weights[b] > weights[a] ? b : a)
                .getAsInt();
        Outcome[] outcome = {new Outcome(0, 0, 0)};
        List<String> remarks = new ArrayList<>();
        Points points = spread(all, run, (k, own, derived) -> {
            Draws draws = drawAnywhere(members.get(k), new DrawRequest(0, own, request.sampler()), derived);
            outcome[0] = k == heaviest ? draws.outcome() : outcome[0];
            remarks.addAll(draws.remarks());
            return draws.rows();
        });
        return new Draws(first == 0 ? points : points.slice(first, all), outcome[0], List.copyOf(remarks));
    }

    private static Draws drawAnywhere(Member member, DrawRequest request, RunContext run) {
        return member.law() instanceof Flows flows
                ? flows.drawAnywhere(request, run)
                : member.law().draw(request, run);
    }

    @Override
    public Points draw(Starts starts, int count, RunContext run) {
        return spread(count, run, (k, own, derived) -> flow(members.get(k)).draw(starts, own, derived));
    }

    /** Draws rows of one member. */
    private interface MemberDraw {
        Points draw(int member, int count, RunContext run);
    }

    private Points spread(int count, RunContext run, MemberDraw draw) {
        List<List<Integer>> places = Turns.of(weights(), count, run.random(Purpose.SAMPLE_CHART));
        Points all = Points.zeros(columns().size(), count);
        for (int k = 0; k < members.size(); k++) {
            List<Integer> own = places.get(k);
            RunContext derived = run.withSeed(run.random(Purpose.CHART, k).bits(0, 0));
            Points points = draw.draw(k, own.size(), derived);
            for (int j = 0; j < own.size(); j++) {
                for (int i = 0; i < all.dim(); i++) {
                    all.set(i, own.get(j), points.get(i, j));
                }
            }
        }
        return all;
    }

    /**
     * The rows of a member.
     *
     * @param member its number
     * @param data rows of the same columns
     * @return those that belong to it
     * @throws InputException if the columns differ
     */
    public Dataset rowsOf(int member, Dataset data) {
        if (!Column.agree(data.columns(), columns())) {
            throw new InputException("the rows have the columns " + data.columns() + ", the model " + columns());
        }
        OptionalInt cell = members.get(member).cell();
        return cell.isEmpty() ? data : CellRows.of(data, gate.orElseThrow(), cell.getAsInt());
    }

    private Additive additive(int member) {
        if (members.get(member).law() instanceof Additive law) {
            return law;
        }
        throw new InputException("chart " + (member + 1) + " of " + members.size() + ": a law of kind '"
                + kind(members.get(member)) + "' cannot be merged or unlearn rows");
    }

    @Override
    public Statistic statistic() {
        return new MixtureStatistic(IntStream.range(0, members.size())
                .mapToObj(k -> additive(k).statistic())
                .toList());
    }

    @Override
    public Statistic statistic(Dataset rows, RunContext run) {
        List<Statistic> statistics = new ArrayList<>();
        for (int k = 0; k < members.size(); k++) {
            int member = k;
            statistics.add(inMember(k, members.size(), () -> additive(member).statistic(rowsOf(member, rows), run)));
        }
        return new MixtureStatistic(statistics);
    }

    /** Members of all rows keep their weights; those of cells share the rest by their rows. */
    @Override
    public Mixture with(Statistic statistic, RunContext run) {
        List<Statistic> statistics = ((MixtureStatistic) statistic).members();
        List<Law> laws = new ArrayList<>();
        for (int k = 0; k < members.size(); k++) {
            int member = k;
            laws.add(inMember(k, members.size(), () -> additive(member).with(statistics.get(member), run)));
        }
        return withLaws(laws);
    }

    /**
     * The same members of other laws; members of all rows keep their weights, those of cells share the rest by their rows.
     *
     * @param laws one for each member
     * @return a new mixture
     */
    public Mixture withLaws(List<? extends Law> laws) {
        double shared = 1;
        double rows = 0;
        for (int k = 0; k < members.size(); k++) {
            if (members.get(k).cell().isPresent()) {
                rows += laws.get(k).provenance().rows();
            } else {
                shared -= members.get(k).weight();
            }
        }
        List<Member> changed = new ArrayList<>();
        for (int k = 0; k < members.size(); k++) {
            Member member = members.get(k);
            double weight = member.cell().isEmpty()
                    ? member.weight()
                    : shared * (laws.get(k).provenance().rows() / rows);
            changed.add(new Member(weight, member.cell(), laws.get(k)));
        }
        return new Mixture(changed, gate);
    }

    /** Does something to a member; a refusal names the member if there are several. */
    static <T> T inMember(int member, int members, Supplier<T> work) {
        if (members == 1) {
            return work.get();
        }
        try {
            return work.get();
        } catch (InputException e) {
            throw new InputException("chart " + (member + 1) + " of " + members + ": " + e.getMessage(), e);
        }
    }

    @Override
    public List<String> differences(Law other) {
        if (!(other instanceof Mixture mixture)) {
            return List.of("law: " + KIND + " and " + other.provenance().kind());
        }
        if (members.size() != mixture.members.size()) {
            return List.of("components: " + members.size() + " and " + mixture.members.size());
        }
        List<String> keys = new ArrayList<>();
        if (Column.agree(columns(), other.columns())) {
            ModelDifference.state("mixture.", state(), mixture.state(), keys);
        }
        if (!keys.isEmpty()) {
            keys.add("fit one model like the other, so that they share charts");
            return keys;
        }
        for (int k = 0; k < members.size(); k++) {
            Member a = members.get(k);
            Member b = mixture.members.get(k);
            String key = "chart " + (k + 1) + ": ";
            if (!a.cell().equals(b.cell())) {
                keys.add(key + "component: " + show(a.cell()) + " and " + show(b.cell()));
            }
            for (String difference : additive(k).differences(b.law())) {
                keys.add(key + difference);
            }
        }
        return keys;
    }

    private State state() {
        return gate.map(Gate::state).orElse(State.EMPTY);
    }

    private static String show(OptionalInt cell) {
        return cell.isPresent() ? Integer.toString(cell.getAsInt()) : "all rows";
    }

    /**
     * The evidence bounds of the members of all rows (docs/method.md, 8), and of those of cells together.
     *
     * <p>Let q_a be the density of member a's draws, w_a its weight, and r_a(x) the probability with which a row x is given to
     * its cell. As sum_a r_a(x) = 1 and the logarithm is concave (Jensen),
     *
     * <pre>log sum_a w_a q_a(x) = log sum_a r_a(x) [w_a q_a(x) / r_a(x)] &gt;= sum_a r_a(x) [log w_a - log r_a(x) + log q_a(x)],</pre>
     *
     * which is the expectation of log w_a - log r_a(x) + log q_a(x) over the cell a that x is given to. The mean over rows, each
     * in the cell that it was given to, estimates it without bias, and with little noise: where members overlap, w_a q_a / r_a is
     * about the whole density for each of them. The mean of log q_a over the rows of cell a is bounded from below by the bound of
     * its law, so that with n_a of n rows in cell a
     *
     * <pre>mean log q(x) &gt;= (1/n) sum over rows of [log w_a - log r_a(x)] + sum_a (n_a / n) bound_a(rows of a).</pre>
     */
    @Override
    public List<MixedBound> bounds(Dataset heldout, RunContext run) {
        if (members.size() == 1) {
            return List.of(new MixedBound(1, bound(0, heldout, run)));
        }
        List<MixedBound> parts = new ArrayList<>();
        double local = 0;
        for (int k = 0; k < members.size(); k++) {
            Member member = members.get(k);
            if (member.cell().isPresent()) {
                local += member.weight();
            } else {
                parts.add(new MixedBound(member.weight(), bound(k, heldout, run)));
            }
        }
        if (local > 0) {
            parts.add(new MixedBound(local, localBound(heldout, local, run)));
        }
        return parts;
    }

    /** A law without a bound of its own is bounded by its log-density, which it draws by. */
    private double bound(int member, Dataset rows, RunContext run) {
        Law law = members.get(member).law();
        return law instanceof Bounded bounded
                ? bounded.evidenceBound(rows, run)
                : RowMean.of(rows, x -> law.logDensity(x, run).nats());
    }

    /** The bound of the members of cells alone, whose weights sum to a given number. */
    private double localBound(Dataset heldout, double local, RunContext run) {
        long[] counts = new long[gate.orElseThrow().cells()];
        double[] logs = new double[counts.length];
        share(heldout, counts, logs);
        long rows = Arrays.stream(counts).sum();
        double sum = 0;
        for (int k = 0; k < members.size(); k++) {
            run.checkCancelled();
            int cell = members.get(k).cell().orElse(-1);
            if (cell >= 0 && counts[cell] > 0) {
                double bound = bound(k, rowsOf(k, heldout), run);
                sum += counts[cell] * (Math.log(members.get(k).weight() / local) + bound) - logs[cell];
                counts[cell] = 0;
            }
        }
        boolean covered = Arrays.stream(counts).allMatch(left -> left == 0);
        return rows == 0 || !covered ? Double.NEGATIVE_INFINITY : sum / rows;
    }

    /** Counts the rows given to each cell, and sums the logarithms of the probabilities with which they were. */
    private void share(Dataset data, long[] counts, double[] logs) {
        try (Dataset.Reader reader = data.open()) {
            Points buffer = Points.zeros(data.dim(), MomentPass.CHUNK);
            for (int count = reader.read(buffer); count > 0; count = reader.read(buffer)) {
                Gate.Given given = gate.orElseThrow().give(buffer.slice(0, count));
                for (int n = 0; n < count; n++) {
                    int cell = given.cells()[n];
                    counts[cell]++;
                    logs[cell] += given.logProbabilities()[n];
                }
            }
        }
    }

    @Override
    public List<Share> flows() {
        List<Share> flows = new ArrayList<>();
        for (Member member : members) {
            List<Share> own = member.law() instanceof FlowLaw flow ? flow.flows() : List.of();
            for (Share share : own) {
                double weight = share.weight() == 1 ? member.weight() : member.weight() * share.weight();
                flows.add(new Share(weight, share.model()));
            }
        }
        return flows;
    }

    @Override
    public Optional<String> otherFlows() {
        if (!others().isEmpty()) {
            return Optional.of("this one has " + members.size() + " members, of them " + others().size()
                    + " without a flow (" + String.join(", ", others()) + ")");
        }
        int flows = flows().size();
        return flows == 1 ? Optional.empty() : Optional.of(FitSettings.several(flows));
    }

    @Override
    public String besideFlows() {
        return others().isEmpty() ? "" : " beside " + String.join(", ", others());
    }

    @Override
    public Optional<Reference> reference(RunContext run) {
        if (!others().isEmpty()) {
            return Optional.empty();
        }
        return members.size() == 1
                ? flow(members.get(0)).reference(run)
                : Optional.of(new FlowsReference(flows(), x -> logDensity(x, run), run));
    }

    @Override
    public Mixture withReport(FitReport report) {
        double[] weights = weights();
        int heaviest = IntStream.range(0, weights.length)
                .reduce((a, b) -> weights[b] > weights[a] ? b : a)
                .getAsInt();
        List<Member> changed = new ArrayList<>(members);
        changed.set(
                heaviest, members.get(heaviest).with(flow(members.get(heaviest)).withReport(report)));
        return new Mixture(changed, gate);
    }

    /**
     * What the fit did, all flows together.
     *
     * @return of a single member its report; of several, sizes summed, wall times summed unless the heaviest tells those of
     *     all others, choices member by member, and the solves of the heaviest
     */
    @Override
    public FitReport report() {
        if (members.size() == 1 && members.get(0).law() instanceof FlowLaw only) {
            return only.report();
        }
        int size = 0;
        long nonzeros = 0;
        int table = 0;
        List<SolvedTime> solves =
                flows().isEmpty() ? List.of() : heaviest().report().solves();
        Map<String, Double> told =
                flows().isEmpty() ? Map.of() : heaviest().report().seconds();
        boolean timed = told.containsKey(OTHER_MODELS);
        Map<String, Double> seconds = new LinkedHashMap<>(timed ? told : Map.of());
        List<Decision> decisions = new ArrayList<>();
        for (int k = 0; k < members.size(); k++) {
            if (!(members.get(k).law() instanceof FlowLaw flow)) {
                continue;
            }
            FitReport report = flow.report();
            size += report.basisSize();
            nonzeros += report.matrixNonzeros();
            table += report.tableSize();
            if (!timed) {
                report.seconds().forEach((stage, time) -> seconds.merge(stage, time, Double::sum));
            }
            for (Decision own : report.decisions()) {
                decisions.add(ofMember(k, own));
            }
        }
        return new FitReport(rows(), columns().size(), size, nonzeros, table, seconds, decisions, solves);
    }
}
