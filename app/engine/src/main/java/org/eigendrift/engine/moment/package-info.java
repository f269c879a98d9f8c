/** The moment table: averages over the data from which A(t) and b(t) follow for every t (METHOD 3). */
package org.eigendrift.engine.moment;
