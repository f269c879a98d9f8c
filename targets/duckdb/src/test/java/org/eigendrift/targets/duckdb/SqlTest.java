package org.eigendrift.targets.duckdb;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.IntStream;
import org.eigendrift.api.InputException;
import org.eigendrift.api.Points;
import org.eigendrift.api.data.InMemory;
import org.eigendrift.api.target.Target;
import org.eigendrift.contract.TargetContract;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SqlTest extends TargetContract {
    @TempDir
    private Path directory;

    @Override
    protected Target target() {
        Written.parquet(directory, "rows.parquet", "select i, i * i / 7 as square from range(3000) t(i)");
        return create(
                "select square, i from 'rows.parquet' where i % 3 <> 1 order by square desc;", Map.of("holdout", 0.3));
    }

    private Target create(String query, Map<String, Object> options) {
        Map<String, Object> all = new TreeMap<>(Map.of("holdout", 0));
        all.putAll(options);
        all.put("query", query);
        all.put("directory", directory.toString());
        return Bound.target(new Sql(), 1, all);
    }

    private double[][] rows(String query, Map<String, Object> options) {
        Points points = InMemory.read(create(query, options).train(), 10_000);
        return IntStream.range(0, points.size()).mapToObj(points::row).toArray(double[][]::new);
    }

    private String refusal(String query) {
        String message =
                assertThrows(InputException.class, () -> rows(query, Map.of())).getMessage();
        assertEquals(1, message.lines().count(), message);
        return message;
    }

    @Test
    void joinsFilesOfSeveralFormats() throws IOException {
        Files.writeString(directory.resolve("names.csv"), "id,weight\n1,0.5\n2,0.25\n3,4\n");
        Written.parquet(directory, "values.parquet", "from (values (3, 30.0), (1, 10.0), (2, 20.0)) t(id, v)");
        assertArrayEquals(
                new double[][] {{10, 5}, {20, 5}, {30, 120}},
                rows(
                        "select v, v * weight as moment from 'values.parquet' join 'names.csv' using (id) order by id -- by id",
                        Map.of()));
    }

    @Test
    void heldOutRowsMayBeAnotherQuery() {
        Target target = create("select 1 as a, 2 as b", Map.of("test", "select 4 as b, 3 as a"));
        assertArrayEquals(
                new double[] {3, 4},
                InMemory.read(target.heldout().orElseThrow(), 5).row(0));
    }

    @Test
    void mistakesOfAQueryAreToldInOneLine() {
        assertTrue(refusal("select a frm t").startsWith("query: "), "");
        assertTrue(refusal("select * from 'nothing.parquet'").contains("nothing.parquet"));
        assertTrue(refusal("drop table x").startsWith("query: "));
        assertTrue(refusal("select 1; select 2").startsWith("query: "));
        assertTrue(refusal("select [1, 2] as list").contains("column 'list': holds INTEGER[]"));
        assertTrue(refusal("select sqrt(x)::double as root from (values (4), (-1)) t(x)")
                .startsWith("query"));
    }

    @Test
    void rowsThatDependOnChanceAreRefused() {
        Target target = create("select random() as a from range(100)", Map.of());
        assertTrue(assertThrows(InputException.class, () -> InMemory.read(target.train(), 1000))
                .getMessage()
                .contains("leave out what is random"));
    }

    @Test
    void missingValuesAreTreatedAsTold() {
        assertArrayEquals(
                new double[][] {{1}, {3}}, rows("from (values (1.0), (null), (3.0)) t(a)", Map.of("missing", "drop")));
        assertArrayEquals(
                new double[][] {{1}, {2}, {3}},
                rows("from (values (1.0), (null), (3.0)) t(a)", Map.of("missing", "impute", "impute", "mean")));
        assertEquals(List.of(), create("select 1 as a", Map.of()).remarks());
    }
}
