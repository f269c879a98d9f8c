package org.eigendrift.cli.config;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.eigendrift.api.InputException;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.api.lowlevel.Compose;
import org.snakeyaml.engine.v2.constructor.StandardConstructor;
import org.snakeyaml.engine.v2.exceptions.Mark;
import org.snakeyaml.engine.v2.exceptions.MarkedYamlEngineException;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;
import org.snakeyaml.engine.v2.nodes.MappingNode;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.NodeTuple;
import org.snakeyaml.engine.v2.nodes.ScalarNode;
import org.snakeyaml.engine.v2.nodes.SequenceNode;
import org.snakeyaml.engine.v2.schema.CoreSchema;

/**
 * A YAML document (version 1.2, core schema) as plain values, Boolean, Number, String, List, Map and null, that
 * remembers where each of them was written.
 */
final class YamlTree {
    /** Aliases can multiply a short document without bound; no honest configuration has this many values. */
    private static final int MOST_VALUES = 100_000;

    private static final LoadSettings SETTINGS = settings("configuration");

    private final String source;
    private final Map<String, Place> places = new HashMap<>();
    private final Mistakes mistakes;
    private Map<String, Object> root = new LinkedHashMap<>();
    private int values;

    private YamlTree(String source, Mistakes mistakes) {
        this.source = source;
        this.mistakes = mistakes;
    }

    /**
     * Reads a document whose root is a mapping.
     *
     * @param source name of the source, for messages
     * @param text the document; an empty one is an empty mapping
     * @param mistakes receives duplicate keys and keys that are not text
     * @return the tree
     * @throws InputException if the text is not YAML or its root is not a mapping; one line with the line number
     */
    static YamlTree read(String source, String text, Mistakes mistakes) {
        YamlTree tree = new YamlTree(source, mistakes);
        Optional<Node> node;
        try {
            node = new Compose(settings(source)).composeString(text);
        } catch (YamlEngineException e) {
            throw new InputException(tree.syntax(e), e);
        }
        if (node.isPresent()) {
            Object value = tree.convert(node.get(), "");
            if (value instanceof Map<?, ?> map) {
                tree.root = mutable(map);
            } else if (value != null) {
                throw new InputException(tree.place(node.get()) + ": expected blocks such as 'target: penguins', found "
                        + beginning(Values.show(value))
                        + (value instanceof String
                                ? "; if it is a table, 'eigendrift describe FILE' writes a draft of the configuration"
                                : ""));
            }
        }
        return tree;
    }

    /** What may stand in a message: a table that was given for a configuration is longer. */
    private static String beginning(String shown) {
        return shown.length() <= SHOWN ? shown : shown.substring(0, SHOWN) + "...";
    }

    private static final int SHOWN = 60;

    /**
     * Reads one value, as after {@code --set key=}.
     *
     * @param source name of the source, for messages
     * @param text YAML of one value
     * @return a plain value
     * @throws InputException if the text is not YAML
     */
    static Object value(String source, String text) {
        Mistakes found = new Mistakes();
        YamlTree tree = new YamlTree(source, found);
        try {
            Optional<Node> node = new Compose(SETTINGS).composeString(text);
            Object value = node.isEmpty() ? null : tree.convert(node.get(), "");
            found.check();
            return value;
        } catch (YamlEngineException e) {
            throw new InputException(source + ": the value is not YAML: " + problem(e), e);
        }
    }

    private static LoadSettings settings(String label) {
        return LoadSettings.builder()
                .setLabel(label)
                .setSchema(new CoreSchema())
                .build();
    }

    private String syntax(YamlEngineException e) {
        Optional<Mark> mark = e instanceof MarkedYamlEngineException marked
                ? marked.getProblemMark().or(marked::getContextMark)
                : Optional.empty();
        return mark.map(m -> new Place(source, m.getLine() + 1)).orElse(new Place(source, 0)) + ": not valid YAML: "
                + problem(e);
    }

    private static String problem(YamlEngineException e) {
        String text = e instanceof MarkedYamlEngineException marked
                ? (marked.getContext() == null ? "" : marked.getContext() + ", ") + marked.getProblem()
                : e.getMessage();
        return text.replaceAll("\\s*\\R\\s*", " ").trim();
    }

    private Object convert(Node node, String path) {
        if (++values > MOST_VALUES || node.isRecursive()) {
            throw new InputException(place(node) + ": the aliases of this document expand without end");
        }
        if (!path.isEmpty()) {
            places.putIfAbsent(path, place(node));
        }
        if (node instanceof MappingNode mapping) {
            return map(mapping, path);
        }
        if (node instanceof SequenceNode sequence) {
            List<Object> list = new ArrayList<>();
            for (Node item : sequence.getValue()) {
                list.add(convert(item, path + "[" + list.size() + "]"));
            }
            return list;
        }
        return scalar((ScalarNode) node);
    }

