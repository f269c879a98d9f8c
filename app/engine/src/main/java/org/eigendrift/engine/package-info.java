/**
 * The method as a library: {@link org.eigendrift.engine.Fit} turns rows and settings into a {@link
 * org.eigendrift.engine.FittedModel}, which samples, scores rows, merges and is saved.
 */
package org.eigendrift.engine;
