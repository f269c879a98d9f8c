/** Frames: invertible maps from the data's coordinates to those in which a basis lives. */
package org.eigendrift.bases.frame;
