package org.eigendrift.targets.tables;

/** What to do with a row that lacks a value. */
public enum Missing {
    /** Refuse the file. */
    REFUSE,
    /** Leave the row out and count it. */
    DROP,
    /** Fill the value in and count it. */
    IMPUTE,
    /** Keep the gap: the law models where gaps are, and rows that are drawn have some. */
    KEEP
}
