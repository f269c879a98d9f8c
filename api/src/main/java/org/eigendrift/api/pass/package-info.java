/** Reading rows: summaries that merge exactly, and plans of stages that share readings. */
@Stability(Stability.Status.EXPERIMENTAL)
package org.eigendrift.api.pass;

import org.eigendrift.api.Stability;
