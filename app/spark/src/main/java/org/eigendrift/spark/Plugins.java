package org.eigendrift.spark;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.eigendrift.api.catalog.Catalog;
import org.eigendrift.api.plugin.Provider;
import org.eigendrift.api.target.TargetProvider;

/** The plugins of the class path, with a reader of Parquet that is Spark's. */
final class Plugins {
    private Plugins() {}

    static Catalog ofJobs() {
        Catalog found = Catalog.discover(List.of());
        TargetProvider<?> parquet = new ParquetTarget();
        Set<Provider<?, ?, ?>> providers = new LinkedHashSet<>();
        Catalog.KINDS.forEach(kind -> providers.addAll(found.all(kind)));
        providers.removeIf(provider ->
                provider instanceof TargetProvider && provider.name().equals(parquet.name()));
        providers.add(parquet);
        return Catalog.of(providers);
    }
}
