/** The matrix products on which every hot path runs, in one place. */
package org.eigendrift.engine.kernel;
