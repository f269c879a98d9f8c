/** A plugin of a third party: a basis family, a frame, a metric, a sampler and a target that the distribution does not have. */
package com.example.drift;
