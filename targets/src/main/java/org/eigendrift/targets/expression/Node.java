package org.eigendrift.targets.expression;

import java.util.List;

/** A formula as it was parsed. Positions are columns of its text, from 1. */
sealed interface Node {

    /** Where it stands. */
    int at();

    /** A number. */
    record Constant(int at, double value) implements Node {}

    /** A variable, a named constant, or the index of an enclosing sum. */
    record Name(int at, String name) implements Node {}

    /** One of several variables, {@code x[i + 1]}. */
    record Element(int at, String name, Node index) implements Node {}

    /** A function or operator applied to arguments. */
    record Apply(int at, String function, List<Node> arguments) implements Node {}

    /** {@code sum(index, from, to, term)}. */
    record Sum(int at, String index, Node from, Node to, Node term) implements Node {}
}
