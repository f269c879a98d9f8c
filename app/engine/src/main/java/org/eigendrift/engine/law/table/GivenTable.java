package org.eigendrift.engine.law.table;

import org.eigendrift.api.CounterRandom;
import org.eigendrift.api.Parallel;
import org.eigendrift.api.Points;
import org.eigendrift.api.Purpose;
import org.eigendrift.api.RunContext;
import org.eigendrift.api.law.Certainty;
import org.eigendrift.api.law.DrawRequest;
import org.eigendrift.api.law.Draws;
import org.eigendrift.api.law.Evidence;
import org.eigendrift.api.sampler.Outcome;
import org.eigendrift.engine.conditional.GivenLaw;

/** A table's law given evidence. Immutable, thread-safe. */
final class GivenTable extends GivenLaw {
    private static final int CHUNK = 64;

    private final TableParts parts;
    private final GivenCells given;

    /** The law given evidence, to whose density so much is added where it has sums of columns. */
    GivenTable(TableLaw joint, GivenCells given, Evidence evidence, double logVolume) {
        super(joint, evidence, certainty(given.certainty(), logVolume), logVolume);
        this.parts = joint.parts();
        this.given = given;
    }

    private static Certainty certainty(Certainty cells, double logVolume) {
        return new Certainty(
                cells.logProbability() + logVolume, cells.error(), cells.effectiveSampleSize(), cells.rHat());
    }

    @Override
    public Draws draw(DrawRequest request, RunContext run) {
        Points out = Points.zeros(columns().size(), request.count());
        CounterRandom random = run.random(Purpose.TABLE_DRAWS);
        Parallel parallel = run.parallel();
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
        return new Draws(out, new Outcome(1, 1, 0), certainty().remarks());
    }
}
