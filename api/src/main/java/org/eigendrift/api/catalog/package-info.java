/** All providers that were found, by kind and name: strict at load, helpful at look-up. */
@Stability(Stability.Status.STABLE)
package org.eigendrift.api.catalog;

import org.eigendrift.api.Stability;
