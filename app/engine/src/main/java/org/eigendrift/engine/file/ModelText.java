package org.eigendrift.engine.file;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.OptionalDouble;
import org.eigendrift.api.InputException;
import org.eigendrift.api.data.Column;
import org.eigendrift.api.law.Decision;
import org.eigendrift.engine.assembly.TimePlan;
import org.eigendrift.engine.report.FitReport;
import org.eigendrift.engine.report.SolvedTime;

/** Columns and the fit's report as plain values for JSON, and back. A number that is not finite is null. */
final class ModelText {
    private ModelText() {}

    static List<Map<String, Object>> columns(List<Column> columns) {
        List<Map<String, Object>> plain = new ArrayList<>();
        for (Column column : columns) {
            Map<String, Object> fields = new LinkedHashMap<>();
            fields.put("name", column.name());
            fields.put("kind", column.kind().name().toLowerCase(Locale.ROOT));
            fields.put("lower", finite(column.lower()));
            fields.put("upper", finite(column.upper()));
            more(column, fields);
            plain.add(fields);
        }
        return plain;
    }

    /** What a column of bare numbers does not have is left out, so that its description is what it was before there was more. */
    private static void more(Column column, Map<String, Object> fields) {
        Column bare = new Column("bare", Column.Kind.REAL, Double.NEGATIVE_INFINITY, Double.POSITIVE_INFINITY);
        if (column.ends() != bare.ends()) {
            fields.put("ends", column.ends().name().toLowerCase(Locale.ROOT));
        }
        if (column.step() != bare.step()) {
            fields.put("step", column.step());
        }
        if (!column.levels().isEmpty()) {
            fields.put("levels", column.levels());
        }
        if (!column.atoms().isEmpty()) {
            fields.put("atoms", column.atoms());
        }
        if (column.gaps()) {
            fields.put("gaps", true);
        }
        if (!column.observed().equals(bare.observed())) {
            Map<String, Object> observed = new LinkedHashMap<>();
            observed.put("lower", finite(column.observed().lower()));
            observed.put("upper", finite(column.observed().upper()));
            fields.put("observed", observed);
        }
        if (!column.format().equals(bare.format())) {
            Map<String, Object> format = new LinkedHashMap<>();
            format.put("type", column.format().type());
            format.put("pattern", column.format().pattern());
            format.put("gap", column.format().gap());
            fields.put("format", format);
        }
    }

    private static Column column(JsonNode fields, String name) {
        double lower = number(fields, "lower", Double.NEGATIVE_INFINITY);
        double upper = number(fields, "upper", Double.POSITIVE_INFINITY);
        Column.Kind kind = Column.Kind.valueOf(text(fields, "kind", "columns").toUpperCase(Locale.ROOT));
        String ends = fields.path("ends").asText(Column.Ends.OPEN.name()).toUpperCase(Locale.ROOT);
        List<Double> atoms = new ArrayList<>();
        fields.path("atoms").forEach(atom -> atoms.add(atom.doubleValue()));
        List<String> levels = new ArrayList<>();
        fields.path("levels").forEach(level -> levels.add(level.asText()));
        JsonNode format = fields.path("format");
        return new Column(
                name,
                kind,
                lower,
                upper,
                Column.Ends.valueOf(ends),
                fields.path("step").asDouble(0),
                levels,
                atoms,
                fields.path("gaps").asBoolean(false),
                new Column.Format(
                        format.path("type").asText(""),
                        format.path("pattern").asText(""),
                        format.path("gap").asText("")),
                observed(fields.path("observed")));
    }

    private static Column.Span observed(JsonNode fields) {
        return fields.isMissingNode()
                ? Column.Span.EVERYWHERE
                : new Column.Span(
                        number(fields, "lower", Double.NEGATIVE_INFINITY),
                        number(fields, "upper", Double.POSITIVE_INFINITY));
    }

    static List<Column> columns(JsonNode plain) {
        List<Column> columns = new ArrayList<>();
        for (JsonNode fields : list(plain, "columns")) {
            String name = text(fields, "name", "columns");
            try {
                columns.add(column(fields, name));
            } catch (IllegalArgumentException e) {
                throw new InputException("column '" + name + "' is not a valid column (" + e.getMessage() + ")", e);
            }
        }
        if (columns.isEmpty()) {
            throw new InputException("the model has no columns");
        }
        return columns;
    }

    /** What the fit did; ridges and rates, which are the model's own, are its plan's. */
    static Map<String, Object> report(FitReport report, TimePlan plan) {
        List<Map<String, Object>> solves = new ArrayList<>();
        for (int j = 0; j < report.solves().size(); j++) {
            SolvedTime solve = report.solves().get(j);
            Map<String, Object> fields = new LinkedHashMap<>();
            fields.put("time", solve.time());
            fields.put("size", solve.size());
            fields.put("largest_rate", plan.largestRate(j));
            fields.put("ridge", plan.ridge(j));
            fields.put("solver", solve.solver());
            fields.put("iterations", solve.iterations());
            fields.put("residual", finite(solve.residual()));
            fields.put("condition", finite(solve.condition()));
            solves.add(fields);
        }
        Map<String, Object> plain = new LinkedHashMap<>();
        plain.put("rows", report.rows());
        plain.put("dim", report.dim());
        plain.put("basis_size", report.basisSize());
        plain.put("matrix_nonzeros", report.matrixNonzeros());
        plain.put("table_size", report.tableSize());
        plain.put("choices", report.decisions().stream().map(ModelText::choice).toList());
        plain.put("solves", solves);
        return plain;
    }

