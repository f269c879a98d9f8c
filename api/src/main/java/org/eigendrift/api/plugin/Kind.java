package org.eigendrift.api.plugin;

/**
 * A kind of extension: solvers, samplers, and so on.
 *
 * @param <C> context from which the extension is created
 * @param <T> what is created
 * @param label the word users write, in the singular: {@code solver}
 * @param provider the provider interface, whose providers create {@code T} from {@code C}
 */
public record Kind<C, T>(String label, Class<?> provider) {}
