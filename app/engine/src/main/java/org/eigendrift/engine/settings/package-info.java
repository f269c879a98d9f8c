/** What a fit is told: the frame, basis, process and solver blocks of a configuration, validated. */
package org.eigendrift.engine.settings;
