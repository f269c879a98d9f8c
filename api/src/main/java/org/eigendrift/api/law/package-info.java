/** What a fitted model is: a probability law of rows that can be scored, drawn from and asked. */
@Stability(Stability.Status.EXPERIMENTAL)
package org.eigendrift.api.law;

import org.eigendrift.api.Stability;
