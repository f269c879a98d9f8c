/** Score models and the diffusion processes they belong to. */
package org.eigendrift.api.score;
