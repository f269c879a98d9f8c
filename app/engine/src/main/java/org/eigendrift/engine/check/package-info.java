/**
 * Plugins whose word is not taken: what they return is looked up, cheaply, where the engine meets it, and a fault names the plugin.
 */
package org.eigendrift.engine.check;
