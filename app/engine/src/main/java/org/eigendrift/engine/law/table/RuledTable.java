package org.eigendrift.engine.law.table;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.IntStream;
import org.eigendrift.api.InputException;
import org.eigendrift.api.Points;
import org.eigendrift.api.RunContext;
import org.eigendrift.api.data.Column;
import org.eigendrift.api.law.Commensurate;
import org.eigendrift.api.law.Conditional;
import org.eigendrift.api.law.Conditioner;
import org.eigendrift.api.law.Decision;
import org.eigendrift.api.law.DrawRequest;
import org.eigendrift.api.law.Draws;
import org.eigendrift.api.law.Evidence;
import org.eigendrift.api.law.Evidence.Condition;
import org.eigendrift.api.law.Law;
import org.eigendrift.api.law.LawReader;
import org.eigendrift.api.law.LawWriter;
import org.eigendrift.api.law.Provenance;
import org.eigendrift.api.law.Ruled;
import org.eigendrift.api.law.Scores;
import org.eigendrift.api.law.StoredLaw;
import org.eigendrift.api.law.Supported;
import org.eigendrift.engine.conditional.Admissible;
import org.eigendrift.engine.conditional.Gaps;
import org.eigendrift.engine.conditional.GivenAccepted;
import org.eigendrift.engine.conditional.GivenCases;
import org.eigendrift.engine.conditional.GivenLaw;
import org.eigendrift.engine.conditional.Words;

/**
 * The law of a table in whose rows something holds exactly: a law of what is free, and the rest made of it. A row that breaks a rule
 * has density zero. Densities are those of what is free. Immutable, thread-safe.
 */
final class RuledTable implements StoredLaw, Commensurate, Ruled, Supported {
    /** Rows beneath that are tried for one whose sums stay within their columns' bounds. */
    private static final int TRIES = 1_000;

    /** Rows that are tried for one whose sums lie within what was seen of them: of few rows hardly any may. */
    private static final int TRIES_OF_SEEN = 64;
    /** How far apart the numbers of such rows lie. */
    private static final long APART = 1L << 36;

    private static final String BENEATH = "beneath";
    private static final String INTS = "rules.ints";
    private static final String DOUBLES = "rules.doubles";

    private final Rules rules;
    private final Law beneath;

    RuledTable(Rules rules, Law beneath) {
        this.rules = rules;
        this.beneath = beneath;
    }

    @Override
    public List<Column> columns() {
        return rules.columns();
    }

    @Override
    public Provenance provenance() {
        Provenance own = beneath.provenance();
        List<Decision> decisions = new ArrayList<>();
        for (String text : rules.texts()) {
            decisions.add(new Decision("rule", text, List.of(), "in all rows, and in all draws"));
        }
        decisions.addAll(own.decisions());
        return new Provenance(own.kind(), own.rows(), decisions);
    }

    @Override
    public Scores logDensity(Points x, RunContext run) {
        double[] added = new double[x.size()];
        Points below = below(x, added);
        Scores scores = beneath.logDensity(below, run);
        double[] nats = scores.nats().clone();
        for (int n = 0; n < nats.length; n++) {
            nats[n] += added[n];
        }
        return asked(x, nats, scores.error() * nats.length, run);
    }

    /** What is free of rows, and what is to be added to its log-density. */
    private Points below(Points x, double[] added) {
        Points below = Points.zeros(rules.beneath().size(), x.size());
        double[] row = new double[below.dim()];
        for (int n = 0; n < x.size(); n++) {
            added[n] = rules.weigh(x.row(n), row);
            for (int k = 0; k < row.length; k++) {
                below.set(k, n, row[k]);
            }
        }
        return below;
    }

    @Override
    public double[] commensurate(Points x) {
        return beneath instanceof Commensurate law
                ? law.commensurate(below(x, new double[x.size()]))
                : new double[x.size()];
    }

