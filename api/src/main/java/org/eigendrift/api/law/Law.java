package org.eigendrift.api.law;

import java.util.List;
import java.util.Optional;
import org.eigendrift.api.InputException;
import org.eigendrift.api.Points;
import org.eigendrift.api.RunContext;
import org.eigendrift.api.data.Column;

/**
 * A probability law of rows: what a fit gives, whatever kind it is. Immutable, thread-safe.
 *
 * <p>Rows are batches with one coordinate for each column. A cell that is NaN is a gap.
 */
public interface Law {

    /**
     * The columns of its rows.
     *
     * @return an immutable list, at least one
     */
    List<Column> columns();

    /**
     * The log-density of rows. A row's number depends on the row alone: not on what stands beside it, its place, the
     * size of the batch or the number of threads, bit for bit.
     *
     * @param x rows; a gap (NaN) asks for the marginal density of the row's other cells; not modified
     * @param run threads, progress, cancellation
     * @return nats for each row; negative infinity where the law has no mass
     * @throws org.eigendrift.api.InputException if a row has gaps and the law has no marginals; the message gives row and
     *     column
     */
    Scores logDensity(Points x, RunContext run);

    /**
     * Draws rows. Row n depends on the seed and on n alone, so rows of a longer draw begin with those of a shorter one, and
     * a draw may be made in parts.
     *
     * @param request which rows, and how
     * @param run seed, threads, progress, cancellation
     * @return exactly as many rows as asked for, all finite
     * @throws org.eigendrift.api.InputException if the sampler that is asked for does not fit the law
     */
    Draws draw(DrawRequest request, RunContext run);

    /**
     * What answers questions about rows of which something is known. What all questions share, such as draws of the law, is
     * computed once.
     *
     * @param run seed, threads
     * @return the laws given evidence; empty if this kind of law has no way of its own
     */
    default Optional<Conditioner> conditioner(RunContext run) {
        return Optional.empty();
    }

    /**
     * The law of what evidence leaves open, given the evidence. {@link #conditioner} is for several questions.
     *
     * @param evidence what is known of a row
     * @param run seed, threads
     * @return the conditional law, of the same columns
     * @throws org.eigendrift.api.InputException if the evidence names no column, contradicts itself, or has no mass, or
     *     this kind of law cannot be asked
     */
    default Conditional given(Evidence evidence, RunContext run) {
        return conditioner(run)
                .orElseThrow(() -> new InputException(
                        "a law of kind '" + provenance().kind() + "' cannot be asked for its rows given evidence"))
                .given(evidence);
    }

    /**
     * How the law came about: state of the model, which reports only show.
     *
     * @return what was fitted, with what, and what was decided
     */
    Provenance provenance();
}
