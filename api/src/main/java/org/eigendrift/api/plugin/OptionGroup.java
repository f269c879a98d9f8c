package org.eigendrift.api.plugin;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Marks a component of an options record that is itself an options record, so that extensions share options. Its
 * options stand in a configuration beside the others, in its place and under their own keys: a block does not show
 * which of its options are shared.
 */
@Documented
@Retention(RetentionPolicy.RUNTIME)
@Target({ElementType.RECORD_COMPONENT, ElementType.METHOD})
public @interface OptionGroup {

    /**
     * Defaults that differ here from those the group declares, each {@code key: value}.
     *
     * @return for example {@code "thin: 6"}
     */
    String[] defaults() default {};
}
