package org.eigendrift.engine.law.given;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.eigendrift.api.Address;
import org.eigendrift.api.InputException;
import org.eigendrift.api.law.LawReader;
import org.eigendrift.api.law.LawWriter;

/** How much a row counts: by the prior of its modelled columns over what they were drawn from. Immutable, thread-safe. */
final class Counts {
    private static final String PRIOR = "prior";
    private static final String PROPOSAL = "proposal";

    private final List<String> texts;
    private final List<String> proposed;
    private final List<String> names;
    private final Optional<Prior> prior;
    private final Optional<Prior> proposal;

    /**
     * Reads densities.
     *
     * @param prior of the modelled columns; empty if it is not known
     * @param proposal from which the rows' were drawn; empty for the prior
     * @param open names of the modelled columns
     * @param given names of the given ones
     */
    Counts(List<String> prior, List<String> proposal, List<String> open, List<String> given) {
        if (prior.isEmpty() && !proposal.isEmpty()) {
            throw InputException.at(PROPOSAL, "is read with 'prior' alone; leave it out, or say what the prior is");
        }
        this.texts = prior;
        this.proposed = proposal;
        this.names = open;
        List<InputException> mistakes = new ArrayList<>();
        this.prior = read(PRIOR, prior, open, given, mistakes);
        this.proposal = read(PROPOSAL, proposal, open, given, mistakes);
        if (mistakes.size() == 1) {
            throw mistakes.get(0);
        }
        if (mistakes.size() > 1) {
            String first = mistakes.get(0).getMessage().substring(PRIOR.length() + 2);
            throw InputException.at(PRIOR, first + "; " + mistakes.get(1).getMessage());
        }
    }

    private static Optional<Prior> read(
            String option, List<String> texts, List<String> open, List<String> given, List<InputException> mistakes) {
        try {
            return texts.isEmpty() ? Optional.empty() : Optional.of(PriorText.read(option, texts, open, given));
        } catch (InputException e) {
            mistakes.add(e);
            return Optional.empty();
        }
    }

    Optional<Prior> prior() {
        return prior;
    }

    /** Whether rows were not drawn from the prior. */
    boolean weighed() {
        return proposal.isPresent();
    }

    /**
     * The logarithm of a row's weight.
     *
     * @param a its modelled columns
     * @return prior over proposal, 1 without a proposal
     * @throws InputException if the row cannot have been drawn from what is said
     */
    double log(double[] a) {
        if (prior.isEmpty()) {
            return 0;
        }
        double log = log(prior.get(), a);
        double drawn = proposal.isPresent() ? log(proposal.get(), a) : log;
        if (drawn == Double.NEGATIVE_INFINITY) {
            throw new InputException(IntStream.range(0, a.length)
                            .mapToObj(i -> names.get(i) + " = " + a[i])
                            .collect(Collectors.joining(", "))
                    + (weighed()
                            ? ", which has no density under the proposal; say from what rows were drawn"
                            : ", which has no density under the prior; say by 'proposal' from what rows were drawn"));
        }
        return log - drawn;
    }

    private static double log(Prior density, double[] a) {
        double[] u = density.coordinates().to(a);
        // A logarithm of a number below 0 is none.
        return Arrays.stream(u).allMatch(Double::isFinite)
                ? density.logDensity(u) + density.coordinates().logJacobian(u)
                : Double.NEGATIVE_INFINITY;
    }

    /** Of each row. */
    double[] logs(double[][] a) {
        double[] logs = new double[a.length];
        for (int n = 0; n < a.length; n++) {
            try {
                logs[n] = log(a[n]);
            } catch (InputException e) {
                throw e.within(Address.ofRow(n + 1).at("training row", n + 1));
            }
        }
        return logs;
    }

    /**
     * Rows with their weights, but those that the prior holds to be impossible, which count for nothing.
     *
     * @param a the modelled columns; not modified
     * @param b the given ones; shared
     * @param shift what is added to logarithms of weights
     * @param coordinates in which the modelled columns are wanted, the prior's if there is one
     */
    Sample sample(double[][] a, double[][] b, double shift, Coordinates coordinates) {
        if (prior.isEmpty()) {
            return Sample.of(coordinates.to(a), b);
        }
        double[] logs = logs(a);
        Sample all = Sample.of(coordinates.to(a), b, logs, shift);
        return all.select(
                IntStream.range(0, a.length).filter(n -> all.weights()[n] > 0).toArray());
    }

    /** Texts of the densities. */
    List<List<String>> texts() {
        return List.of(texts, proposed);
    }

    void write(LawWriter out) {
        if (!texts.isEmpty()) {
            out.text(PRIOR, String.join("\n", texts));
        }
        if (!proposed.isEmpty()) {
            out.text(PROPOSAL, String.join("\n", proposed));
        }
    }

    static Counts read(LawReader in, List<String> open, List<String> given) {
        return new Counts(texts(in, PRIOR), texts(in, PROPOSAL), open, given);
    }

    private static List<String> texts(LawReader in, String name) {
        return in.has(name) ? List.of(in.text(name).split("\n")) : List.of();
    }
}