    @Override
    public boolean keeps(double[] row) {
        return rules.keeps(row);
    }

    @Override
    public Optional<Impossible> impossible(double[] row) {
        Optional<Rule> broken = rules.broken(row);
        if (broken.isPresent()) {
            return Optional.of(new Impossible(
                    IntStream.of(broken.get().own())
                            .mapToObj(j -> columns().get(j).name())
                            .toList(),
                    "values that break the rule " + broken.get().text(columns()),
                    "a fit of rows of which some break it leaves it out"));
        }
        double[] below = new double[rules.beneath().size()];
        rules.weigh(row.clone(), below);
        return beneath instanceof Supported law ? law.impossible(below) : Optional.empty();
    }

    /** Rows whose open cells are terms of what a rule makes are asked about. */
    private Scores asked(Points x, double[] nats, double errors, RunContext run) {
        int[] untold = IntStream.range(0, nats.length)
                .filter(n -> Double.isNaN(nats[n]))
                .toArray();
        if (untold.length == 0) {
            return new Scores(nats, nats.length == 0 ? 0 : errors / nats.length);
        }
        Scores scores = Gaps.logDensity(
                columns(),
                x.select(untold),
                rows -> logDensity(rows, run),
                alone -> conditioner(alone).orElseThrow(),
                run);
        for (int k = 0; k < untold.length; k++) {
            nats[untold[k]] = scores.nats()[k];
        }
        return new Scores(nats, (errors + scores.error() * untold.length) / nats.length);
    }

    @Override
    public Draws draw(DrawRequest request, RunContext run) {
        return made(beneath, rules::sees, request, run);
    }

    /** Rows made of those of a law beneath. */
    private Draws made(Law law, Predicate<double[]> lies, DrawRequest request, RunContext run) {
        Draws drawn = law.draw(request, run);
        Points out = Points.zeros(columns().size(), drawn.rows().size());
        for (int n = 0; n < out.size(); n++) {
            double[] row = made(law, drawn.rows().row(n), lies, request, n, run);
            for (int j = 0; j < row.length; j++) {
                out.set(j, n, row[j]);
            }
        }
        return drawn.withRows(out);
    }

    /** The first row that lies where it is to lie; where no one does, as sums of few rows may, the first that can be. */
    private double[] made(
            Law law, double[] below, Predicate<double[]> lies, DrawRequest request, int n, RunContext run) {
        double[] row = rules.row(below);
        double[] possible = null;
        for (int t = 1; !lies.test(row); t++) {
            possible = possible == null && rules.allows(row) ? row : possible;
            if (t > TRIES || possible != null && t > TRIES_OF_SEEN) {
                return Optional.ofNullable(possible)
                        .orElseThrow(() -> new InputException(
                                "of " + TRIES + " rows none keeps " + String.join("; ", rules.texts())
                                        + " within the bounds of its columns; widen the bounds"));
            }
            DrawRequest one = new DrawRequest(request.first() + n + t * APART, 1, request.sampler());
            row = rules.row(law.draw(one, run).rows().row(0));
        }
        return row;
    }

    @Override
    public Optional<Conditioner> conditioner(RunContext run) {
        return beneath.conditioner(run).map(asked -> (evidence, effective) -> {
            Admissible.require(columns(), evidence);
            rules.require(evidence);
            return given(asked, evidence, effective, run);
        });
    }

    /** Of a set of values of what a rule makes each is a case; sums of columns that a rule joins are met by draws. */
    private Conditional given(Conditioner asked, Evidence evidence, int effective, RunContext run) {
        for (Condition condition : evidence.conditions()) {
            List<List<Condition>> cases = cases(condition);
            if (cases.size() > 1) {
                return cases(asked, evidence, condition, cases, effective, run);
            }
        }
        List<Condition> below = rules.beneath(evidence);
        Optional<Conditional> given =
                below.isEmpty() && evidence.conditions().stream().anyMatch(rules::joins)
                        ? Optional.empty()
                        : Optional.of(new Given(this, beneath(asked, said(below), evidence, effective), evidence));
        return evidence.conditions().stream().anyMatch(rules::joins)
                ? GivenAccepted.of(this, given, evidence, run)
                : given.orElseThrow();
    }

