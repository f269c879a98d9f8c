/** Configurations: reading, checking and writing them. Every mistake is reported at once, each with its line. */
package org.eigendrift.cli.config;
