/** What every reader of tables does with the cells it has read: kinds of columns, missing values, held-out rows. */
module org.eigendrift.targets.tables {
    requires transitive org.eigendrift.api;

    exports org.eigendrift.targets.tables;
}
