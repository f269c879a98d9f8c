package org.eigendrift.api.plugin;

import java.lang.annotation.Annotation;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.lang.reflect.RecordComponent;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import org.eigendrift.api.InputException;

/**
 * The options of a provider: binds a configuration block to the options record, reports every mistake, and writes the
 * record back.
 *
 * <p>A provider declares {@code OptionSchema.of(MethodHandles.lookup(), Options.class)}; the lookup gives access to
 * the record, so a plugin need not export or open anything. Immutable and thread-safe.
 *
 * @param <O> options record
 */
public final class OptionSchema<O extends Record> {
    private final Class<O> type;
    private final List<OptionSpec> options;
    private final MethodHandle constructor;
    private final List<Member> members;

    /** A component of the record: one option, or a group of them. */
    private record Member(String key, MethodHandle accessor, Optional<OptionSchema<?>> group) {}

    private OptionSchema(Class<O> type, List<OptionSpec> options, MethodHandle constructor, List<Member> members) {
        this.type = type;
        this.options = List.copyOf(options);
        this.constructor = constructor;
        this.members = List.copyOf(members);
    }

    /**
     * Reads the declaration of an options record.
     *
     * @param <O> options record
     * @param lookup a lookup of the declaring provider, {@code MethodHandles.lookup()}
     * @param type a record each of whose components, or their accessors, carries {@link Option} or {@link OptionGroup}
     * @return the schema
     * @throws IllegalArgumentException if a component carries neither or both, has a type that is not supported or a
     *     default that is not valid, or if two options have one key
     */
    public static <O extends Record> OptionSchema<O> of(MethodHandles.Lookup lookup, Class<O> type) {
        List<OptionSpec> options = new ArrayList<>();
        List<Member> members = new ArrayList<>();
        RecordComponent[] components = type.getRecordComponents();
        try {
            for (RecordComponent component : components) {
                String key = key(component.getName());
                Optional<OptionSchema<?>> group = group(lookup, component);
                options.addAll(group.isPresent() ? grouped(group.get(), component) : List.of(single(key, component)));
                members.add(new Member(key, lookup.unreflect(component.getAccessor()), group));
            }
            Class<?>[] types =
                    Arrays.stream(components).map(RecordComponent::getType).toArray(Class<?>[]::new);
            MethodHandle constructor = lookup.findConstructor(type, MethodType.methodType(void.class, types));
            OptionSchema<O> schema = new OptionSchema<>(type, options, constructor, members);
            schema.checkDeclarations();
            return schema;
        } catch (IllegalAccessException | NoSuchMethodException e) {
            throw new IllegalArgumentException("the lookup has no access to " + type.getName(), e);
        }
    }

    /** Of a component, or of its accessor: Java carries annotations from one to the other, Kotlin knows those of accessors alone. */
    private static <A extends Annotation> Optional<A> declared(RecordComponent component, Class<A> annotation) {
        return Optional.ofNullable(component.getAnnotation(annotation))
                .or(() -> Optional.ofNullable(component.getAccessor().getAnnotation(annotation)));
    }

    private static Optional<OptionSchema<?>> group(MethodHandles.Lookup lookup, RecordComponent component) {
        if (declared(component, OptionGroup.class).isEmpty()) {
            return Optional.empty();
        }
        if (declared(component, Option.class).isPresent()
                || !component.getType().isRecord()) {
            throw new IllegalArgumentException(
                    name(component) + ": @OptionGroup goes with a record, and without @Option");
        }
        return Optional.of(of(lookup, component.getType().asSubclass(Record.class)));
    }

    private static OptionSpec single(String key, RecordComponent component) {
        Option declaration = declared(component, Option.class)
                .orElseThrow(() ->
                        new IllegalArgumentException(name(component) + " carries neither @Option nor @OptionGroup"));
        return new OptionSpec(key, component.getGenericType(), declaration, declaration.value());
    }

    /** The options of a group, with the defaults that the component says. */
    private static List<OptionSpec> grouped(OptionSchema<?> group, RecordComponent component) {
        Map<String, String> standards = new LinkedHashMap<>();
        for (String text : declared(component, OptionGroup.class).orElseThrow().defaults()) {
            String[] sides = text.split(":\\s*", 2);
            if (sides.length < 2 || standards.put(sides[0], sides[1]) != null) {
                throw new IllegalArgumentException(
                        name(component) + ": expected each key: value once, found '" + text + "'");
            }
        }
        List<OptionSpec> specs = new ArrayList<>();
        for (OptionSpec option : group.options) {
            String standard = standards.remove(option.key());
            specs.add(
                    standard == null
                            ? option
                            : new OptionSpec(option.key(), option.type(), option.declaration(), standard));
        }
        if (!standards.isEmpty()) {
            throw new IllegalArgumentException(name(component) + ": the group has no option " + standards.keySet());
        }
        return specs;
    }

    private static String name(RecordComponent component) {
        return component.getDeclaringRecord().getName() + "." + component.getName();
    }

    private void checkDeclarations() {
        Set<String> keys = new HashSet<>();
        for (OptionSpec option : options) {
            OptionValues.checkDeclaration(type, option);
            if (!keys.add(option.key())) {
                throw new IllegalArgumentException(type.getName() + " declares the option " + option.key() + " twice");
            }
        }
    }

    private static String key(String component) {
        return component.replaceAll("([A-Z])", "_$1").toLowerCase(Locale.ROOT);
    }

