/** Mixtures whose density, score and draws are exact. */
package org.eigendrift.targets.mixture;
