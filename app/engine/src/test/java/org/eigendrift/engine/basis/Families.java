package org.eigendrift.engine.basis;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.eigendrift.api.CounterRandom;
import org.eigendrift.api.Points;
import org.eigendrift.api.RunContext;
import org.eigendrift.api.basis.BasisContext;
import org.eigendrift.api.basis.BasisFamily;
import org.eigendrift.api.basis.Eigenbasis;
import org.eigendrift.api.catalog.Catalog;
import org.eigendrift.api.data.Column;
import org.eigendrift.api.data.InMemory;
import org.eigendrift.api.plugin.Chosen;

/** Coordinates of every family that is installed, and dependent rows in their domains. */
public final class Families {
    /** All plugins on the path. */
    public static final Catalog CATALOG = Catalog.discover(List.of());

    private static final int BASIS_ROWS = 2000;

    private Families() {}

    /** The names of all families. */
    public static Stream<String> names() {
        return CATALOG.all(BasisFamily.KIND).stream().map(p -> p.name());
    }

    /** Three coordinates of one family for each family, and of all families in one. */
    public static Stream<List<String>> triples() {
        List<String> all = names().toList();
        List<List<String>> triples = new ArrayList<>();
        for (int f = 0; f < all.size(); f++) {
            String name = all.get(f);
            triples.add(List.of(name, name, name));
            triples.add(List.of(name, all.get((f + 1) % all.size()), all.get((f + 2) % all.size())));
        }
        return triples.stream();
    }

    private static BasisFamily<?> family(String name) {
        return (BasisFamily<?>) CATALOG.find(BasisFamily.class, name);
    }

    /** A column that the family serves. */
    public static Column column(String family, String name) {
        BasisFamily<?> provider = family(family);
        if (provider.accepts(Column.Kind.REAL)) {
            return Column.real(name);
        } else if (provider.accepts(Column.Kind.ANGLE)) {
            return Column.angle(name, 0, 2 * Math.PI);
        } else if (provider.accepts(Column.Kind.POSITIVE)) {
            return Column.positive(name);
        }
        return Column.bounded(name, -0.5, 2);
    }

    /**
     * Dependent rows: a two-component normal mixture with correlations, each coordinate mapped monotonically into its
     * family's domain, so that no law is its family's stationary one.
     */
    public static Points rows(List<String> families, int rows, long seed) {
        CounterRandom random = new CounterRandom(seed);
        int dim = families.size();
        Points points = Points.zeros(dim, rows);
        for (int n = 0; n < rows; n++) {
            double side = random.uniform(n, 1000) < 0.4 ? 0.6 : -0.4;
            double common = random.normal(n, 2000);
            for (int i = 0; i < dim; i++) {
                double latent = side * (i % 2 == 0 ? 1 : -1) + 0.4 * common + 0.5 * random.normal(n, i);
                points.set(i, n, into(column(families.get(i), "x"), latent));
            }
        }
        return points;
    }

    private static double into(Column column, double latent) {
        return switch (column.kind()) {
            case REAL -> latent + 0.1;
            case ANGLE -> {
                double angle = 1 + 0.9 * latent;
                yield angle - 2 * Math.PI * Math.floor(angle / (2 * Math.PI));
            }
            case POSITIVE -> Math.exp(0.6 * latent);
            default -> column.lower() + (column.upper() - column.lower()) / (1 + Math.exp(-2 * latent - 0.3));
        };
    }

    /** One basis for each family, fitted to rows of their own where families fit. */
    public static List<CoordinateBasis> coordinates(List<String> families, int degree) {
        Points rows = rows(families, BASIS_ROWS, 99);
        List<CoordinateBasis> coordinates = new ArrayList<>();
        for (int i = 0; i < families.size(); i++) {
            coordinates.add(new CoordinateBasis(eigenbasis(families.get(i), degree, rows.column(i))));
        }
        return coordinates;
    }

    /** A basis of rows of the family's own kind of column; the array is shared. */
    static Eigenbasis eigenbasis(String family, int degree, double[] values) {
        Column column = column(family, "x");
        InMemory data = new InMemory(List.of(column), Points.wrap(1, values.length, values));
        return chosen(family).create(new BasisContext(column, data, degree, RunContext.quiet(1)));
    }

    @SuppressWarnings("unchecked")
    private static Chosen<BasisContext, Eigenbasis> chosen(String family) {
        BasisFamily<?> provider = family(family);
        return (Chosen<BasisContext, Eigenbasis>)
                (Chosen<?, ?>) new Chosen<>(provider, provider.options().defaults());
    }

    /** All products of at most {@code order} coordinates. */
    public static ProductBasis complete(List<CoordinateBasis> coordinates, int order) {
        List<int[]> shapes = new ArrayList<>();
        for (int set = 1; set < 1 << coordinates.size(); set++) {
            if (Integer.bitCount(set) <= order) {
                shapes.add(members(set));
            }
        }
        shapes.sort((a, b) -> a.length != b.length ? a.length - b.length : java.util.Arrays.compare(a, b));
        return ofShapes(coordinates, shapes);
    }

    private static int[] members(int set) {
        int[] members = new int[Integer.bitCount(set)];
        int at = 0;
        for (int i = 0; set >> i != 0; i++) {
            if ((set >> i & 1) == 1) {
                members[at++] = i;
            }
        }
        return members;
    }

    /** All products over given sets of coordinates. */
    public static ProductBasis ofShapes(List<CoordinateBasis> coordinates, List<int[]> shapes) {
        List<Cluster> clusters = new ArrayList<>();
        for (int[] shape : shapes) {
            int[] degrees = new int[shape.length];
            for (int axis = 0; axis < shape.length; axis++) {
                degrees[axis] = coordinates.get(shape[axis]).size() - 1;
            }
            clusters.add(Cluster.full(shape, degrees));
        }
        return new ProductBasis(coordinates, clusters);
    }

    /** For each function of a basis its degree in each coordinate, 0 outside its cluster. */
    public static int[][] multiDegrees(ProductBasis basis) {
        int[][] degrees = new int[basis.size()][basis.dim()];
        int function = 0;
        for (Cluster cluster : basis.clusters()) {
            for (int index = 0; index < cluster.size(); index++) {
                int rest = cluster.position(index);
                for (int axis = cluster.order() - 1; axis >= 0; axis--) {
                    degrees[function][cluster.coordinate(axis)] = rest % cluster.degree(axis) + 1;
                    rest /= cluster.degree(axis);
                }
                function++;
            }
        }
        return degrees;
    }

    /** phi_k(x) of one coordinate, one call at a time. */
    public static double value(CoordinateBasis coordinate, int k, double x) {
        double[] values = new double[k + 1];
        coordinate.basis().values(k + 1, new double[] {x}, 0, 1, values);
        return values[k];
    }

    /** phi_k'(x) of one coordinate, one call at a time. */
    public static double derivative(CoordinateBasis coordinate, int k, double x) {
        double[] values = new double[k + 1];
        double[] derivatives = new double[k + 1];
        coordinate.basis().valuesAndDerivatives(k + 1, new double[] {x}, 0, 1, values, derivatives);
        return derivatives[k];
    }
}