    /** What is said of terms beneath is none of a user's words. */
    private Conditional beneath(Conditioner asked, Evidence below, Evidence evidence, int effective) {
        try {
            return asked.given(below, effective);
        } catch (InputException refusal) {
            if (evidence.conditions().stream().noneMatch(rules::touches)) {
                throw refusal;
            }
            throw new InputException(
                    "the condition has no mass, or too little: no row is found that has "
                            + Words.of(columns(), evidence) + " and keeps " + String.join("; ", rules.texts())
                            + "; expected values that keep the rules, or ranges of them",
                    refusal);
        }
    }

    /** Evidence that says nothing names a column that has a value in any case. */
    private Evidence said(List<Condition> below) {
        if (!below.isEmpty()) {
            return new Evidence(below);
        }
        int always = IntStream.range(0, rules.beneath().size())
                .filter(k -> !rules.beneath().get(k).gaps())
                .findFirst()
                .orElse(0);
        return Evidence.of(new Condition.Within(always, Double.NEGATIVE_INFINITY, Double.POSITIVE_INFINITY));
    }

    /**
     * A condition as several of which no two hold together, if it is one on what a rule makes: a set of values is each of them, and a sum
     * is missing where its first term is, or the first is not and the second is, and so on.
     */
    private List<List<Condition>> cases(Condition condition) {
        List<List<Condition>> cases = new ArrayList<>();
        if (condition instanceof Condition.OneOf one && rules.isSum(one.column())) {
            Arrays.stream(one.values()).forEach(value -> cases.add(List.of(new Condition.Equal(one.column(), value))));
        } else if (condition instanceof Condition.Equal equal && Double.isNaN(equal.value())) {
            List<Condition> there = new ArrayList<>();
            for (int term : rules.gappedTerms(equal.column())) {
                List<Condition> missing = new ArrayList<>(there);
                missing.add(new Condition.Equal(term, Double.NaN));
                cases.add(missing);
                there.add(new Condition.Within(term, Double.NEGATIVE_INFINITY, Double.POSITIVE_INFINITY));
            }
        }
        return cases;
    }

    private Conditional cases(
            Conditioner asked,
            Evidence evidence,
            Condition condition,
            List<List<Condition>> alternatives,
            int effective,
            RunContext run) {
        List<Conditional> cases = new ArrayList<>();
        InputException refusal = null;
        for (List<Condition> alternative : alternatives) {
            List<Condition> one = new ArrayList<>(evidence.conditions());
            one.remove(condition);
            one.addAll(alternative);
            try {
                cases.add(given(asked, new Evidence(one), effective, run));
            } catch (InputException impossible) {
                refusal = impossible;
            }
        }
        if (cases.isEmpty()) {
            throw refusal;
        }
        return new GivenCases(this, evidence, cases);
    }

    /** The law given evidence: rows made of those of the law beneath, given the same of it. What is known stays as it is. */
    private static final class Given extends GivenLaw {
        private final RuledTable table;
        private final Conditional beneath;

        Given(RuledTable table, Conditional beneath, Evidence evidence) {
            super(table, evidence, beneath.certainty(), 0);
            this.table = table;
            this.beneath = beneath;
        }

        @Override
        public Scores logDensity(Points x, RunContext run) {
            Points below = Points.zeros(table.rules.beneath().size(), x.size());
            double[] nats = new double[x.size()];
            double[] row = new double[below.dim()];
            for (int n = 0; n < nats.length; n++) {
                nats[n] = table.rules.weigh(x.row(n), row);
                for (int k = 0; k < row.length; k++) {
                    below.set(k, n, row[k]);
                }
            }
            if (Arrays.stream(nats).anyMatch(Double::isNaN)) {
                return super.logDensity(x, run);
            }
            Scores scores = beneath.logDensity(below, run);
            Arrays.setAll(nats, n -> nats[n] + scores.nats()[n]);
            return new Scores(nats, scores.error());
        }

