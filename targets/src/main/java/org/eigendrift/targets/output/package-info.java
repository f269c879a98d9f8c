/** Writers of points. */
package org.eigendrift.targets.output;