    private Map<String, Object> map(MappingNode mapping, String path) {
        Map<String, Object> map = new LinkedHashMap<>();
        for (NodeTuple entry : mapping.getValue()) {
            Node keyNode = entry.getKeyNode();
            if (!(keyNode instanceof ScalarNode scalar)) {
                mistakes.add(place(keyNode), "a key must be text");
                continue;
            }
            String key = scalar.getValue();
            String where = path.isEmpty() ? key : path + "." + key;
            if (map.containsKey(key)) {
                mistakes.add(
                        place(keyNode),
                        where + ": given twice, first in line "
                                + places.get(where).line());
                continue;
            }
            places.put(where, place(keyNode));
            map.put(key, convert(entry.getValueNode(), where));
        }
        return map;
    }

    private Object scalar(ScalarNode node) {
        try {
            return new StandardConstructor(SETTINGS).constructSingleDocument(Optional.of(node));
        } catch (YamlEngineException | NumberFormatException e) {
            throw new InputException(
                    place(node) + ": '" + node.getValue() + "' cannot be read as "
                            + node.getTag().getValue(),
                    e);
        }
    }

    private Place place(Node node) {
        return new Place(source, node.getStartMark().map(m -> m.getLine() + 1).orElse(0));
    }

    /**
     * The top-level blocks.
     *
     * @return keys and plain values; modifiable
     */
    Map<String, Object> root() {
        return root;
    }

    /**
     * Where a value was written, or the nearest value around it.
     *
     * @param path keys joined by dots, list elements as {@code [i]}
     * @return the place
     */
    Place place(String path) {
        for (String at = path; !at.isEmpty(); at = parent(at)) {
            Place place = places.get(at);
            if (place != null) {
                return place;
            }
        }
        return new Place(source, 0);
    }

    private static String parent(String path) {
        int end = Math.max(path.lastIndexOf('.'), path.lastIndexOf('['));
        return end < 0 ? "" : path.substring(0, end);
    }

    /**
     * Sets a value, making the blocks on the way to it; a block written as a plugin's name becomes one that can hold
     * options.
     *
     * @param assignment {@code key=value}: dotted path and YAML of one value
     * @throws InputException if it is not an assignment, or leads through something that has no keys
     */
    void set(String assignment) {
        int equals = assignment.indexOf('=');
        String option = "--set " + assignment;
        if (equals < 1) {
            throw new InputException(option + ": expected key=value, for example --set solver.tolerance=1e-8");
        }
        String path = assignment.substring(0, equals).trim();
        Object value = value(option, assignment.substring(equals + 1));
        places.keySet().removeIf(p -> p.equals(path) || p.startsWith(path + ".") || p.startsWith(path + "["));
        places.put(path, new Place(option, 0));
        put(root, path.replaceAll("\\[(\\d+)]", ".$1").split("\\.", -1), 0, value, option);
    }

    private static void put(Map<String, Object> block, String[] keys, int depth, Object value, String option) {
        String key = keys[depth];
        if (key.isBlank()) {
            throw new InputException(option + ": a key is empty");
        }
        if (depth == keys.length - 1) {
            block.put(key, value);
        } else if (block.get(key) instanceof List<?> list) {
            block.put(key, inList(list, keys, depth + 1, value, option));
        } else {
            Map<String, Object> inner = block(block.get(key), keys, depth, option);
            block.put(key, inner);
            put(inner, keys, depth + 1, value, option);
        }
    }

    private static List<Object> inList(List<?> list, String[] keys, int depth, Object value, String option) {
        if (!keys[depth].matches("\\d{1,6}") || Integer.parseInt(keys[depth]) >= list.size()) {
            throw new InputException(option + ": '" + keys[depth - 1] + "' is a list of " + list.size()
                    + "; expected an index from 0 to " + (list.size() - 1) + ", found '" + keys[depth] + "'");
        }
        int index = Integer.parseInt(keys[depth]);
        List<Object> copy = new ArrayList<>(list);
        if (depth == keys.length - 1) {
            copy.set(index, value);
        } else {
            Map<String, Object> inner = block(list.get(index), keys, depth, option);
            copy.set(index, inner);
            put(inner, keys, depth + 1, value, option);
        }
        return copy;
    }

    private static Map<String, Object> block(Object value, String[] keys, int depth, String option) {
        String path = String.join(".", List.of(keys).subList(0, depth + 1));
        if (value instanceof Map<?, ?> map) {
            return mutable(map);
        }
        Map<String, Object> block = new LinkedHashMap<>();
        if (value instanceof String name) {
            block.put(Blocks.typeKey(path), name);
        } else if (value != null) {
            throw new InputException(option + ": '" + path + "' is " + Values.show(value) + ", which has no keys");
        }
        return block;
    }

    private static Map<String, Object> mutable(Map<?, ?> map) {
        Map<String, Object> copy = new LinkedHashMap<>();
        map.forEach((k, v) -> copy.put(String.valueOf(k), v));
        return copy;
    }
}
