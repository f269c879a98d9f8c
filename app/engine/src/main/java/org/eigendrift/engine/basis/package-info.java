/** The product basis: one eigenbasis a coordinate, clusters of coordinates, and the functions they span (METHOD 4). */
package org.eigendrift.engine.basis;
