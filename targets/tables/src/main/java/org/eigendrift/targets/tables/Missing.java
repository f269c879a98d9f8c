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
    KEEP,
    /**
     * Leave the cell open: the law is that of the rows as they would be if all cells had been seen, fitted by drawing what is open from
     * the law and fitting again. Held-out rows that lack a value are left out.
     */
    MODEL
}
