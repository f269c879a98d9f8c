package org.eigendrift.api.plugin;

import java.lang.reflect.ParameterizedType;
import java.lang.reflect.Type;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.function.Consumer;
import org.eigendrift.api.InputException;

/** Conversions between plain configuration values and the component types that {@link Option} lists. */
final class OptionValues {
    private OptionValues() {}

    /** Signals a value that does not fit; the message says what was expected. */
    private static final class Mismatch extends Exception {
        private static final long serialVersionUID = 1L;

        Mismatch(String message) {
            super(message);
        }
    }

    static Object defaultValue(OptionSpec option) {
        return plain(option.standard());
    }

    /** The plain value of a default's text: only what defaults need, {@code [a, b]}, numbers, booleans, words. */
    private static Object plain(String text) {
        if (text.startsWith("[") && text.endsWith("]")) {
            String inner = text.substring(1, text.length() - 1).trim();
            return inner.isEmpty()
                    ? List.of()
                    : Arrays.stream(inner.split("\\s*,\\s*"))
                            .map(OptionValues::plain)
                            .toList();
        }
        if (text.equals("true") || text.equals("false")) {
            return Boolean.valueOf(text);
        }
        try {
            return text.matches("[+-]?\\d+") ? (Object) Long.valueOf(text) : (Object) Double.valueOf(text);
        } catch (NumberFormatException e) {
            return text;
        }
    }

    static void checkDeclaration(Class<?> record, OptionSpec option) {
        String where = record.getName() + "." + option.key();
        try {
            expected(option.type(), option.declaration());
            if (!option.required() && elementChosen(option.type()).isEmpty()) {
                convert(option.type(), option.declaration(), defaultValue(option), Path.of(""));
            }
            boolean chosen = elementChosen(option.type()).isPresent();
            if (chosen == (option.declaration().kind() == Provider.class)) {
                throw new Mismatch("kind() goes with Chosen, and Chosen needs it");
            }
        } catch (Mismatch | IllegalArgumentException e) {
            throw new IllegalArgumentException(where + ": the declaration is not valid: " + e.getMessage(), e);
        }
    }

    /** The type itself if it is Chosen, the element type if it is a list of Chosen, otherwise empty. */
    private static Optional<Type> elementChosen(Type type) {
        if (raw(type) == Chosen.class) {
            return Optional.of(type);
        }
        return raw(type) == List.class && raw(argument(type)) == Chosen.class
                ? Optional.of(argument(type))
                : Optional.empty();
    }

    static Object bind(
            OptionSpec option,
            Object value,
            String where,
            Path base,
            ProviderLookup providers,
            Consumer<Problem> problems) {
        if (elementChosen(option.type()).isPresent()) {
            return bindChosen(option, value, where, base, providers, problems);
        }
        try {
            return convert(option.type(), option.declaration(), value, base);
        } catch (Mismatch e) {
            problems.accept(new Problem(where, e.getMessage()));
            return null;
        }
    }

    private static Object bindChosen(
            OptionSpec option,
            Object value,
            String where,
            Path base,
            ProviderLookup providers,
            Consumer<Problem> problems) {
        if (raw(option.type()) == Chosen.class) {
            return choose(option.declaration().kind(), value, "type", where, base, providers, problems)
                    .orElse(null);
        }
        List<Object> chosen = new ArrayList<>();
        List<?> items = value instanceof List<?> list ? list : List.of(value);
        for (int i = 0; i < items.size(); i++) {
            choose(option.declaration().kind(), items.get(i), "type", where + "[" + i + "]", base, providers, problems)
                    .ifPresent(chosen::add);
        }
        return List.copyOf(chosen);
    }

    /** Binds {@code NAME} or {@code {type: NAME, ...}} to a provider and its options. */
    static Optional<Chosen<?, ?>> choose(
            Class<?> kind,
            Object value,
            String typeKey,
            String where,
            Path base,
            ProviderLookup providers,
            Consumer<Problem> problems) {
        Map<String, Object> block = new LinkedHashMap<>();
        if (value instanceof Map<?, ?> map) {
            map.forEach((k, v) -> block.put(String.valueOf(k), v));
        } else {
            block.put(typeKey, value);
        }
        Object name = block.remove(typeKey);
        if (!(name instanceof String)) {
            String found = name == null ? "nothing" : show(name);
            problems.accept(new Problem(where + "." + typeKey, "expected the name of a plugin, found " + found));
            return Optional.empty();
        }
        try {
            Provider<?, ?, ?> provider = providers.find(kind, (String) name);
            return bindOptions(provider, block, where, base, providers, problems);
        } catch (InputException e) {
            problems.accept(new Problem(where, e.getMessage()));
            return Optional.empty();
        }
    }

