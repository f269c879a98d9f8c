/**
 * The metrics of an evaluation: likelihood, evidence, distances between samples and data, energies.
 *
 * <p>The definitions of the sample metrics are those of the common two-sample literature, stated at each class; every
 * sum runs in a fixed order and every random choice comes from a fixed seed, so a figure depends on its rows alone.
 */
package org.eigendrift.engine.metric;
