package org.eigendrift.engine.data;

import java.util.List;
import java.util.OptionalLong;
import org.eigendrift.api.Points;
import org.eigendrift.api.data.Column;
import org.eigendrift.api.data.Dataset;

/** A data set seen through frames. Thread-safe. */
public final class FramedDataset implements Dataset {
    private final Dataset data;
    private final FrameChain frames;

    /**
     * Creates the view.
     *
     * @param data rows
     * @param frames frames for those rows
     */
    public FramedDataset(Dataset data, FrameChain frames) {
        this.data = data;
        this.frames = frames;
    }

    @Override
    public List<Column> columns() {
        return frames.columns();
    }

    @Override
    public OptionalLong rows() {
        return data.rows();
    }

    @Override
    public Reader open() {
        Reader reader = data.open();
        return new Reader() {
            @Override
            public int read(Points buffer) {
                Points x = Points.zeros(buffer.dim(), buffer.size());
                int count = reader.read(x);
                if (count > 0) {
                    Points rows = count == x.size() ? x : x.slice(0, count);
                    buffer.paste(0, frames.forward(rows, new double[count]));
                }
                return count;
            }

            @Override
            public void close() {
                reader.close();
            }
        };
    }
}
