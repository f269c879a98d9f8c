package org.eigendrift.solvers;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.eigendrift.api.InputException;
import org.eigendrift.api.RunContext;
import org.eigendrift.api.catalog.Catalog;
import org.eigendrift.api.linear.LinearSystem;
import org.eigendrift.api.linear.Preconditioner;
import org.eigendrift.api.linear.PreconditionerProvider;
import org.eigendrift.api.linear.RidgeRule;
import org.eigendrift.api.linear.RidgeRuleProvider;
import org.eigendrift.api.linear.Solver;
import org.eigendrift.api.linear.SolverProvider;
import org.eigendrift.api.plugin.Choices;
import org.eigendrift.api.plugin.Chosen;
import org.eigendrift.api.plugin.Kind;
import org.eigendrift.api.plugin.Problem;

/** Binds solvers and preconditioners as a configuration does. */
public final class Plugins {
    /** All that this module provides. */
    public static final Catalog CATALOG = Catalog.discover(List.of());

    private Plugins() {}

    /** Binds a solver by name and alternating keys and values. */
    public static Chosen<RunContext, Solver> solver(String name, Object... options) {
        return bind(SolverProvider.KIND, name, options);
    }

    /** Binds a preconditioner by name and alternating keys and values. */
    public static Chosen<LinearSystem, Preconditioner> preconditioner(String name, Object... options) {
        return bind(PreconditionerProvider.KIND, name, options);
    }

    /** Binds a ridge rule by name and alternating keys and values. */
    public static Chosen<RunContext, RidgeRule> ridgeRule(String name, Object... options) {
        return bind(RidgeRuleProvider.KIND, name, options);
    }

    private static <C, T> Chosen<C, T> bind(Kind<C, T> kind, String name, Object... options) {
        Map<String, Object> block = new LinkedHashMap<>();
        block.put("type", name);
        for (int i = 0; i < options.length; i += 2) {
            block.put((String) options[i], options[i + 1]);
        }
        List<Problem> problems = new ArrayList<>();
        return Choices.bind(kind, block, "type", kind.label(), Path.of(""), CATALOG, problems::add)
                .orElseThrow(() -> new InputException(problems.toString()));
    }
}
