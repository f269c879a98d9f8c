/** What a fitted model is: a probability law of rows that can be scored, drawn from and asked. */
package org.eigendrift.api.law;