    private static <O extends Record, C, T> Optional<Chosen<?, ?>> bindOptions(
            Provider<O, C, T> provider,
            Map<String, Object> block,
            String where,
            Path base,
            ProviderLookup providers,
            Consumer<Problem> problems) {
        return provider.options()
                .bind(block, where, base, providers, problems)
                .map(options -> new Chosen<>(provider, options));
    }

    private static Object convert(Type type, Option declaration, Object value, Path base) throws Mismatch {
        Class<?> raw = raw(type);
        if (raw == int.class || raw == Integer.class) {
            return Math.toIntExact(integer(type, declaration, value, Integer.MIN_VALUE, Integer.MAX_VALUE));
        }
        if (raw == long.class || raw == Long.class) {
            return integer(type, declaration, value, Long.MIN_VALUE, Long.MAX_VALUE);
        }
        if (raw == double.class || raw == Double.class) {
            return number(type, declaration, value);
        }
        if (raw == boolean.class) {
            if (value instanceof Boolean) {
                return value;
            }
            throw mismatch(type, declaration, value);
        }
        if (raw == String.class) {
            if (value instanceof String || value instanceof Number || value instanceof Boolean) {
                return String.valueOf(value);
            }
            throw mismatch(type, declaration, value);
        }
        if (raw == Path.class) {
            return path(type, declaration, value, base);
        }
        if (raw.isEnum()) {
            return constant(raw, value);
        }
        if (raw == List.class) {
            return list(type, declaration, value, base);
        }
        return optional(type, declaration, value, base);
    }

    private static Object optional(Type type, Option declaration, Object value, Path base) throws Mismatch {
        Class<?> raw = raw(type);
        boolean auto = "auto".equals(value);
        if (raw == OptionalInt.class) {
            return auto
                    ? OptionalInt.empty()
                    : OptionalInt.of(
                            Math.toIntExact(integer(type, declaration, value, Integer.MIN_VALUE, Integer.MAX_VALUE)));
        }
        if (raw == OptionalLong.class) {
            return auto
                    ? OptionalLong.empty()
                    : OptionalLong.of(integer(type, declaration, value, Long.MIN_VALUE, Long.MAX_VALUE));
        }
        if (raw == OptionalDouble.class) {
            return auto ? OptionalDouble.empty() : OptionalDouble.of(number(type, declaration, value));
        }
        if (raw == Optional.class) {
            return "none".equals(value)
                    ? Optional.empty()
                    : Optional.of(convert(argument(type), declaration, value, base));
        }
        throw new Mismatch("options of type " + type.getTypeName() + " are not supported");
    }

    private static List<Object> list(Type type, Option declaration, Object value, Path base) throws Mismatch {
        List<?> items = value instanceof List<?> list ? list : List.of(value);
        List<Object> converted = new ArrayList<>(items.size());
        for (Object item : items) {
            converted.add(convert(argument(type), declaration, item, base));
        }
        return List.copyOf(converted);
    }

    private static Path path(Type type, Option declaration, Object value, Path base) throws Mismatch {
        if (!(value instanceof String)) {
            throw mismatch(type, declaration, value);
        }
        try {
            return base.resolve((String) value).normalize();
        } catch (InvalidPathException e) {
            throw new Mismatch("not a path: " + show(value));
        }
    }

    private static Object constant(Class<?> raw, Object value) throws Mismatch {
        List<String> names = constants(raw);
        int at = names.indexOf(String.valueOf(value));
        if (at < 0) {
            throw new Mismatch("unknown value " + show(value) + Nearest.hint(String.valueOf(value), names));
        }
        return raw.getEnumConstants()[at];
    }

    private static List<String> constants(Class<?> raw) {
        return Arrays.stream(raw.getEnumConstants())
                .map(c -> ((Enum<?>) c).name().toLowerCase(Locale.ROOT).replace('_', '-'))
                .toList();
    }

    private static long integer(Type type, Option declaration, Object value, long lowest, long highest)
            throws Mismatch {
        if (!(value instanceof Number number)
                || number.doubleValue() != Math.rint(number.doubleValue())
                || Math.abs(number.doubleValue()) > 0x1p62) {
            throw mismatch(type, declaration, value);
        }
        long integer =
                number instanceof Double || number instanceof Float ? (long) number.doubleValue() : number.longValue();
        if (integer < lowest || integer > highest || outside(declaration, integer)) {
            throw mismatch(type, declaration, value);
        }
        return integer;
    }

