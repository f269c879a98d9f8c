/** Writers of points to files. */
@Stability(Stability.Status.STABLE)
package org.eigendrift.api.output;

import org.eigendrift.api.Stability;
