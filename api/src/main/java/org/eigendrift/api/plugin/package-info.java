/** The pattern every extension follows: a named provider whose options are a record, declared once. */
package org.eigendrift.api.plugin;
