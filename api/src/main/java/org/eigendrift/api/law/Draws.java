package org.eigendrift.api.law;

import org.eigendrift.api.Points;
import org.eigendrift.api.sampler.Outcome;

/**
 * Rows that were drawn.
 *
 * @param rows in the law's columns; the caller's own
 * @param outcome what a batch of them cost
 */
public record Draws(Points rows, Outcome outcome) {}
