package org.eigendrift.api.law;

import java.util.Optional;
import org.eigendrift.api.RunContext;

/** A law whose flow starts from one with functions of known mean: control variates of expectations. */
public interface Referenced extends Law {

    /**
     * Where the flow starts.
     *
     * @param run threads of its computations
     * @return the law, with its functions; empty if a part of this one has no flow
     */
    Optional<Reference> reference(RunContext run);
}
