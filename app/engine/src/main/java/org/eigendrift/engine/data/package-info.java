/** Data sets seen through frames, and single columns of them. */
package org.eigendrift.engine.data;
