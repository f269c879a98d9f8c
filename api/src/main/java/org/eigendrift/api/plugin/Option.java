package org.eigendrift.api.plugin;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Declares one option, on a component of an options record: documentation, default and range in one place. Binding,
 * validation, error texts and {@code eigendrift plugins show} all come from it.
 *
 * <p>The key in a configuration is the component's name in lower case with underscores, {@code maxSize} becomes
 * {@code max_size}. Component types and what a configuration writes for them:
 *
 * <table>
 * <caption>Component types</caption>
 * <tr><th>type</th><th>configuration</th></tr>
 * <tr><td>int, long, double, boolean, String</td><td>a scalar</td></tr>
 * <tr><td>an enum</td><td>the constant's name in lower case with hyphens</td></tr>
 * <tr><td>OptionalInt, OptionalLong, OptionalDouble</td><td>a number, or {@code auto} for empty</td></tr>
 * <tr><td>Optional&lt;String&gt;, Optional&lt;Path&gt;</td><td>text, or {@code none} for empty</td></tr>
 * <tr><td>Path</td><td>a path, relative ones against the configuration file's directory</td></tr>
 * <tr><td>List of Integer, Double, String, or of such lists</td><td>a list (a lone scalar is a list of one)</td></tr>
 * <tr><td>Chosen</td><td>another extension: its name, or {@code {type: NAME, ...}}; see {@link #kind()}</td></tr>
 * <tr><td>List&lt;Chosen&gt;</td><td>a list of such</td></tr>
 * </table>
 *
 * <p>Where a language cannot annotate components, the annotation stands on the component's accessor ({@code @get:Option} in Kotlin).
 *
 * <p>Options that several extensions share are a record of their own, see {@link OptionGroup}.
 */
@Documented
@Retention(RetentionPolicy.RUNTIME)
@Target({ElementType.RECORD_COMPONENT, ElementType.METHOD})
public @interface Option {

    /** The value of {@link #value()} that marks an option which must be given. */
    String REQUIRED = "\0required";

    /**
     * What the option does, with its unit.
     *
     * @return one or two sentences for the user
     */
    String doc();

    /**
     * The default, written as in a configuration ({@code 0.05}, {@code auto}, {@code []}, {@code jacobi}).
     *
     * @return the default's text, or {@link #REQUIRED}
     */
    String value() default REQUIRED;

    /**
     * The smallest valid number, of every element where the option is a list.
     *
     * @return inclusive bound unless {@link #open()}
     */
    double min() default Double.NEGATIVE_INFINITY;

    /**
     * The largest valid number, of every element where the option is a list.
     *
     * @return inclusive bound
     */
    double max() default Double.POSITIVE_INFINITY;

    /**
     * Whether {@link #min()} itself is invalid.
     *
     * @return true for a half-open range (min, max]
     */
    boolean open() default false;

    /**
     * The kind of extension chosen, for components of type {@link Chosen}.
     *
     * @return the provider interface
     */
    @SuppressWarnings("rawtypes")
    Class<? extends Provider> kind() default Provider.class;
}
