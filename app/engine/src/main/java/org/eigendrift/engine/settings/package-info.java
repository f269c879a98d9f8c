/** What a fit is told: the blocks components, density, frame, basis, process and solver of a configuration, validated. */
package org.eigendrift.engine.settings;
