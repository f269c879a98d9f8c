package org.eigendrift.engine.law.mixture;

import java.util.ArrayList;
import java.util.List;
import org.eigendrift.api.law.Additive;

/**
 * The statistics of a mixture's members.
 *
 * @param members one for each member
 */
record MixtureStatistic(List<Additive.Statistic> members) implements Additive.Statistic {

    MixtureStatistic {
        members = List.copyOf(members);
    }

    @Override
    public MixtureStatistic plus(List<? extends Additive.Statistic> others) {
        List<Additive.Statistic> sums = new ArrayList<>();
        for (int k = 0; k < members.size(); k++) {
            int member = k;
            List<Additive.Statistic> own = others.stream()
                    .map(other -> ((MixtureStatistic) other).members.get(member))
                    .toList();
            sums.add(Mixture.inMember(
                    k, members.size(), () -> members.get(member).plus(own)));
        }
        return new MixtureStatistic(sums);
    }

    @Override
    public MixtureStatistic minus(Additive.Statistic part) {
        List<Additive.Statistic> rest = new ArrayList<>();
        for (int k = 0; k < members.size(); k++) {
            int member = k;
            Additive.Statistic taken = ((MixtureStatistic) part).members.get(k);
            rest.add(Mixture.inMember(
                    k, members.size(), () -> members.get(member).minus(taken)));
        }
        return new MixtureStatistic(rest);
    }
}
