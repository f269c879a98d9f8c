/** Comparing many models on one set of held-out rows without wearing it out. */
package org.eigendrift.engine.comparison;
