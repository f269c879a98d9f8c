/** Figures that compare samples, model and data. */
package org.eigendrift.api.metric;
