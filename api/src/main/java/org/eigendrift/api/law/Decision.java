package org.eigendrift.api.law;

import java.util.List;
import java.util.OptionalDouble;

/**
 * One decision of a fit: what was chosen, among what, by how much, how sure.
 *
 * @param what what was decided, for example {@code components}
 * @param chosen the winner, one of the alternatives' names
 * @param alternatives all that were compared, in the order in which they were tried
 * @param reason why, one sentence for a reader
 */
public record Decision(String what, String chosen, List<Alternative> alternatives, String reason) {

    /**
     * Copies the list.
     *
     * @param what what was decided
     * @param chosen the winner
     * @param alternatives all that were compared
     * @param reason why
     */
    public Decision {
        alternatives = List.copyOf(alternatives);
    }

    /**
     * One that was compared.
     *
     * @param name its name
     * @param score what it scored, the more the better, in nats a row unless the decision says otherwise; empty if it could
     *     not be had
     * @param error standard error of its difference from the best one; empty if not known
     * @param remark what else there is to say, possibly empty
     */
    public record Alternative(String name, OptionalDouble score, OptionalDouble error, String remark) {}
}
