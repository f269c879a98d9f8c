/** From sums over the rows to the linear systems A(t) theta(t) = b(t) of every time (METHOD 2 and 3). */
package org.eigendrift.engine.assembly;
