/** From sums over the rows to the linear systems A(t) theta(t) = b(t) of every time. */
package org.eigendrift.engine.assembly;
