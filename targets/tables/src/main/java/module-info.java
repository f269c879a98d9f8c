/** What every reader of tables does with the cells it has read: kinds of columns, missing values, held-out rows. */
module org.eigendrift.targets.tables {
    requires transitive org.eigendrift.api;

    exports org.eigendrift.targets.tables;
    exports org.eigendrift.targets.tables.type;

    provides org.eigendrift.api.column.ColumnTypeProvider with
            org.eigendrift.targets.tables.type.Booleans,
            org.eigendrift.targets.tables.type.Categories,
            org.eigendrift.targets.tables.type.DateTimes,
            org.eigendrift.targets.tables.type.Dates,
            org.eigendrift.targets.tables.type.Identifiers,
            org.eigendrift.targets.tables.type.Integers,
            org.eigendrift.targets.tables.type.Numbers,
            org.eigendrift.targets.tables.type.OrderedLevels,
            org.eigendrift.targets.tables.type.Times;
}
