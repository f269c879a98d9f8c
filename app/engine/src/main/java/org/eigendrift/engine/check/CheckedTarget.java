package org.eigendrift.engine.check;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.eigendrift.api.column.Finding;
import org.eigendrift.api.data.Column;
import org.eigendrift.api.data.Dataset;
import org.eigendrift.api.plugin.PluginException;
import org.eigendrift.api.score.AffineProcess;
import org.eigendrift.api.score.ScoreModel;
import org.eigendrift.api.target.LogDensity;
import org.eigendrift.api.target.Potential;
import org.eigendrift.api.target.Target;

/** A target whose word is not taken: its rows are those of {@link CheckedRows}, and held-out ones have the same columns. */
public final class CheckedTarget implements Target {
    private final Object provider;
    private final Target target;
    private final Dataset train;
    private final Optional<Dataset> heldout;

    /**
     * Checks a target whenever its rows are read.
     *
     * @param provider what created it, for messages
     * @param target the target
     * @throws PluginException if training or held-out rows are missing, or their columns differ
     */
    public CheckedTarget(Object provider, Target target) {
        this.provider = provider;
        this.target = target;
        this.train = CheckedRows.of(provider, "training", target.train());
        this.heldout = known("heldout", target.heldout()).map(rows -> CheckedRows.of(provider, "held-out", rows));
        heldout.ifPresent(rows -> {
            if (!names(rows).equals(names(train))) {
                throw new PluginException(
                        provider,
                        "has held-out rows of the columns " + names(rows) + "; expected those of the training rows, "
                                + names(train));
            }
        });
    }

    private static List<String> names(Dataset rows) {
        return rows.columns().stream().map(Column::name).toList();
    }

    private <T> T known(String what, T value) {
        if (value == null) {
            throw new PluginException(provider, "returned null from " + what);
        }
        return value;
    }

    @Override
    public Dataset train() {
        return train;
    }

    @Override
    public Optional<Dataset> heldout() {
        return heldout;
    }

    @Override
    public Optional<LogDensity> density() {
        return known("density", target.density());
    }

    @Override
    public Optional<Potential> potential() {
        return known("potential", target.potential());
    }

    @Override
    public Optional<ScoreModel> exact(AffineProcess process) {
        return known("exact", target.exact(process));
    }

    @Override
    public List<Finding> findings() {
        return known("findings", target.findings());
    }

    @Override
    public List<String> remarks() {
        List<String> remarks = new ArrayList<>(known("remarks", target.remarks()));
        if (heldout.filter(rows -> CheckedRows.same(train, rows)).isPresent()) {
            remarks.add("the held-out rows are the training rows: figures of held-out rows say nothing about new rows");
        }
        remarks.removeIf(Objects::isNull);
        return List.copyOf(remarks);
    }
}
