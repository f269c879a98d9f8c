package org.eigendrift.targets.file;

import java.lang.invoke.MethodHandles;
import java.util.List;
import java.util.Optional;
import org.eigendrift.api.RunContext;
import org.eigendrift.api.plugin.OptionSchema;
import org.eigendrift.api.target.Target;
import org.eigendrift.api.target.TargetProvider;

/**
 * Backbone dihedral angles phi and psi of protein structures, in degrees, on a torus. The training rows are 40,140 residues of
 * proteases of the trypsin family, the held-out rows 39,012 residues of lactate and malate dehydrogenases and cytochromes:
 * split by family, since relatives on both sides of a split would flatter every model.
 */
public final class ProteinDihedrals implements TargetProvider<ProteinDihedrals.Options> {

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
        return new FileTarget(
                table("protein-dihedrals-train.csv.gz"), Optional.of(table("protein-dihedrals-test.csv.gz")), List::of);
    }

    private static CsvTable table(String resource) {
        List<String> names = List.of("phi", "psi");
        ColumnKinds kinds = new ColumnKinds(names, AngleUnit.DEGREES, -180, List.of(), List.of());
        return new CsvTable(Source.bundled(resource), Separator.COMMA, true, Missing.REFUSE, names, kinds);
    }
}
