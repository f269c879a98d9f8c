/** Products of matrices by the vector API of the JDK. */
package org.eigendrift.solvers.vector;
