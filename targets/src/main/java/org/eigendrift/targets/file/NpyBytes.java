package org.eigendrift.targets.file;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.zip.ZipFile;
import org.eigendrift.api.InputException;

/** The bytes of an NPY array: a file, or an entry of an archive. */
interface NpyBytes {

    /**
     * What messages call it.
     *
     * @return the file, or file and entry
     */
    String label();

    /**
     * The number of bytes.
     *
     * @return bytes
     * @throws IOException if it cannot be told
     */
    long length() throws IOException;

    /**
     * Whether a cursor may go back.
     *
     * @return false for compressed data
     */
    boolean randomAccess();

    /**
     * Opens the bytes.
     *
     * @return a cursor at the beginning
     * @throws IOException if they cannot be opened
     */
    Cursor open() throws IOException;

    /** Reads bytes. */
    interface Cursor extends AutoCloseable {

        /**
         * Fills a buffer.
         *
         * @param into filled up to its limit
         * @param at place of the first byte
         * @throws IOException if the bytes cannot be read or end too early
         */
        void read(ByteBuffer into, long at) throws IOException;

        @Override
        void close() throws IOException;
    }

    /**
     * A file.
     *
     * @param file where it is
     * @return its bytes
     */
    static NpyBytes of(Path file) {
        return new NpyBytes() {
            @Override
            public String label() {
                return file.toString();
            }

            @Override
            public long length() throws IOException {
                return Files.size(file);
            }

            @Override
            public boolean randomAccess() {
                return true;
            }

            @Override
            public Cursor open() throws IOException {
                if (Files.isDirectory(file)) {
                    throw new InputException(file + " is a directory; expected a file");
                }
                return new FileCursor(FileChannel.open(file));
            }
        };
    }

    /**
     * An entry of an NPZ archive.
     *
     * @param file the archive
     * @param entry name of the entry, with its ending
     * @param length bytes of the entry, unpacked
     * @return its bytes
     */
    static NpyBytes of(Path file, String entry, long length) {
        return new NpyBytes() {
            @Override
            public String label() {
                return file + " (" + entry + ")";
            }

            @Override
            public long length() {
                return length;
            }

            @Override
            public boolean randomAccess() {
                return false;
            }

            @Override
            public Cursor open() throws IOException {
                ZipFile archive = new ZipFile(file.toFile());
                try {
                    return new EntryCursor(archive, archive.getInputStream(archive.getEntry(entry)));
                } catch (IOException e) {
                    archive.close();
                    throw e;
                }
            }
        };
    }

    /** Reads a file at any place. */
    record FileCursor(FileChannel channel) implements Cursor {
        @Override
        public void read(ByteBuffer into, long at) throws IOException {
            long next = at;
            while (into.hasRemaining()) {
                int got = channel.read(into, next);
                if (got < 0) {
                    throw new EOFException("it became shorter while it was read");
                }
                next += got;
            }
        }

        @Override
        public void close() throws IOException {
            channel.close();
        }
    }

    /** Reads an entry from its beginning on. */
    final class EntryCursor implements Cursor {
        private final ZipFile archive;
        private final InputStream stream;
        private long position;

        EntryCursor(ZipFile archive, InputStream stream) {
            this.archive = archive;
            this.stream = stream;
        }

        @Override
        public void read(ByteBuffer into, long at) throws IOException {
            stream.skipNBytes(at - position);
            int wanted = into.remaining();
            int got = stream.readNBytes(into.array(), into.arrayOffset() + into.position(), wanted);
            if (got < wanted) {
                throw new EOFException("the entry ends too early");
            }
            into.position(into.limit());
            position = at + wanted;
        }

        @Override
        public void close() throws IOException {
            archive.close();
        }
    }
}
