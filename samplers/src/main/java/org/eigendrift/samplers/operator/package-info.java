/** Forward operators (masks, matrices, blur, downsampling, Radon transform), and objectives that are linear or distances. */
package org.eigendrift.samplers.operator;
