package org.eigendrift.api.plugin;

import java.util.Optional;
import java.util.regex.Pattern;
import org.eigendrift.api.InputException;

/**
 * The one pattern of every extension: a named factory with typed options.
 *
 * <p>Each kind of extension is a sub-interface that fixes what is created ({@code T}) and from what
 * ({@code C}, the context). An implementation is a public final class with a public constructor without arguments,
 * found with {@link java.util.ServiceLoader}; it holds no state, so one instance serves all threads. Work that is
 * expensive or can fail belongs in {@link #create}.
 *
 * @param <O> options record, see {@link OptionSchema}
 * @param <C> what {@link #create} is given beside the options
 * @param <T> what is created
 */
public interface Provider<O extends Record, C, T> {

    /** What a valid {@link #name()} looks like: lower-case words joined by hyphens or digits, at most 64 characters. */
    Pattern NAME = Pattern.compile("[a-z][a-z0-9]*([-+.][a-z0-9]+)*\\+*");

    /**
     * The name under which configurations choose this provider.
     *
     * @return a name that matches {@link #NAME}, unique among providers of the same kind; part of the file format,
     *     so it never changes
     */
    String name();

    /**
     * What it is, for {@code eigendrift plugins list}.
     *
     * @return one line without a full stop
     */
    String summary();

    /**
     * The options, their documentation, defaults and ranges.
     *
     * @return the schema of this provider's options record
     */
    OptionSchema<O> options();

    /**
     * Creates the extension.
     *
     * @param options validated options
     * @param context what this kind of extension is created from
     * @return a new instance, never null
     * @throws InputException if options and context do not go together, in words for the user
     */
    T create(O options, C context);

    /**
     * What is wrong with something that was created, looked up by a few numbers: {@link Chosen#create} asks, and does not hand out
     * what has a fault. Kinds of extensions say here what they promise; plugins leave it.
     *
     * @param context what it was created from
     * @param made what was created, not null
     * @return what it does and what was expected, a clause that follows the plugin's name; empty if nothing is wrong
     */
    default Optional<String> fault(C context, T made) {
        return Optional.empty();
    }
}
