/** Score models and the diffusion processes they belong to. */
@Stability(Stability.Status.STABLE)
package org.eigendrift.api.score;

import org.eigendrift.api.Stability;
