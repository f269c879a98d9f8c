package org.eigendrift.api.plugin;

import java.lang.reflect.Type;

/**
 * One option as declared on a component of an options record.
 *
 * @param key the key in a configuration
 * @param type the component's type
 * @param declaration documentation, default and range
 * @param standard the default's text, or {@link Option#REQUIRED}: the declared one, unless an {@link OptionGroup} says
 *     otherwise
 */
public record OptionSpec(String key, Type type, Option declaration, String standard) {

    /**
     * Whether the option must be given.
     *
     * @return true if there is no default
     */
    public boolean required() {
        return standard.equals(Option.REQUIRED);
    }

    /**
     * The valid values in words, for {@code plugins show} and error messages.
     *
     * @return for example {@code a number in [0, 10]}
     */
    public String expected() {
        return OptionValues.expected(type, declaration);
    }
}
