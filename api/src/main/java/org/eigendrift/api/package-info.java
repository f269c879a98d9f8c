/**
 * What every part shares: batches of points, random numbers keyed by (seed, point, step), run context with threads and
 * progress, errors.
 */
@Stability(Stability.Status.STABLE)
package org.eigendrift.api;
