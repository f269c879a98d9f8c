/** Samplers and time grids. */
@Stability(Stability.Status.STABLE)
package org.eigendrift.api.sampler;

import org.eigendrift.api.Stability;