        @Override
        public Draws draw(DrawRequest request, RunContext run) {
            Draws draws = table.made(beneath, table.rules::allows, request, run);
            for (Condition condition : evidence().conditions()) {
                if (condition instanceof Condition.Equal equal) {
                    for (int n = 0; n < draws.rows().size(); n++) {
                        draws.rows().set(equal.column(), n, equal.value());
                    }
                }
            }
            return draws;
        }
    }

    @Override
    public void write(LawWriter out) {
        TableTape tape = new TableTape();
        tape.put(rules.all().size());
        for (Rule rule : rules.all()) {
            if (rule instanceof Rule.OneOf one) {
                tape.put(0);
                tape.put(one.columns());
            } else if (rule instanceof Rule.Sum sum) {
                tape.put(1);
                tape.put(sum.column());
                tape.put(sum.of());
                tape.put(sum.factors());
                tape.put(sum.constant());
            } else if (rule instanceof Rule.AtMost order) {
                tape.put(2);
                tape.put(order.lower());
                tape.put(order.upper());
            } else if (rule instanceof Rule.Together together) {
                tape.put(3);
                tape.put(together.columns());
                tape.put(together.allowed().length);
                for (double[] values : together.allowed()) {
                    tape.put(values);
                }
            }
        }
        out.ints(INTS, tape.ints());
        out.doubles(DOUBLES, tape.doubles());
        out.law(BENEATH, beneath);
    }

    /** Whether a file holds rules. */
    static boolean isIn(LawReader in) {
        return in.has(INTS);
    }

    /** What {@link #write} wrote. */
    static RuledTable read(LawReader in) {
        TableTape tape = new TableTape(in.ints(INTS), in.doubles(DOUBLES));
        int last = in.columns().size() - 1;
        List<Rule> found = new ArrayList<>();
        int count = tape.next(0, Integer.MAX_VALUE);
        for (int r = 0; r < count; r++) {
            int kind = tape.next(0, 3);
            if (kind == 0) {
                found.add(new Rule.OneOf(tape.nextInts(0, last)));
            } else if (kind == 1) {
                int column = tape.next(0, last);
                int[] of = tape.nextInts(0, last);
                double[] factors = tape.nextDoubles();
                if (factors.length != of.length) {
                    throw TableTape.damaged(
                            "has a sum of " + of.length + " columns with " + factors.length + " factors");
                }
                found.add(new Rule.Sum(column, of, factors, tape.next()));
            } else if (kind == 2) {
                found.add(new Rule.AtMost(tape.next(0, last), tape.next(0, last)));
            } else {
                found.add(together(tape, last));
            }
        }
        tape.end();
        Rules rules = new Rules(in.columns(), found);
        Law beneath = in.law(BENEATH);
        if (beneath.columns().size() != rules.beneath().size()) {
            throw TableTape.damaged("has a law of " + beneath.columns().size() + " columns beneath rules that leave "
                    + rules.beneath().size());
        }
        return new RuledTable(rules, beneath);
    }

    private static Rule.Together together(TableTape tape, int last) {
        int[] columns = tape.nextInts(0, last);
        double[][] allowed = new double[tape.next(1, Integer.MAX_VALUE)][];
        for (int c = 0; c < allowed.length; c++) {
            allowed[c] = tape.nextDoubles();
            if (allowed[c].length != columns.length) {
                throw TableTape.damaged(
                        "has combinations of " + allowed[c].length + " values of " + columns.length + " columns");
            }
        }
        return new Rule.Together(columns, allowed);
    }
}
