package org.eigendrift.solvers;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.eigendrift.api.linear.PreconditionerProvider;
import org.eigendrift.api.linear.RidgeRuleProvider;
import org.eigendrift.api.linear.RowSamplerProvider;
import org.eigendrift.api.linear.SolverProvider;
import org.eigendrift.api.plugin.Kind;
import org.eigendrift.api.plugin.OptionSpec;
import org.eigendrift.api.plugin.Provider;
import org.eigendrift.solvers.direct.CholeskyProvider;
import org.junit.jupiter.api.Test;

/** The two declarations of every provider, and what a user reads about it. */
final class ProvidersTest {
    private static final List<Kind<?, ?>> KINDS =
            List.of(SolverProvider.KIND, PreconditionerProvider.KIND, RowSamplerProvider.KIND, RidgeRuleProvider.KIND);

    @Test
    void moduleAndServiceFilesDeclareTheSame() throws IOException {
        for (Kind<?, ?> kind : KINDS) {
            String file = "/META-INF/services/" + kind.provider().getName();
            try (InputStream in = CholeskyProvider.class.getResourceAsStream(file)) {
                List<String> listed = new String(in.readAllBytes(), StandardCharsets.UTF_8)
                        .lines()
                        .sorted()
                        .toList();
                List<String> provided = Plugins.CATALOG.all(kind).stream()
                        .map(p -> p.getClass().getName())
                        .sorted()
                        .toList();
                assertEquals(provided, listed);
            }
        }
    }

    @Test
    void everyOptionAndProviderIsDocumentedInOneLine() {
        for (Kind<?, ?> kind : KINDS) {
            for (Provider<?, ?, ?> provider : Plugins.CATALOG.all(kind)) {
                assertTrue(
                        provider.summary().length() > 10 && !provider.summary().endsWith("."), provider.name());
                for (OptionSpec option : provider.options().options()) {
                    assertTrue(option.declaration().doc().endsWith("."), provider.name() + " " + option.key());
                }
            }
        }
    }
}
