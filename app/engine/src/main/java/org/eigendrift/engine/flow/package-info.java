/**
 * The law that a fit of one basis gives: {@link org.eigendrift.engine.flow.Fit} turns rows and settings into a {@link
 * org.eigendrift.engine.flow.FittedModel}, which draws, scores rows and adds; and the Gibbs density beside it.
 */
package org.eigendrift.engine.flow;
