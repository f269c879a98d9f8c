package org.eigendrift.api.plugin;

import java.util.List;
import org.eigendrift.api.InputException;

/** Finds providers by kind and name. */
@FunctionalInterface
public interface ProviderLookup {

    /**
     * Finds a provider.
     *
     * @param kind provider interface, as in {@link Kind#provider()}
     * @param name name as the user wrote it
     * @return the provider of that name, an instance of {@code kind}
     * @throws InputException if there is none; the message names the nearest and lists all of the kind
     */
    Provider<?, ?, ?> find(Class<?> kind, String name);

    /**
     * All providers of a kind.
     *
     * @param kind the kind
     * @return providers, sorted by name; none, unless a lookup says otherwise
     */
    default List<Provider<?, ?, ?>> all(Kind<?, ?> kind) {
        return List.of();
    }
}
