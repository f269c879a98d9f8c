package org.eigendrift.api.guidance;

import java.util.List;
import java.util.Optional;
import org.eigendrift.api.data.Column;
import org.eigendrift.api.plugin.Kind;
import org.eigendrift.api.plugin.Provider;

/**
 * A kind of forward operator, created for the columns of the data.
 *
 * @param <O> options record
 */
public interface OperatorProvider<O extends Record> extends Provider<O, List<Column>, Operator> {
    /** The kind of all operators. */
    Kind<List<Column>, Operator> KIND = new Kind<>("operator", OperatorProvider.class);

    /** Inputs, and at a few points the tangent against differences, the adjoint against the tangent, and affinity. */
    @Override
    default Optional<String> fault(List<Column> columns, Operator made) {
        return OperatorCheck.fault(columns, made);
    }
}
