/** Writers of points as CSV and NPY. */
package org.eigendrift.targets.output;
