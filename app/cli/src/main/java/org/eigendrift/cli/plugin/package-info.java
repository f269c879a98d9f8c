/**
 * Plugins of others: each jar, or each folder of jars, in a module layer of its own; lists, checks, locks, and whose fault
 * something was.
 */
package org.eigendrift.cli.plugin;
