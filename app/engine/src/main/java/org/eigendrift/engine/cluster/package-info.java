/** Which clusters and functions a basis holds: all, by graph or lattice, or the significant ones. */
package org.eigendrift.engine.cluster;
