/** Conditions as a user writes them, for example {@code species = 'Gentoo' and body_mass_g > 5000}. */
package org.eigendrift.cli.where;
