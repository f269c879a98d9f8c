package org.eigendrift.api.frame;

import org.eigendrift.api.RunContext;
import org.eigendrift.api.data.Dataset;

/**
 * What a frame is fitted to.
 *
 * @param data the rows, in the coordinates before this frame; may be read several times, in chunks
 * @param run the run
 */
public record FrameContext(Dataset data, RunContext run) {}
