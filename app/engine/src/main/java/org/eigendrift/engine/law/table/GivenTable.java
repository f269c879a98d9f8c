package org.eigendrift.engine.law.table;

import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.eigendrift.api.CounterRandom;
import org.eigendrift.api.Points;
import org.eigendrift.api.Purpose;
import org.eigendrift.api.RunContext;
import org.eigendrift.api.data.Column;
import org.eigendrift.api.law.DrawRequest;
import org.eigendrift.api.law.Draws;
import org.eigendrift.api.law.Evidence;
import org.eigendrift.api.law.Law;
import org.eigendrift.api.law.Provenance;
import org.eigendrift.api.law.Scores;
import org.eigendrift.api.sampler.Outcome;
import org.eigendrift.engine.kernel.Parallel;

/** A table's law given evidence. Immutable, thread-safe. */
final class GivenTable implements Law {
    private static final int CHUNK = 64;

    private final TableLaw joint;
    private final GivenCells given;
    private final Evidence evidence;

    GivenTable(TableLaw joint, GivenCells given, Evidence evidence) {
        this.joint = joint;
        this.given = given;
        this.evidence = evidence;
    }

    @Override
    public List<Column> columns() {
        return joint.columns();
    }

    @Override
    public Provenance provenance() {
        return joint.provenance();
    }

    @Override
    public Scores logDensity(Points x, RunContext run) {
        Scores scores = joint.logDensity(x, run);
        double[] nats = new double[x.size()];
        for (int n = 0; n < nats.length; n++) {
            nats[n] = holds(x.row(n)) ? scores.nats()[n] - given.log() : Double.NEGATIVE_INFINITY;
        }
        return new Scores(nats, scores.error() + given.error());
    }

    private boolean holds(double[] row) {
        return evidence.conditions().stream().allMatch(condition -> holds(condition, row));
    }

    private static boolean holds(Evidence.Condition condition, double[] row) {
        if (condition instanceof Evidence.Condition.Equal equal) {
            return row[equal.column()] == equal.value();
        }
        if (condition instanceof Evidence.Condition.OneOf one) {
            return java.util.Arrays.binarySearch(one.values(), row[one.column()]) >= 0;
        }
        Evidence.Condition.Within within = (Evidence.Condition.Within) condition;
        return row[within.column()] >= within.lower() && row[within.column()] <= within.upper();
    }

    @Override
    public Draws draw(DrawRequest request, RunContext run) {
        TableParts parts = joint.parts();
        Points out = Points.zeros(columns().size(), request.count());
        CounterRandom random = run.random(Purpose.TABLE_DRAWS);
        try (Parallel parallel = new Parallel(run.threads())) {
            parallel.forEach((request.count() + CHUNK - 1) / CHUNK, chunk -> {
                run.checkCancelled();
                for (int n = chunk * CHUNK; n < Math.min(request.count(), (chunk + 1) * CHUNK); n++) {
                    long number = request.first() + n;
                    int[] cells = given.draw(random, number);
                    for (int k = 0; k < cells.length; k++) {
                        double within = random.uniform(number, TableParts.WITHIN + k);
                        out.set(parts.order()[k], n, given.value(k, cells[k], within));
                    }
                }
            });
        }
        return new Draws(out, new Outcome(1, 1, 0));
    }

    @Override
    public Optional<Law> given(Evidence more, RunContext run) {
        return joint.given(
                new Evidence(Stream.concat(evidence.conditions().stream(), more.conditions().stream())
                        .toList()),
                run);
    }
}
