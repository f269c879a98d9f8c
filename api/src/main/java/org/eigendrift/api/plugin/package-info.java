/** The pattern every extension follows: a named provider whose options are a record, declared once. */
@Stability(Stability.Status.STABLE)
package org.eigendrift.api.plugin;

import org.eigendrift.api.Stability;
