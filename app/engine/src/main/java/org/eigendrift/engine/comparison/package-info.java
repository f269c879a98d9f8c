/**
 * Comparing tables column by column and pair by pair, and comparing many models on one set of held-out rows without wearing it out.
 */
package org.eigendrift.engine.comparison;
