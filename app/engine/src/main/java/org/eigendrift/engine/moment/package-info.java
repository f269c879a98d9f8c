/**
 * Sums over the rows from which A(t) and b(t) follow: the moment table, for every t, or the entries of A(t)
 * itself on a grid of times.
 */
package org.eigendrift.engine.moment;
