/** A basis family and a sampler that the distribution does not have. */
package com.example.drift;
