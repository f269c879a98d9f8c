/** One-dimensional eigenbases of reversible diffusions, and the families that create them. */
@Stability(Stability.Status.STABLE)
package org.eigendrift.api.basis;

import org.eigendrift.api.Stability;
