package org.eigendrift.targets.file;

import java.lang.invoke.MethodHandles;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.eigendrift.api.RunContext;
import org.eigendrift.api.plugin.OptionSchema;
import org.eigendrift.api.target.Target;
import org.eigendrift.api.target.TargetProvider;
import org.eigendrift.targets.tables.AngleUnit;
import org.eigendrift.targets.tables.ColumnKinds;
import org.eigendrift.targets.tables.Detection;
import org.eigendrift.targets.tables.Fill;
import org.eigendrift.targets.tables.Handling;
import org.eigendrift.targets.tables.Missing;
import org.eigendrift.targets.tables.TableTarget;

/**
 * Backbone dihedral angles phi and psi of protein structures, in degrees, on a torus. The training rows are 40,140 residues of
 * proteases of the trypsin family, the held-out rows 39,012 residues of lactate and malate dehydrogenases and cytochromes:
 * split by family, since relatives on both sides of a split would flatter every model.
 */
public final class ProteinDihedrals implements TargetProvider<ProteinDihedrals.Options> {

    private static final List<String> NAMES = List.of("phi", "psi");

    /** There are no options. */
    public record Options() {}

    /** Creates the provider. */
    public ProteinDihedrals() {}

    @Override
    public String name() {
        return "protein-dihedrals";
    }

    @Override
    public String summary() {
        return "backbone angles phi and psi of proteins, on a torus";
    }

    @Override
    public OptionSchema<Options> options() {
        return Schema.OPTIONS;
    }

    /** Made when first asked for: a run discovers every provider and uses few. */
    private static final class Schema {
        private static final OptionSchema<Options> OPTIONS = OptionSchema.of(MethodHandles.lookup(), Options.class);
    }

    @Override
    public Target create(Options options, RunContext context) {
        ColumnKinds kinds = new ColumnKinds(NAMES, AngleUnit.DEGREES, -180, List.of(), List.of());
        Handling handling =
                new Handling(kinds, List.of(), Detection.OFF, Missing.REFUSE, Fill.MEAN, 0, OptionalLong.empty());
        return TableTarget.of(
                table("protein-dihedrals-train.csv.gz"),
                Optional.of(table("protein-dihedrals-test.csv.gz")),
                handling,
                context);
    }

    private static CsvTable table(String resource) {
        return new CsvTable(Source.bundled(resource), Separator.COMMA, true, Missing.REFUSE, NAMES);
    }
}
