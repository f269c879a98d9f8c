/** The product basis: one eigenbasis a coordinate, clusters of coordinates, and the functions they span. */
package org.eigendrift.engine.basis;
