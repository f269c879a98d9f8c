package org.eigendrift.targets.file;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.Reader;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;

/** The characters of a text file. A byte order mark of UTF-16 is heeded whatever was chosen. */
public enum Encoding {
    /** UTF-8, of which ASCII is a part. */
    UTF_8(StandardCharsets.UTF_8),
    /** ISO 8859-1, as older Western programs write. */
    LATIN_1(StandardCharsets.ISO_8859_1),
    /** Windows code page 1252, as Excel writes in Western Europe. */
    WINDOWS_1252(Charset.forName("windows-1252")),
    /** UTF-16 without a mark, little-endian. */
    UTF_16(StandardCharsets.UTF_16LE);

    private final Charset charset;

    Encoding(Charset charset) {
        this.charset = charset;
    }

    /**
     * Begins to read text.
     *
     * @param bytes the file; closed with the reader, or here if it cannot be read
     * @return characters, with the byte order mark if there was one; malformed bytes are reported, not replaced
     * @throws IOException if the beginning cannot be read
     */
    Reader reader(InputStream bytes) throws IOException {
        BufferedInputStream marked = new BufferedInputStream(bytes);
        try {
            marked.mark(2);
            int first = marked.read();
            int second = marked.read();
            marked.reset();
            boolean little = first == 0xFF && second == 0xFE;
            boolean big = first == 0xFE && second == 0xFF;
            Charset actual = little ? StandardCharsets.UTF_16LE : big ? StandardCharsets.UTF_16BE : charset;
            // A new decoder reports malformed bytes; the reader's own would replace them silently.
            return new InputStreamReader(marked, actual.newDecoder());
        } catch (IOException e) {
            bytes.close();
            throw e;
        }
    }
}
