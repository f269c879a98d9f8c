/** Where rows come from: columns, and data sets read in chunks. */
@Stability(Stability.Status.STABLE)
package org.eigendrift.api.data;

import org.eigendrift.api.Stability;
