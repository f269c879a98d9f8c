import org.eigendrift.api.basis.BasisFamily;
import org.eigendrift.api.frame.FrameProvider;
import org.eigendrift.bases.CosineFamily;
import org.eigendrift.bases.FourierFamily;
import org.eigendrift.bases.HermiteFamily;
import org.eigendrift.bases.JacobiFamily;
import org.eigendrift.bases.LaguerreFamily;
import org.eigendrift.bases.MeanFieldFamily;
import org.eigendrift.bases.frame.AngleFrame;
import org.eigendrift.bases.frame.BoxFrame;
import org.eigendrift.bases.frame.GaussianizeFrame;
import org.eigendrift.bases.frame.RosenblattFrame;
import org.eigendrift.bases.frame.StandardizeFrame;
import org.eigendrift.bases.frame.UnboundFrame;
import org.eigendrift.bases.frame.UniformizeFrame;
import org.eigendrift.bases.frame.WaveletFrame;
import org.eigendrift.bases.frame.WhitenFrame;

/**
 * One-dimensional eigenbases and frames. Exports nothing: everything is found by name.
 *
 * @provides BasisFamily the families of eigenbases
 * @provides FrameProvider the coordinate maps
 */
@SuppressWarnings("requires-automatic") // EJML ships no module-info
module org.eigendrift.bases {
    requires org.eigendrift.api;
    requires org.apache.commons.numbers.gamma;
    requires ejml.core;
    requires ejml.ddense;

    provides BasisFamily with
            CosineFamily,
            FourierFamily,
            HermiteFamily,
            JacobiFamily,
            LaguerreFamily,
            MeanFieldFamily;
    provides FrameProvider with
            AngleFrame,
            BoxFrame,
            GaussianizeFrame,
            RosenblattFrame,
            StandardizeFrame,
            UnboundFrame,
            UniformizeFrame,
            WaveletFrame,
            WhitenFrame;
}
