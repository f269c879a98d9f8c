/** What plugins offer where a configuration leaves a choice open. */
package org.eigendrift.engine.offer;
