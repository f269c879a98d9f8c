/** All providers that were found, by kind and name: strict at load, helpful at look-up. */
package org.eigendrift.api.catalog;
