package org.eigendrift.bases;

import java.util.Arrays;
import java.util.Locale;
import java.util.stream.Collectors;
import org.eigendrift.api.Address;
import org.eigendrift.api.InputException;
import org.eigendrift.api.basis.BasisFamily;
import org.eigendrift.api.data.Column;

/** The refusals that all families share, in one wording. */
final class Refusal {
    private Refusal() {}

    /**
     * Refuses a column of a kind the family does not accept, naming what fits it.
     *
     * @param family the family
     * @param column the column
     * @throws InputException if the kind is not accepted
     */
    static void kind(BasisFamily<?> family, Column column) {
        if (!family.accepts(column.kind())) {
            String accepted = Arrays.stream(Column.Kind.values())
                    .filter(family::accepts)
                    .map(Refusal::word)
                    .collect(Collectors.joining(" or "));
            throw new InputException("column '" + column.name() + "' is " + word(column.kind()) + " but family '"
                    + family.name() + "' takes " + accepted + " columns; " + advice(family, column.kind()));
        }
    }

    private static String advice(BasisFamily<?> family, Column.Kind kind) {
        if (!kind.smooth()) {
            return "no family takes such columns; detect: off reads them as real numbers";
        }
        boolean angle = kind == Column.Kind.ANGLE;
        boolean boxed = family.accepts(Column.Kind.BOUNDED) && !angle;
        // Samplers and guidance may need the family, whatever others would take the column.
        boolean opened = family.accepts(Column.Kind.REAL) && !angle;
        return (boxed ? "frame 'box' maps it into [0, 1], or use " : "use ")
                + switch (kind) {
                    case REAL -> "family 'mean-field' or 'hermite'";
                    case POSITIVE -> "family 'laguerre' or 'mean-field'";
                    case BOUNDED -> "family 'cosine', 'jacobi' or 'mean-field'";
                    default -> "family 'fourier'";
                }
                + (opened ? ", or a frame that makes it real ('unbound'; none, where a frame bounds it)" : "");
    }

    private static String word(Column.Kind kind) {
        return kind.name().toLowerCase(Locale.ROOT);
    }

    /**
     * Refuses a degree that doubles cannot carry.
     *
     * @param family the family
     * @param column the column
     * @param degree the degree asked for
     * @param limit the largest one served
     * @param reason what breaks beyond it, for the message
     * @throws InputException if the degree is below 1 or above the limit
     */
    static void degree(BasisFamily<?> family, Column column, int degree, int limit, String reason) {
        if (degree < 1 || degree > limit) {
            throw InputException.at(
                    Address.ofColumn(column.name()),
                    "degree " + degree + " of family '" + family.name() + "'; expected 1 to " + limit
                            + (degree > limit ? ", beyond which " + reason : ""));
        }
    }
}
