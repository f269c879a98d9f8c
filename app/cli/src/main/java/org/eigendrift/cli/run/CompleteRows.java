package org.eigendrift.cli.run;

import java.util.List;
import java.util.OptionalLong;
import java.util.concurrent.atomic.AtomicBoolean;
import org.eigendrift.api.Points;
import org.eigendrift.api.data.Column;
import org.eigendrift.api.data.Dataset;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The rows of which no cell is open; says once how many others there are, and where. */
final class CompleteRows implements Dataset {
    private static final Logger LOG = LoggerFactory.getLogger(CompleteRows.class);

    private final Dataset source;
    private final String label;
    private final AtomicBoolean said = new AtomicBoolean();

    /**
     * A view of rows.
     *
     * @param source rows, NaN in open cells
     * @param label what messages call them
     */
    CompleteRows(Dataset source, String label) {
        this.source = source;
        this.label = label;
    }

    @Override
    public List<Column> columns() {
        return source.columns();
    }

    @Override
    public OptionalLong rows() {
        return OptionalLong.empty();
    }

    @Override
    public Reader open() {
        return new Kept(source.open());
    }

    private final class Kept implements Reader {
        private final Reader reader;
        private final Gaps gaps = new Gaps();
        private Points chunk = Points.zeros(dim(), 0);

        Kept(Reader reader) {
            this.reader = reader;
        }

        @Override
        public int read(Points buffer) {
            int count = 0;
            // A chunk without a complete row is not the end.
            while (count == 0 && buffer.size() > 0) {
                if (chunk.size() != buffer.size()) {
                    chunk = Points.zeros(dim(), buffer.size());
                }
                int got = reader.read(chunk);
                if (got == 0) {
                    say();
                    return 0;
                }
                count = keep(got, buffer);
            }
            return count;
        }

        private int keep(int got, Points buffer) {
            int count = 0;
            for (int n = 0; n < got; n++) {
                if (gaps.add(chunk, n)) {
                    for (int i = 0; i < chunk.dim(); i++) {
                        buffer.set(i, count, chunk.get(i, n));
                    }
                    count++;
                }
            }
            return count;
        }

        private void say() {
            gaps.sentence("are left out").ifPresent(words -> {
                if (said.compareAndSet(false, true)) {
                    LOG.warn("{}: {}", label, words);
                }
            });
        }

        @Override
        public void close() {
            reader.close();
        }
    }
}
