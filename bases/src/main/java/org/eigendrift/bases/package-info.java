/** Families of one-dimensional eigenbases: closed forms, and the numerical one of a column's own marginal. */
package org.eigendrift.bases;
