package org.eigendrift.api.plugin;

import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CancellationException;
import org.eigendrift.api.InputException;
import org.eigendrift.api.NumericalException;

/**
 * A provider together with its validated options: what a block {@code {type: NAME, ...}} of a configuration means.
 *
 * @param <C> context from which the extension is created
 * @param <T> what is created
 * @param provider the provider that was named
 * @param options an instance of the provider's options record
 */
public record Chosen<C, T>(Provider<?, C, T> provider, Record options) {

    /**
     * Checks that the options belong to the provider.
     *
     * @param provider the provider that was named
     * @param options an instance of the provider's options record
     * @throws IllegalArgumentException if {@code options} is not of the provider's options type
     */
    public Chosen {
        Objects.requireNonNull(provider, "provider");
        Objects.requireNonNull(options, "options");
        if (!provider.options().type().isInstance(options)) {
            throw new IllegalArgumentException(
                    provider.name() + " takes " + provider.options().type().getName() + ", not " + options.getClass());
        }
    }

    /**
     * Creates the extension.
     *
     * @param context what this kind of extension is created from
     * @return a new instance, not null
     * @throws org.eigendrift.api.InputException if options and context do not go together
     * @throws PluginException if the provider returns null or what has a {@linkplain Provider#fault fault}, or throws what is no
     *     message for the user
     */
    public T create(C context) {
        T made;
        Optional<String> fault;
        try {
            made = create(provider, context);
            fault = made == null ? Optional.of("returned null from create") : provider.fault(context, made);
        } catch (InputException | NumericalException | CancellationException | PluginException e) {
            throw e;
        } catch (RuntimeException | LinkageError e) {
            throw PluginException.thrown(provider, e);
        }
        fault.ifPresent(what -> {
            throw new PluginException(provider, what);
        });
        return made;
    }

    private <O extends Record> T create(Provider<O, C, T> typed, C context) {
        return typed.create(typed.options().type().cast(options), context);
    }

    /**
     * The provider's name.
     *
     * @return {@code provider().name()}
     */
    public String name() {
        return provider.name();
    }
}
