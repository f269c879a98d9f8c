package org.eigendrift.samplers.guidance;

import java.util.List;
import org.eigendrift.api.data.Column;
import org.eigendrift.api.guidance.Operator;
import org.eigendrift.api.guidance.OperatorProvider;
import org.eigendrift.api.plugin.Chosen;
import org.eigendrift.api.plugin.Option;

/**
 * The options of methods that need nothing but the observation.
 *
 * @param operator A
 * @param value y
 * @param noise standard deviation
 */
public record ObservationOptions(
        @Option(doc = ObservationOptions.OPERATOR, kind = OperatorProvider.class)
        Chosen<List<Column>, Operator> operator,

        @Option(doc = ObservationOptions.VALUE) List<Double> value,

        @Option(doc = ObservationOptions.NOISE, value = "0.1", min = 0)
        double noise) {
    static final String OPERATOR = "the forward operator, which tells what would be observed of a row";
    static final String VALUE = "the observation y, one number for each output of the operator";
    static final String NOISE = "standard deviation of the observation's noise, the same for all outputs";
}
