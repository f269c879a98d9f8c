/** Writers of points. */
package org.eigendrift.api.output;
