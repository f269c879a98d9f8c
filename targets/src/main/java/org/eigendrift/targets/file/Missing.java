package org.eigendrift.targets.file;

/** What to do with a row that lacks a value. */
public enum Missing {
    /** Refuse the file. */
    REFUSE,
    /** Leave the row out and count it. */
    DROP
}
