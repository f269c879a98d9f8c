package org.eigendrift.engine.data;

import java.util.List;
import java.util.OptionalLong;
import java.util.function.UnaryOperator;
import org.eigendrift.api.Points;
import org.eigendrift.api.data.Column;
import org.eigendrift.api.data.Dataset;
import org.eigendrift.api.pass.Distributed;

/** A data set seen through frames. Thread-safe. */
public final class FramedDataset implements Dataset {
    private final Dataset data;
    private final FrameChain frames;

    /**
     * The view of rows, which is made where they are.
     *
     * @param data rows
     * @param frames frames for those rows
     * @return the view
     */
    public static Dataset of(Dataset data, FrameChain frames) {
        if (data instanceof Distributed elsewhere) {
            return frames.frames().isEmpty() ? data : elsewhere.mapped(frames.columns(), new Forward(frames));
        }
        return new FramedDataset(data, frames);
    }

    private record Forward(FrameChain frames) implements UnaryOperator<Points> {
        @Override
        public Points apply(Points x) {
            return frames.forward(x, new double[x.size()]);
        }
    }

    private FramedDataset(Dataset data, FrameChain frames) {
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
