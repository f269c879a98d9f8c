package org.eigendrift.engine.settings;

import java.util.Optional;
import java.util.OptionalInt;
import org.eigendrift.api.basis.BasisContext;
import org.eigendrift.api.basis.BasisFamily;
import org.eigendrift.api.basis.Eigenbasis;
import org.eigendrift.api.data.Column;
import org.eigendrift.api.pass.Plan;
import org.eigendrift.api.plugin.Chosen;
import org.eigendrift.engine.check.BasisCheck;

/**
 * The family and degree of a column, either of them possibly left to the fit.
 *
 * @param family the family with its options, or empty for auto
 * @param degree the highest degree, or empty for auto
 */
public record FamilyChoice(Optional<Chosen<BasisContext, Eigenbasis>> family, OptionalInt degree) {
    /** Both left to the fit. */
    public static final FamilyChoice AUTO = new FamilyChoice(Optional.empty(), OptionalInt.empty());

    /**
     * Fits the family's basis to a column.
     *
     * @param column the coordinate, in frame coordinates
     * @return a plan for the column's values
     * @throws java.util.NoSuchElementException if something is left to the fit
     * @throws org.eigendrift.api.plugin.PluginException while the plan is run, if the basis is not one
     */
    public Plan<Eigenbasis> plan(Column column) {
        Chosen<BasisContext, Eigenbasis> chosen = family.orElseThrow();
        return plan((BasisFamily<?>) chosen.provider(), chosen.options(), column);
    }

    private <O extends Record> Plan<Eigenbasis> plan(BasisFamily<O> provider, Record options, Column column) {
        return provider.plan(provider.options().type().cast(options), column, degree.orElseThrow())
                .map(basis -> BasisCheck.checked(provider, basis));
    }

    /**
     * This choice, with what it leaves open taken from another.
     *
     * @param other the other choice
     * @return the combination
     */
    public FamilyChoice orElse(FamilyChoice other) {
        return new FamilyChoice(family.or(other::family), degree.isPresent() ? degree : other.degree());
    }
}
