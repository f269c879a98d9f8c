/** Where rows come from: columns, and data sets read in chunks. */
package org.eigendrift.api.data;
