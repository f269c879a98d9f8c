package org.eigendrift.contract;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.eigendrift.api.plugin.Provider;

/** Name and summary are fit for users. */
final class Named {
    private Named() {}

    static void check(Provider<?, ?, ?> provider) {
        assertTrue(
                Provider.NAME.matcher(provider.name()).matches(),
                "the name is '" + provider.name() + "'; expected lower-case words joined by hyphens");
        String summary = provider.summary();
        assertFalse(
                summary.isBlank() || summary.endsWith(".") || summary.contains("\n"),
                "the summary is '" + summary + "'; expected one line without a full stop");
    }
}
