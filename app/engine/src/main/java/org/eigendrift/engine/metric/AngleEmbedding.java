package org.eigendrift.engine.metric;

import java.util.List;
import org.eigendrift.api.Points;
import org.eigendrift.api.data.Column;
import org.eigendrift.api.data.Column.Kind;

/**
 * Replaces every angle by (cos, sin), so that Euclidean distances respect the circle: an angle x of period P becomes
 * cos(2 pi x / P) and sin(2 pi x / P). The result has the other columns first, then all cosines, then all sines.
 */
final class AngleEmbedding {
    private final List<Column> columns;
    private final int angles;

    AngleEmbedding(List<Column> columns) {
        this.columns = columns;
        int count = 0;
        for (Column column : columns) {
            count += column.kind() == Kind.ANGLE ? 1 : 0;
        }
        this.angles = count;
    }

    /** The embedded points; the given batch itself if there is no angle. */
    Points apply(Points points) {
        if (angles == 0) {
            return points;
        }
        int plain = points.dim() - angles;
        Points out = Points.zeros(plain + 2 * angles, points.size());
        int other = 0;
        int angle = 0;
        for (int i = 0; i < points.dim(); i++) {
            Column column = columns.get(i);
            if (column.kind() == Kind.ANGLE) {
                double scale = 2 * Math.PI / (column.upper() - column.lower());
                for (int n = 0; n < points.size(); n++) {
                    double x = scale * points.get(i, n);
                    out.set(plain + angle, n, Math.cos(x));
                    out.set(plain + angles + angle, n, Math.sin(x));
                }
                angle++;
            } else {
                System.arraycopy(points.values(), points.offset(i), out.values(), out.offset(other), points.size());
                other++;
            }
        }
        return out;
    }
}
