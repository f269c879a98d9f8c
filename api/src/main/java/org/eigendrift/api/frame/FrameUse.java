package org.eigendrift.api.frame;

import java.util.List;
import org.eigendrift.api.data.Column;

/** What a fit needs a frame for, where a configuration names none. */
public sealed interface FrameUse {
    /**
     * The columns before the frame.
     *
     * @return all of them; the frame maps those of the kind that the use is for, and lets others pass
     */
    List<Column> columns();

    /**
     * Positive and bounded columns become real ones. The frame is not fitted to rows: {@link FrameProvider#restore} makes it
     * from an empty state.
     *
     * @param columns the columns, at least one of them positive or bounded
     * @param knees for each positive column, in order, the value about which tails like those of a Gamma law begin, 0 for none;
     *     possibly empty. A frame that has no use for them may leave them
     */
    record Open(List<Column> columns, List<Double> knees) implements FrameUse {
        /**
         * Copies the lists.
         *
         * @param columns the columns
         * @param knees of positive columns
         */
        public Open {
            columns = List.copyOf(columns);
            knees = List.copyOf(knees);
        }
    }

    /**
     * Angles of any period become those of period 2 pi, from 0. The frame is not fitted to rows: {@link FrameProvider#restore}
     * makes it from an empty state.
     *
     * @param columns the columns, at least one of them an angle
     */
    record Turn(List<Column> columns) implements FrameUse {
        /**
         * Copies the list.
         *
         * @param columns the columns
         */
        public Turn {
            columns = List.copyOf(columns);
        }
    }

    /**
     * Real columns become uncorrelated coordinates of variance 1, also where rows are few for that many columns.
     *
     * @param columns the columns, at least one of them real
     */
    record Uncorrelated(List<Column> columns) implements FrameUse {
        /**
         * Copies the list.
         *
         * @param columns the columns
         */
        public Uncorrelated {
            columns = List.copyOf(columns);
        }
    }

    /**
     * Real and positive columns become normal scores, each by its own marginal law.
     *
     * @param columns the columns
     */
    record NormalScores(List<Column> columns) implements FrameUse {
        /**
         * Copies the list.
         *
         * @param columns the columns
         */
        public NormalScores {
            columns = List.copyOf(columns);
        }
    }

    /**
     * Normal scores become normal given others of them, where that shows structure that products of smooth functions resolve badly.
     *
     * @param columns the columns
     */
    record ConditionalScores(List<Column> columns) implements FrameUse {
        /**
         * Copies the list.
         *
         * @param columns the columns
         */
        public ConditionalScores {
            columns = List.copyOf(columns);
        }
    }
}
