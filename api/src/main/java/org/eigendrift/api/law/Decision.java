package org.eigendrift.api.law;

import java.util.List;
import java.util.OptionalDouble;

/**
 * One decision of a fit: what was chosen, among what, by how much, how sure.
 *
 * @param what what was decided, for example {@code components}
 * @param chosen the winner, one of the alternatives' names, or what is made of some of them
 * @param alternatives all that were compared, in the order in which they were tried
 * @param reason why, one sentence for a reader
 */
public record Decision(String what, String chosen, List<Alternative> alternatives, String reason) {
    private static final String TOLD = "fit";

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
     * A sentence of its own that stands for a decision of which nothing else is known.
     *
     * @param line the sentence
     * @return a decision without alternatives and without a reason
     */
    public static Decision told(String line) {
        return new Decision(TOLD, line, List.of(), "");
    }

    /**
     * Whether this is a sentence of its own.
     *
     * @return true if {@link #told} made it
     */
    public boolean isTold() {
        return what.equals(TOLD);
    }

    /**
     * The decision of a part of a law.
     *
     * @param part its name
     * @return the same decision, said of the part
     */
    public Decision of(String part) {
        return isTold() ? told(part + ": " + chosen) : new Decision(part + ": " + what, chosen, alternatives, reason);
    }

    /**
     * One line for a reader.
     *
     * @return what was decided, what was chosen, and why
     */
    public String line() {
        return (isTold() ? "" : what + ": ") + chosen + (reason.isEmpty() ? "" : " (" + reason + ")");
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
    public record Alternative(String name, OptionalDouble score, OptionalDouble error, String remark) {
        /**
         * One without a remark.
         *
         * @param name its name
         * @param score what it scored; not finite if it could not be had
         * @param error standard error of its difference from the best one; not finite if not known
         * @return the alternative
         */
        public static Alternative of(String name, double score, double error) {
            return new Alternative(name, known(score), known(error), "");
        }

        private static OptionalDouble known(double value) {
            return Double.isFinite(value) ? OptionalDouble.of(value) : OptionalDouble.empty();
        }
    }
}
