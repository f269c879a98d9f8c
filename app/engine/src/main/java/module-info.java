import org.eigendrift.api.law.LawProvider;
import org.eigendrift.api.metric.MetricProvider;
import org.eigendrift.engine.law.given.ConditionalLawProvider;
import org.eigendrift.engine.law.table.TableLawProvider;
import org.eigendrift.engine.metric.BoltzmannEnergy;
import org.eigendrift.engine.metric.ClassifierTwoSample;
import org.eigendrift.engine.metric.ClosestRecord;
import org.eigendrift.engine.metric.Coverage;
import org.eigendrift.engine.metric.EnergyDistance;
import org.eigendrift.engine.metric.EvidenceBound;
import org.eigendrift.engine.metric.FourthMoment;
import org.eigendrift.engine.metric.ImportanceWeights;
import org.eigendrift.engine.metric.LogLikelihood;
import org.eigendrift.engine.metric.MaximumMeanDiscrepancy;
import org.eigendrift.engine.metric.NearestNeighbour;
import org.eigendrift.engine.metric.PosteriorCalibration;
import org.eigendrift.engine.metric.SecondMoment;
import org.eigendrift.engine.metric.Shape;
import org.eigendrift.engine.metric.SlicedWasserstein;
import org.eigendrift.engine.metric.Trend;

/** The method itself, usable as a library without the command line. */
module org.eigendrift.engine {
    requires transitive org.eigendrift.api;
    requires org.slf4j;
    requires com.fasterxml.jackson.databind;
    requires org.apache.commons.numbers.gamma;

    exports org.eigendrift.engine;
    exports org.eigendrift.engine.check;
    exports org.eigendrift.engine.comparison;
    exports org.eigendrift.engine.guidance;
    exports org.eigendrift.engine.report;
    exports org.eigendrift.engine.settings;
    exports org.eigendrift.engine.transport;

    provides LawProvider with
            ConditionalLawProvider,
            TableLawProvider;
    provides MetricProvider with
            LogLikelihood,
            EvidenceBound,
            SlicedWasserstein,
            MaximumMeanDiscrepancy,
            SecondMoment,
            BoltzmannEnergy,
            ClassifierTwoSample,
            Coverage,
            EnergyDistance,
            FourthMoment,
            ImportanceWeights,
            NearestNeighbour,
            Shape,
            Trend,
            ClosestRecord,
            PosteriorCalibration;
}
