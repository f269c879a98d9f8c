/** Two-dimensional toys with exact densities. */
package org.eigendrift.targets.toy;
