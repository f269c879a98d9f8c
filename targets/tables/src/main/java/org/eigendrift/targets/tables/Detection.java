package org.eigendrift.targets.tables;

/** What is done about columns that are not declared. */
public enum Detection {
    /** Nothing: they hold real numbers. */
    OFF,
    /**
     * Whole numbers, levels, texts, dates and repeated values are found, in one more pass over the rows; the report proposes to
     * declare smooth columns that look positive or bounded.
     */
    PROPOSE,
    /** Positive and bounded kinds are taken too. */
    APPLY
}
