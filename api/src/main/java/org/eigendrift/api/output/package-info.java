/** Writers of points to files. */
package org.eigendrift.api.output;
