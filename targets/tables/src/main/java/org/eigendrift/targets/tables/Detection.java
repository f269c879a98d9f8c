package org.eigendrift.targets.tables;

/** What is done about columns whose values look like those of a kind that was not declared. */
public enum Detection {
    /** Nothing. */
    OFF,
    /** The report proposes a declaration. */
    PROPOSE,
    /** The kind is taken, after one more pass over the rows, and the report says so. */
    APPLY
}
