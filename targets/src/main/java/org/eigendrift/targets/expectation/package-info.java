/** Expectations under a target by importance sampling from a fitted model, with control variates. */
package org.eigendrift.targets.expectation;
