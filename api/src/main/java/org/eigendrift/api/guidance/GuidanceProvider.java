package org.eigendrift.api.guidance;

import org.eigendrift.api.plugin.Kind;
import org.eigendrift.api.plugin.Provider;

/**
 * A kind of guidance.
 *
 * @param <O> options record
 */
public interface GuidanceProvider<O extends Record> extends Provider<O, GuidanceContext, Guidance> {
    /** The kind of all guidance. */
    Kind<GuidanceContext, Guidance> KIND = new Kind<>("guidance", GuidanceProvider.class);
}
