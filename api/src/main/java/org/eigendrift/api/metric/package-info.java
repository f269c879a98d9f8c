/** Figures that compare samples, model and data. */
@Stability(Stability.Status.STABLE)
package org.eigendrift.api.metric;

import org.eigendrift.api.Stability;