    static List<Map<String, Object>> decisions(List<Decision> decisions) {
        return decisions.stream().map(ModelText::plain).toList();
    }

    private static Map<String, Object> plain(Decision decision) {
        List<Map<String, Object>> alternatives = new ArrayList<>();
        for (Decision.Alternative alternative : decision.alternatives()) {
            Map<String, Object> fields = new LinkedHashMap<>();
            fields.put("name", alternative.name());
            fields.put("score", finite(alternative.score().orElse(Double.NaN)));
            fields.put("error", finite(alternative.error().orElse(Double.NaN)));
            fields.put("remark", alternative.remark());
            alternatives.add(fields);
        }
        Map<String, Object> fields = new LinkedHashMap<>();
        fields.put("what", decision.what());
        fields.put("chosen", decision.chosen());
        fields.put("alternatives", alternatives);
        fields.put("reason", decision.reason());
        return fields;
    }

    static List<Decision> decisions(JsonNode plain) {
        List<Decision> decisions = new ArrayList<>();
        for (JsonNode fields : list(plain, "provenance")) {
            decisions.add(decision(fields, "provenance"));
        }
        return decisions;
    }

    private static Decision decision(JsonNode fields, String what) {
        List<Decision.Alternative> alternatives = new ArrayList<>();
        for (JsonNode alternative : list(fields.path("alternatives"), what + ".alternatives")) {
            alternatives.add(new Decision.Alternative(
                    text(alternative, "name", what),
                    optional(alternative, "score"),
                    optional(alternative, "error"),
                    text(alternative, "remark", what)));
        }
        return new Decision(
                text(fields, "what", what), text(fields, "chosen", what), alternatives, text(fields, "reason", what));
    }

    private static OptionalDouble optional(JsonNode fields, String key) {
        double value = number(fields, key, Double.NaN);
        return Double.isNaN(value) ? OptionalDouble.empty() : OptionalDouble.of(value);
    }

    /** A sentence is a line, as all choices were in earlier files. */
    private static Object choice(Decision decision) {
        return decision.isTold()
                        && decision.reason().isEmpty()
                        && decision.alternatives().isEmpty()
                ? decision.chosen()
                : plain(decision);
    }

    static List<Decision> choices(JsonNode report) {
        List<Decision> decisions = new ArrayList<>();
        for (JsonNode choice : list(report.path("choices"), "report.choices")) {
            decisions.add(choice.isTextual() ? Decision.told(choice.textValue()) : decision(choice, "report.choices"));
        }
        return decisions;
    }

    static List<String> lines(JsonNode list, String what) {
        List<String> lines = new ArrayList<>();
        for (JsonNode line : list(list, what)) {
            lines.add(line.asText());
        }
        return lines;
    }

    /** How each of the grid's times was solved. */
    static List<SolvedTime> solves(JsonNode report) {
        List<SolvedTime> solves = new ArrayList<>();
        for (JsonNode fields : list(report.path("solves"), "report.solves")) {
            solves.add(new SolvedTime(
                    number(fields, "time"),
                    whole(fields, "size"),
                    number(fields, "largest_rate"),
                    number(fields, "ridge"),
                    text(fields, "solver", "report.solves"),
                    whole(fields, "iterations"),
                    number(fields, "residual", Double.NaN),
                    number(fields, "condition", Double.NaN)));
        }
        return solves;
    }

    private static Object finite(double value) {
        return Double.isFinite(value) ? value : null;
    }

    private static JsonNode list(JsonNode node, String what) {
        if (!node.isArray()) {
            throw new InputException("the metadata entry '" + what + "' is not a list");
        }
        return node;
    }

    private static String text(JsonNode fields, String key, String what) {
        JsonNode value = fields.path(key);
        if (!value.isTextual()) {
            throw new InputException("an element of the metadata entry '" + what + "' has no text '" + key + "'");
        }
        return value.textValue();
    }

    private static double number(JsonNode fields, String key) {
        JsonNode value = fields.path(key);
        if (!value.isNumber() || !Double.isFinite(value.doubleValue())) {
            throw new InputException("an element of the metadata has no number '" + key + "'");
        }
        return value.doubleValue();
    }

    private static double number(JsonNode fields, String key, double whenNull) {
        return fields.path(key).isNull() ? whenNull : number(fields, key);
    }

    private static int whole(JsonNode fields, String key) {
        JsonNode value = fields.path(key);
        if (!value.isInt()) {
            throw new InputException("an element of the metadata has no whole number '" + key + "'");
        }
        return value.intValue();
    }
}
