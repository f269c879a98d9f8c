package org.eigendrift.engine.data;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.OptionalLong;
import java.util.concurrent.atomic.AtomicLong;
import org.eigendrift.api.Points;
import org.eigendrift.api.data.Column;
import org.eigendrift.api.data.InMemory;
import org.eigendrift.api.pass.Distributed;
import org.eigendrift.api.pass.Summary;

/**
 * Rows as if on several machines: blocks are dealt to them in turn, each gathers from its own, last block first, and what it gathered is
 * written, read and merged from the last machine on.
 *
 * @param all the rows
 * @param machines at least 1
 * @param brought the most rows that were brought here in one reading
 */
public record Scattered(InMemory all, int machines, AtomicLong brought) implements Distributed {

    @Override
    public List<Column> columns() {
        return all.columns();
    }

    @Override
    public OptionalLong rows() {
        return all.rows();
    }

    @Override
    public List<Object> read(List<Summary<?>> summaries) {
        return summaries.stream().<Object>map(this::gathered).toList();
    }

    private <S> S gathered(Summary<S> summary) {
        Points points = all.points();
        int blocks = (points.size() + Summary.BLOCK - 1) / Summary.BLOCK;
        S whole = summary.zero();
        for (int machine = machines - 1; machine >= 0; machine--) {
            S own = summary.zero();
            for (int block = blocks - 1; block >= 0; block--) {
                int first = block * Summary.BLOCK;
                if (block % machines == machine) {
                    Points rows = points.slice(first, Math.min(points.size(), first + Summary.BLOCK));
                    summary.add(own, rows, first);
                }
            }
            summary.merge(whole, summary.read(summary.write(own)));
        }
        return whole;
    }

    @Override
    public Distributed chosen(Choice choice) {
        List<Integer> chosen = new ArrayList<>();
        Points points = all.points();
        for (int first = 0; first < points.size(); first += Summary.BLOCK) {
            int from = first;
            Points rows = points.slice(first, Math.min(points.size(), first + Summary.BLOCK));
            Arrays.stream(choice.of(rows)).forEach(n -> chosen.add(from + n));
        }
        Points kept = points.select(chosen.stream().mapToInt(Integer::intValue).toArray());
        return new Scattered(new InMemory(columns(), kept), machines, brought);
    }

    @Override
    public Reader open() {
        Reader reader = all.open();
        return new Reader() {
            private long read;

            @Override
            public int read(Points buffer) {
                int count = reader.read(buffer);
                read += count;
                brought.accumulateAndGet(read, Math::max);
                return count;
            }

            @Override
            public void close() {
                reader.close();
            }
        };
    }
}
