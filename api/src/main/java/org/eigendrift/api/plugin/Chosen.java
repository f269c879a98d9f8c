package org.eigendrift.api.plugin;

import java.util.Objects;

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
     * @return a new instance
     */
    public T create(C context) {
        return create(provider, context);
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
