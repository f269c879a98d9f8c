/**
 * Atlases: mixtures of local models, the mixture that says which rows are whose, and which models are compared.
 * {@code AtlasFit} is where every fit of smooth columns begins.
 */
package org.eigendrift.engine.atlas;
