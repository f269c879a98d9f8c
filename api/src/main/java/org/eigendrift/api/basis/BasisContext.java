package org.eigendrift.api.basis;

import org.eigendrift.api.RunContext;
import org.eigendrift.api.data.Column;
import org.eigendrift.api.data.Dataset;

/**
 * What a basis family is given to create the basis of one coordinate.
 *
 * @param column the coordinate, in frame coordinates: its kind and bounds
 * @param data the coordinate's values, one column; may be read several times, in chunks
 * @param degree the highest degree, at least 1
 * @param run the run
 */
public record BasisContext(Column column, Dataset data, int degree, RunContext run) {}
