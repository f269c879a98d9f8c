package org.eigendrift.spark;

import java.io.IOException;
import java.io.Serial;
import java.io.Serializable;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.eigendrift.api.catalog.Catalog;
import org.eigendrift.api.law.Law;
import org.eigendrift.engine.Eigendrift;

/** A law on its way, as the bytes of its model file. Opened once in each process. Thread-safe. */
final class LawParcel implements Serializable {
    @Serial
    private static final long serialVersionUID = 1;

    private final byte[] file;

    private transient volatile Law law;

    /**
     * Packs a model file.
     *
     * @param file its bytes; shared, not to be modified
     */
    LawParcel(byte[] file) {
        this.file = file;
    }

    /** Packs a law. */
    static LawParcel of(Law law) {
        return inFile(path -> {
            Eigendrift.write(law, path);
            return new LawParcel(Files.readAllBytes(path));
        });
    }

    /** The bytes of the model file; shared, not to be modified. */
    byte[] file() {
        return file;
    }

    /**
     * The law.
     *
     * @return the same whenever the parcel is opened in a process
     * @throws org.eigendrift.api.InputException if the file is damaged or needs a plugin that is not there
     */
    Law open() {
        Law opened = law;
        if (opened == null) {
            synchronized (this) {
                opened = law == null ? read() : law;
                law = opened;
            }
        }
        return opened;
    }

    private Law read() {
        return inFile(path -> {
            Files.write(path, file);
            return Eigendrift.read(path, Catalog.discover(List.of()));
        });
    }

    @FunctionalInterface
    private interface Use<T> {
        T of(Path file) throws IOException;
    }

    /** Model files are read and written by name. */
    private static <T> T inFile(Use<T> use) {
        try {
            Path path = Files.createTempFile("eigendrift", ".safetensors");
            try {
                return use.of(path);
            } finally {
                Files.delete(path);
            }
        } catch (IOException e) {
            throw new UncheckedIOException("the directory for temporary files cannot be used: " + e.getMessage(), e);
        }
    }
}
