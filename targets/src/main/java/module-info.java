/** Data files, exactly solvable targets, Boltzmann distributions and point writers. */
module org.eigendrift.targets {
    requires org.eigendrift.api;
    requires de.siegmar.fastcsv;
    requires org.eigendrift.targets.tables;

    provides org.eigendrift.api.guidance.ObjectiveProvider with
            org.eigendrift.targets.objective.ExpressionObjective,
            org.eigendrift.targets.objective.PropertyObjective;
    provides org.eigendrift.api.guidance.OperatorProvider with
            org.eigendrift.targets.objective.ExpressionOperator;
    provides org.eigendrift.api.target.SimulatorProvider with
            org.eigendrift.targets.simulator.LinearGaussian,
            org.eigendrift.targets.simulator.TwoMoonsSimulator;
    provides org.eigendrift.api.target.TargetProvider with
            org.eigendrift.targets.boltzmann.DoubleWell,
            org.eigendrift.targets.boltzmann.ExpressionTarget,
            org.eigendrift.targets.boltzmann.Funnel,
            org.eigendrift.targets.boltzmann.GinzburgLandau,
            org.eigendrift.targets.boltzmann.PhiFour,
            org.eigendrift.targets.boltzmann.Rosenbrock,
            org.eigendrift.targets.boltzmann.XyModel,
            org.eigendrift.targets.file.Csv,
            org.eigendrift.targets.file.Digits,
            org.eigendrift.targets.file.Iris,
            org.eigendrift.targets.file.Npy,
            org.eigendrift.targets.file.Npz,
            org.eigendrift.targets.file.Penguins,
            org.eigendrift.targets.file.ProteinDihedrals,
            org.eigendrift.targets.mixture.GaussianMixtureTarget,
            org.eigendrift.targets.mixture.GaussianTarget,
            org.eigendrift.targets.mixture.VonMisesMixtureTarget,
            org.eigendrift.targets.simulator.SimulatorTarget,
            org.eigendrift.targets.toy.Banana,
            org.eigendrift.targets.toy.Checkerboard,
            org.eigendrift.targets.toy.EightGaussians,
            org.eigendrift.targets.toy.Pinwheel,
            org.eigendrift.targets.toy.Rings,
            org.eigendrift.targets.toy.Spirals,
            org.eigendrift.targets.toy.TwoMoons;
    provides org.eigendrift.api.metric.MetricProvider with
            org.eigendrift.targets.expectation.Expectation;
    provides org.eigendrift.api.output.WriterProvider with
            org.eigendrift.targets.output.CsvFileWriter,
            org.eigendrift.targets.output.NpyWriter;
}
