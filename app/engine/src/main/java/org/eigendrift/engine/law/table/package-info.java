/**
 * Laws of tables with columns of any kind, in closed form: trees of discrete parts and mixtures of them, and chains of
 * conditional laws that are gated by trees.
 */
package org.eigendrift.engine.law.table;
