/** Reading rows: summaries that merge exactly, and plans of stages that share readings. */
package org.eigendrift.api.pass;
