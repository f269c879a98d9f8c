/** One-dimensional eigenbases of reversible diffusions, and the families that create them. */
package org.eigendrift.api.basis;
