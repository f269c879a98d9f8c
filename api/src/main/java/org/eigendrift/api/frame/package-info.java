/** Invertible coordinate maps between the data's coordinates and those in which the basis lives. */
@Stability(Stability.Status.STABLE)
package org.eigendrift.api.frame;

import org.eigendrift.api.Stability;
