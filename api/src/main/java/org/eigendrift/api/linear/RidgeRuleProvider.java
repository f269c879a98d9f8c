package org.eigendrift.api.linear;

import org.eigendrift.api.RunContext;
import org.eigendrift.api.plugin.Kind;
import org.eigendrift.api.plugin.Provider;

/**
 * A kind of ridge rule. A configuration names it as {@code solver: {ridge: NAME}}, or with options as {@code {ridge: {type: NAME,
 * ...}}}.
 *
 * @param <O> options record
 */
public interface RidgeRuleProvider<O extends Record> extends Provider<O, RunContext, RidgeRule> {
    /** The kind of all ridge rules. */
    Kind<RunContext, RidgeRule> KIND = new Kind<>("ridge-rule", RidgeRuleProvider.class);
}
