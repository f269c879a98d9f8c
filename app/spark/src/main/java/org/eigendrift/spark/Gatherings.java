package org.eigendrift.spark;

import java.io.IOException;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.io.Serial;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.spark.broadcast.Broadcast;
import org.eigendrift.api.InputException;
import org.eigendrift.api.NumericalException;
import org.eigendrift.api.State;
import org.eigendrift.api.pass.Summary;

/**
 * What the summaries of a reading gathered from some blocks, or why they could not. Between processes it is written as summaries write
 * it. A row that is refused ends no task: Spark would try it again. The refusal of the first block that has one is kept.
 */
final class Gatherings implements Serializable {
    @Serial
    private static final long serialVersionUID = 1;

    private final Broadcast<Parcel<List<Summary<?>>>> summaries;
    private transient List<Object> gathered;
    private long refusedBlock = Long.MAX_VALUE;
    private RuntimeException refusal;

    /** Nothing yet. */
    Gatherings(Broadcast<Parcel<List<Summary<?>>>> summaries) {
        this.summaries = summaries;
        this.gathered = new ArrayList<>();
        open().forEach(summary -> gathered.add(summary.zero()));
    }

    private List<Summary<?>> open() {
        return summaries.value().open();
    }

    @SuppressWarnings("unchecked")
    private Summary<Object> summary(int s) {
        // Only what this summary gathered stands at its place.
        return (Summary<Object>) open().get(s);
    }

    void add(RowBlock block) {
        if (block.number() > refusedBlock) {
            return;
        }
        try {
            for (int s = 0; s < gathered.size(); s++) {
                summary(s).add(gathered.get(s), block.points(), block.first());
            }
        } catch (InputException | NumericalException e) {
            refusedBlock = block.number();
            refusal = e;
        }
    }

    Gatherings merge(Gatherings other) {
        if (other.refusedBlock < refusedBlock) {
            refusedBlock = other.refusedBlock;
            refusal = other.refusal;
        }
        if (refusal == null) {
            for (int s = 0; s < gathered.size(); s++) {
                summary(s).merge(gathered.get(s), other.gathered.get(s));
            }
        }
        return this;
    }

    /**
     * What each of them gathered.
     *
     * @throws InputException if a row was refused
     * @throws NumericalException if sums could not be formed
     */
    List<Object> results() {
        if (refusal != null) {
            throw refusal;
        }
        return gathered;
    }

    @Serial
    private void writeObject(ObjectOutputStream out) throws IOException {
        out.defaultWriteObject();
        for (int s = 0; s < gathered.size() && refusal == null; s++) {
            State state = summary(s).write(gathered.get(s));
            Map<String, double[]> arrays = new LinkedHashMap<>();
            state.names().forEach(name -> arrays.put(name, state.get(name)));
            out.writeObject(arrays);
        }
    }

    @Serial
    @SuppressWarnings("unchecked")
    private void readObject(ObjectInputStream in) throws IOException, ClassNotFoundException {
        in.defaultReadObject();
        gathered = new ArrayList<>();
        for (int s = 0; s < open().size() && refusal == null; s++) {
            // As it was written.
            gathered.add(summary(s).read(State.of((Map<String, double[]>) in.readObject())));
        }
    }
}
