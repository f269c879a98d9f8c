/** What is learned of single columns by reading the rows in chunks: summaries and smoothed densities. */
package org.eigendrift.bases.marginal;
