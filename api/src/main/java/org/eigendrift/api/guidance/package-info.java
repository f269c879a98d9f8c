/** Guidance: steering samples of a score model by observations, objectives and other models; particles that make it exact. */
@Stability(Stability.Status.EXPERIMENTAL)
package org.eigendrift.api.guidance;

import org.eigendrift.api.Stability;
