/** Time grids. */
package org.eigendrift.samplers.grid;
