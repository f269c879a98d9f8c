/** Types of columns: how texts and numbers of a file become a column's values, and are written again. */
@Stability(Stability.Status.EXPERIMENTAL)
package org.eigendrift.api.column;

import org.eigendrift.api.Stability;
