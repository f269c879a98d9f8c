/** Forward operators and objectives. */
package org.eigendrift.samplers.operator;
