/** The shared values: batches of points, random numbers keyed by (seed, point, step), run context, errors, and the pattern every extension follows. */
package org.eigendrift.api;
