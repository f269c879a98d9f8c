/** Invertible coordinate maps between the data's coordinates and those in which the basis lives. */
package org.eigendrift.api.frame;