    /**
     * The options record.
     *
     * @return its class
     */
    public Class<O> type() {
        return type;
    }

    /**
     * The options in the order of declaration, those of groups in the place of their group.
     *
     * @return an immutable list
     */
    public List<OptionSpec> options() {
        return options;
    }

    /**
     * Binds a configuration block. Every mistake is reported: unknown keys (with the nearest valid one), missing
     * required options, values of the wrong type or out of range, and what the record's constructor refuses.
     *
     * @param values keys and plain values: Boolean, Number, String, List, Map, or null; not modified. The key
     *     {@code type} (or {@code family}), which chose the provider, must have been removed
     * @param path where the block stands, for messages: {@code solver}
     * @param base directory against which relative paths are resolved
     * @param providers finds the extensions that options choose
     * @param problems receives every mistake
     * @return the options, empty if there was a mistake
     */
    public Optional<O> bind(
            Map<String, ?> values, String path, Path base, ProviderLookup providers, Consumer<Problem> problems) {
        List<String> keys = options.stream().map(OptionSpec::key).toList();
        boolean[] failed = {false};
        Consumer<Problem> report = p -> {
            failed[0] = true;
            problems.accept(p);
        };
        for (String key : values.keySet()) {
            if (!keys.contains(key)) {
                report.accept(new Problem(join(path, key), Nearest.unknown("option", key, keys)));
            }
        }
        Object[] arguments = new Object[options.size()];
        for (int i = 0; i < arguments.length; i++) {
            OptionSpec option = options.get(i);
            String where = join(path, option.key());
            if (values.get(option.key()) == null && option.required()) {
                report.accept(new Problem(where, "missing; expected " + option.expected()));
                continue;
            }
            Object value =
                    values.get(option.key()) == null ? OptionValues.defaultValue(option) : values.get(option.key());
            arguments[i] = OptionValues.bind(option, value, where, base, providers, report);
        }
        return failed[0] ? Optional.empty() : construct(Arrays.asList(arguments).iterator(), path, problems);
    }

    /**
     * The options with every default.
     *
     * @return the record
     * @throws InputException if an option is required
     */
    public O defaults() {
        return of(Map.of());
    }

    /**
     * Binds values that are known to be right, for use in code and tests.
     *
     * @param values keys and plain values, as in {@link #bind}; options that choose other extensions keep defaults
     *     that need no look-up
     * @return the record
     * @throws InputException listing every mistake
     */
    public O of(Map<String, ?> values) {
        List<Problem> problems = new ArrayList<>();
        ProviderLookup none = (kind, name) -> {
            throw new InputException("no " + kind.getSimpleName() + " '" + name + "' can be looked up here");
        };
        Optional<O> bound = bind(values, type.getSimpleName(), Path.of(""), none, problems::add);
        return bound.orElseThrow(() -> new InputException(
                String.join("; ", problems.stream().map(Problem::toString).toList())));
    }

    /** Makes the record and the groups in it of values in the order of {@link #options}. */
    @SuppressWarnings("unchecked")
    private Optional<O> construct(Iterator<Object> values, String path, Consumer<Problem> problems) {
        List<Object> arguments = new ArrayList<>();
        for (Member member : members) {
            if (member.group().isEmpty()) {
                arguments.add(values.next());
                continue;
            }
            Optional<? extends Record> group = member.group().get().construct(values, path, problems);
            if (group.isEmpty()) {
                return Optional.empty();
            }
            arguments.add(group.get());
        }
        try {
            return Optional.of((O) constructor.invokeWithArguments(arguments));
        } catch (InputException | IllegalArgumentException e) {
            problems.accept(new Problem(path, e.getMessage()));
            return Optional.empty();
        } catch (RuntimeException | Error e) {
            throw e;
        } catch (Throwable e) {
            throw new IllegalStateException("the constructor of " + type.getName() + " threw a checked exception", e);
        }
    }

    /**
     * Writes options back as a configuration block, every option with its value.
     *
     * @param record an instance of {@link #type()}
     * @return keys and plain values in the order of declaration, fit for {@link #bind}
     */
    public Map<String, Object> write(Record record) {
        Map<String, Object> block = new LinkedHashMap<>();
        for (Member member : members) {
            Object value = read(member, record);
            if (member.group().isPresent()) {
                block.putAll(member.group().get().write((Record) value));
            } else {
                block.put(member.key(), OptionValues.write(value));
            }
        }
        return block;
    }

    /**
     * The extensions that options choose, those of groups among them.
     *
     * @param record an instance of {@link #type()}
     * @return the choices in the order of declaration; none if no option is one
     */
    public List<Chosen<?, ?>> chosen(Record record) {
        List<Chosen<?, ?>> chosen = new ArrayList<>();
        for (Member member : members) {
            Object value = read(member, record);
            if (member.group().isPresent()) {
                chosen.addAll(member.group().get().chosen((Record) value));
            } else if (value instanceof Chosen<?, ?> choice) {
                chosen.add(choice);
            }
        }
        return chosen;
    }

    private Object read(Member member, Record record) {
        try {
            return member.accessor().invoke(record);
        } catch (RuntimeException | Error e) {
            throw e;
        } catch (Throwable e) {
            throw new IllegalStateException(type.getName() + "." + member.key(), e);
        }
    }

    private static String join(String path, String key) {
        return path.isEmpty() ? key : path + "." + key;
    }
}
