package org.eigendrift.engine.flow;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import org.eigendrift.api.basis.BasisContext;
import org.eigendrift.api.basis.BasisUse;
import org.eigendrift.api.basis.Eigenbasis;
import org.eigendrift.api.data.Column;
import org.eigendrift.api.law.Decision;
import org.eigendrift.api.plugin.ProviderLookup;
import org.eigendrift.engine.offer.Offers;
import org.eigendrift.engine.settings.FamilyChoice;
import org.eigendrift.engine.settings.FitSettings;

/**
 * Chooses the family and the degree of every column: what was named, else the family that offers most, and a degree by the number of
 * rows.
 */
final class FamilySelection {
    /** With so many rows more functions of several columns pay. */
    private static final int MANY_ROWS = 1000;

    private static final int LEAST_DEGREE = 4;
    private static final int MOST_DEGREE = 40;

    private final FitSettings settings;
    private final ProviderLookup providers;
    private final List<Column> columns;
    private final long rows;

    /**
     * Prepares.
     *
     * @param settings what was named
     * @param providers finds families
     * @param columns the data's columns
     * @param rows rows to fit
     */
    FamilySelection(FitSettings settings, ProviderLookup providers, List<Column> columns, long rows) {
        this.settings = settings;
        this.providers = providers;
        this.columns = columns;
        this.rows = rows;
    }

    /**
     * What was chosen.
     *
     * @param families of every column, nothing left open
     * @param decisions a decision for columns of one family, degree and offers
     */
    record Selected(List<FamilyChoice> families, List<Decision> decisions) {}

    /** The same columns decided alike. */
    private record Alike(String family, int degree, List<Decision.Alternative> offers) {}

    /**
     * Chooses.
     *
     * @param framed the columns after the frames, where those are given; as in the data where frames follow the families
     * @param leftNormal coordinates that a frame leaves to the normal law, whose one function is in no cluster
     */
    Selected choose(List<Column> framed, int[] leftNormal) {
        List<FamilyChoice> families = new ArrayList<>();
        List<Decision> decisions = new ArrayList<>();
        Map<Alike, List<String>> alike = new LinkedHashMap<>();
        for (int i = 0; i < framed.size(); i++) {
            boolean normal = holds(leftNormal, i);
            Offers<BasisContext, Eigenbasis> offers = Offers.of(use(framed.get(i), normal), providers);
            FamilyChoice family = normal
                    ? new FamilyChoice(Optional.of(offers.best()), OptionalInt.of(1))
                    : family(i, framed.get(i), offers);
            families.add(family);
            alike.computeIfAbsent(alike(family, offers), a -> new ArrayList<>())
                    .add(columns.get(i).name());
        }
        if (leftNormal.length > 0) {
            decisions.add(Decision.told("components left to the normal law: " + leftNormal.length));
        }
        alike.forEach((decided, names) -> decisions.add(new Decision(
                "family",
                decided.family,
                decided.offers,
                "of degree " + decided.degree + ", for " + String.join(", ", names))));
        return new Selected(families, decisions);
    }

    private static boolean holds(int[] coordinates, int i) {
        for (int coordinate : coordinates) {
            if (coordinate == i) {
                return true;
            }
        }
        return false;
    }

    private BasisUse use(Column column, boolean normal) {
        return normal
                ? new BasisUse.Normal(column)
                : new BasisUse.Found(column, settings.frames().isPresent(), columns.size(), rows);
    }

    private FamilyChoice family(int i, Column column, Offers<BasisContext, Eigenbasis> offers) {
        FamilyChoice named = settings.basis().of(columns.get(i).name());
        return named.orElse(
                new FamilyChoice(named.family().or(() -> Optional.of(offers.best())), OptionalInt.of(degree(column))));
    }

    /**
     * The same whether a choice was named or made here: a resolved configuration must yield the same file. A family that was named
     * though it does not offer itself stands among the offers, without a preference.
     */
    private static Alike alike(FamilyChoice choice, Offers<BasisContext, Eigenbasis> offers) {
        String family = choice.family().orElseThrow().name();
        List<Decision.Alternative> alternatives = new ArrayList<>(offers.alternatives());
        if (alternatives.stream().noneMatch(a -> a.name().equals(family))) {
            alternatives.add(new Decision.Alternative(family, OptionalDouble.empty(), OptionalDouble.empty(), "named"));
        }
        return new Alike(family, choice.degree().orElseThrow(), alternatives);
    }

    private int degree(Column column) {
        int dim = columns.size();
        if (dim == 1) {
            return (int) Math.max(LEAST_DEGREE, Math.min(MOST_DEGREE, rows / 20));
        }
        if (dim == 2 && settings.frames().isEmpty()) {
            // Angles have two functions a degree.
            int most = column.kind() == Column.Kind.ANGLE ? MOST_DEGREE / 2 : MOST_DEGREE;
            return (int) Math.max(LEAST_DEGREE, Math.min(most, Math.sqrt(rows / 30.0)));
        }
        return rows < MANY_ROWS ? 3 : 5;
    }
}
