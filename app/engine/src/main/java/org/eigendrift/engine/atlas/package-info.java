/** Atlases: mixtures of local models, and the mixture that says which rows are whose. */
package org.eigendrift.engine.atlas;
