/** Fits to rows of which cells were not seen. */
package org.eigendrift.engine.incomplete;
