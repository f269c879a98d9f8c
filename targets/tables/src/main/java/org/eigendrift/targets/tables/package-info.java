/**
 * What every reader of tables does with the cells it has read. A reader implements {@link Table}: names, and cells as numbers
 * with NaN where there is none. {@link TableTarget#of} makes a target of it: kinds of columns are checked, missing values
 * refused, dropped or filled, rows held out, and what was done is counted for the report.
 */
package org.eigendrift.targets.tables;
