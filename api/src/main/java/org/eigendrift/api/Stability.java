package org.eigendrift.api;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/** How far the types of a package, or one type, can be relied on. A type has the status of its package unless it says another. */
@Documented
@Retention(RetentionPolicy.CLASS)
@Target({ElementType.PACKAGE, ElementType.TYPE})
public @interface Stability {

    /**
     * The status.
     *
     * @return what may change, and when
     */
    Status value();

    /** What may change, and when. */
    enum Status {
        /** Changes with the series alone: before 1.0 with the second number of the version, from 1.0 on with the first. */
        STABLE,
        /** In use, and may change in any version; release notes say how. */
        EXPERIMENTAL
    }
}
