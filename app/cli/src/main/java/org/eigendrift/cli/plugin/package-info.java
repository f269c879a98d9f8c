/** Third-party plugins: each jar, or each folder of jars, in a module layer of its own. */
package org.eigendrift.cli.plugin;
