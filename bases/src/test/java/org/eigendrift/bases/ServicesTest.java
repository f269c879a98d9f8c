package org.eigendrift.bases;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.eigendrift.api.basis.BasisFamily;
import org.eigendrift.api.frame.FrameProvider;
import org.junit.jupiter.api.Test;

/** What the module descriptor provides and what META-INF/services lists are the same classes. */
class ServicesTest {

    @Test
    void descriptorAndServiceFilesAgree() throws IOException {
        assertAgree(BasisFamily.class);
        assertAgree(FrameProvider.class);
    }

    private static void assertAgree(Class<?> service) throws IOException {
        Module module = CosineFamily.class.getModule();
        assertTrue(module.isNamed(), "tests run on the module path");
        Set<String> provided = module.getDescriptor().provides().stream()
                .filter(p -> p.service().equals(service.getName()))
                .flatMap(p -> p.providers().stream())
                .collect(Collectors.toCollection(TreeSet::new));
        try (InputStream file = module.getResourceAsStream("META-INF/services/" + service.getName())) {
            Set<String> listed = new String(file.readAllBytes(), StandardCharsets.UTF_8)
                    .lines()
                    .collect(Collectors.toCollection(TreeSet::new));
            assertEquals(provided, listed);
        }
    }
}
