/**
 * Points carried along the probability flow of a score: draws from the prior to the law, and densities from the law to the prior.
 */
package org.eigendrift.engine.transport;
