/** Files of results: never half-written. */
package org.eigendrift.cli.output;