    private static double number(Type type, Option declaration, Object value) throws Mismatch {
        if (!(value instanceof Number number) || outside(declaration, number.doubleValue())) {
            throw mismatch(type, declaration, value);
        }
        return number.doubleValue();
    }

    private static boolean outside(Option declaration, double value) {
        boolean aboveMin = declaration.open() ? value > declaration.min() : value >= declaration.min();
        return !aboveMin || !(value <= declaration.max());
    }

    private static Mismatch mismatch(Type type, Option declaration, Object value) {
        return new Mismatch("expected " + expected(type, declaration) + ", found " + show(value));
    }

    private static String show(Object value) {
        return value instanceof String ? "'" + value + "'" : String.valueOf(value);
    }

    static String expected(Type type, Option declaration) {
        Class<?> raw = raw(type);
        if (raw == int.class || raw == long.class || raw == Integer.class || raw == Long.class) {
            return "a whole number" + range(declaration);
        }
        if (raw == double.class || raw == Double.class) {
            return "a number" + range(declaration);
        }
        if (raw == boolean.class) {
            return "true or false";
        }
        if (raw == String.class) {
            return "text";
        }
        if (raw == Path.class) {
            return "a path";
        }
        if (raw.isEnum()) {
            return "one of " + String.join(", ", constants(raw));
        }
        if (raw == OptionalInt.class || raw == OptionalLong.class) {
            return "a whole number" + range(declaration) + " or auto";
        }
        if (raw == OptionalDouble.class) {
            return "a number" + range(declaration) + " or auto";
        }
        if (raw == Optional.class) {
            return expected(argument(type), declaration) + " or none";
        }
        if (raw == List.class) {
            return "a list, each " + expected(argument(type), declaration);
        }
        if (raw == Chosen.class) {
            return "the name of a plugin or {type: NAME, ...}";
        }
        throw new IllegalArgumentException("options of type " + type.getTypeName() + " are not supported");
    }

    private static String range(Option declaration) {
        boolean low = declaration.min() != Double.NEGATIVE_INFINITY;
        boolean high = declaration.max() != Double.POSITIVE_INFINITY;
        if (low && high) {
            return " in " + (declaration.open() ? "(" : "[") + figure(declaration.min()) + ", "
                    + figure(declaration.max()) + "]";
        }
        if (low) {
            return (declaration.open() ? " above " : " of at least ") + figure(declaration.min());
        }
        return high ? " of at most " + figure(declaration.max()) : "";
    }

    private static String figure(double bound) {
        return bound == Math.rint(bound) && Math.abs(bound) < 1e15
                ? Long.toString((long) bound)
                : Double.toString(bound);
    }

    static Object write(Object value) {
        if (value instanceof OptionalInt o) {
            return o.isPresent() ? (Object) o.getAsInt() : "auto";
        }
        if (value instanceof OptionalLong o) {
            return o.isPresent() ? (Object) o.getAsLong() : "auto";
        }
        if (value instanceof OptionalDouble o) {
            return o.isPresent() ? (Object) o.getAsDouble() : "auto";
        }
        if (value instanceof Optional<?> o) {
            return o.isPresent() ? write(o.get()) : "none";
        }
        if (value instanceof Path p) {
            return p.toString();
        }
        if (value instanceof Enum<?> e) {
            return e.name().toLowerCase(Locale.ROOT).replace('_', '-');
        }
        if (value instanceof List<?> list) {
            return list.stream().map(OptionValues::write).toList();
        }
        if (value instanceof Chosen<?, ?> chosen) {
            return writeChosen(chosen, "type");
        }
        return value;
    }

    static Map<String, Object> writeChosen(Chosen<?, ?> chosen, String typeKey) {
        Map<String, Object> block = new LinkedHashMap<>();
        block.put(typeKey, chosen.name());
        block.putAll(chosen.provider().options().write(chosen.options()));
        return block;
    }

    private static Class<?> raw(Type type) {
        if (type instanceof Class<?> c) {
            return c;
        }
        if (type instanceof ParameterizedType p) {
            return (Class<?>) p.getRawType();
        }
        return Object.class;
    }

    private static Type argument(Type type) {
        return type instanceof ParameterizedType p ? p.getActualTypeArguments()[0] : Object.class;
    }
}
