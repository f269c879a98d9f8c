/** Types of columns: how texts and numbers of a file become a column's values, and are written again. */
package org.eigendrift.api.column;
