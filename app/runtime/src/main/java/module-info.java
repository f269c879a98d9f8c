/**
 * All that a program needs to fit, score and sample. One requirement, so that the module path holds the plugins that
 * come with Eigendrift: nobody requires them otherwise, and the catalog would be empty.
 */
module org.eigendrift.runtime {
    requires transitive org.eigendrift.engine;
    requires org.eigendrift.bases;
    requires org.eigendrift.samplers;
    requires org.eigendrift.solvers;
    requires org.eigendrift.targets;
}
