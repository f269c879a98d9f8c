package org.eigendrift.targets.file;

import java.util.List;

/**
 * How a text file is written.
 *
 * @param separator between cells
 * @param header whether the first line names the columns; otherwise they are x1, x2, ...
 * @param encoding its characters
 * @param missingCodes cells that stand for a missing value, beside the usual ones
 */
record CsvForm(Separator separator, boolean header, Encoding encoding, List<String> missingCodes) {}
