/**
 * Comparing tables column by column and pair by pair, rows with what a law draws for them, and many models on one set of held-out rows without wearing it out.
 */
package org.eigendrift.engine.comparison;
