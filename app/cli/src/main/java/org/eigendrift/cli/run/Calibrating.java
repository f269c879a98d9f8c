package org.eigendrift.cli.run;

import jakarta.inject.Inject;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.eigendrift.api.InputException;
import org.eigendrift.api.Points;
import org.eigendrift.api.RunContext;
import org.eigendrift.api.catalog.Catalog;
import org.eigendrift.api.data.Column;
import org.eigendrift.api.guidance.Operator;
import org.eigendrift.api.guidance.OperatorProvider;
import org.eigendrift.api.output.PointWriter;
import org.eigendrift.cli.config.PluginText;
import org.eigendrift.cli.output.WholeFile;
import org.eigendrift.engine.Eigendrift;
import org.eigendrift.engine.guidance.SelfCalibration;

/** Gains of sensors, and the row that they observed. */
public final class Calibrating {
    /** Of the observations' root mean square, what their noise hardly leaves of the equations. */
    private static final double CONTRADICTING = 0.1;

    private final Catalog catalog;
    private final Setting setting;
    private final FileFormats formats;
    private final Models models;

    @Inject
    Calibrating(Catalog catalog, Setting setting, FileFormats formats, Models models) {
        this.catalog = catalog;
        this.setting = setting;
        this.formats = formats;
        this.models = models;
    }

    /**
     * Solves for both.
     *
     * @param file a model, whose columns are those of the row
     * @param operators blocks of operators
     * @param observed a file or a target's block: a row for each operator, a column for each sensor
     * @param out where the gains go
     * @param row where the row goes
     * @throws InputException if an operator or the observations are unfit, or gains and row do not follow from them
     */
    public void calibrate(Path file, List<String> operators, String observed, Path out, Optional<Path> row) {
        RunContext context = setting.context(0);
        PointWriter writer = formats.writer("--out", out, context);
        WholeFile.check("--out", out);
        Optional<PointWriter> rowWriter = row.map(path -> formats.writer("--row", path, context));
        row.ifPresent(path -> WholeFile.check("--row", path));
        List<Column> columns = Eigendrift.read(file, catalog).columns();
        List<Operator> bound = new ArrayList<>();
        for (String operator : operators) {
            Object block = PluginText.value("--operator", operator);
            bound.add(PluginText.bind(OperatorProvider.KIND, "--operator", block, setting.working(), catalog)
                    .create(columns));
        }
        Points numbers = formats.numbers("--observed", observed, context);
        SelfCalibration found = SelfCalibration.of(bound, numbers);
        WholeFile.write(out, writer, List.of(Column.real("gain")), Points.wrap(1, numbers.dim(), found.gains()));
        rowWriter.ifPresent(w -> WholeFile.write(row.orElseThrow(), w, columns, Points.ofRows(found.unknown())));
        models.say(
                "gains of %d sensors by %d observations, equations miss by %.3g: %s",
                numbers.dim(), numbers.size(), found.residual(), out);
        double size = Math.sqrt(
                Arrays.stream(numbers.values()).map(y -> y * y).average().orElseThrow());
        if (found.residual() > CONTRADICTING * size) {
            models.say(
                    "calibration: the equations miss by %.0f %% of the observations' size: no gains and no row explain all of"
                            + " them; check operators and observations, or take more that agree",
                    100 * found.residual() / size);
        }
    }
}
