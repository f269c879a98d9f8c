package org.eigendrift.cli.console;

import java.util.concurrent.atomic.AtomicBoolean;
import me.tongfei.progressbar.DelegatingProgressBarConsumer;
import me.tongfei.progressbar.ProgressBar;
import me.tongfei.progressbar.ProgressBarBuilder;
import me.tongfei.progressbar.ProgressBarStyle;
import org.eigendrift.api.Progress;

/** Draws a bar for the outermost task under way, and clears it when the task is done. */
public final class ProgressBars implements Progress {
    private static final int REFRESH_MILLIS = 100;
    private static final char CARRIAGE_RETURN = '\r';

    private final Terminal terminal;
    private final AtomicBoolean busy = new AtomicBoolean();

    private ProgressBars(Terminal terminal) {
        this.terminal = terminal;
    }

    /**
     * Progress fit for a terminal.
     *
     * @param terminal where to draw
     * @return bars on a terminal, nothing in a pipe
     */
    public static Progress on(Terminal terminal) {
        return terminal.interactive() ? new ProgressBars(terminal) : Progress.NONE;
    }

    @Override
    public Task begin(String name, long total) {
        if (!busy.compareAndSet(false, true)) {
            return Progress.NONE.begin(name, total);
        }
        // One column less than there are keeps terminals from wrapping a full line.
        ProgressBar bar = new ProgressBarBuilder()
                .setTaskName(name)
                .setInitialMax(total)
                .setStyle(ProgressBarStyle.ASCII)
                .setUpdateIntervalMillis(REFRESH_MILLIS)
                .setMaxRenderedLength(terminal.columns() - 1)
                .setConsumer(new DelegatingProgressBarConsumer(this::draw, terminal.columns() - 1))
                .clearDisplayOnFinish()
                .build();
        return new Task() {
            @Override
            public void advance(long units) {
                bar.stepBy(units);
            }

            @Override
            public void close() {
                bar.close();
                busy.set(false);
            }
        };
    }

    private void draw(String bar) {
        terminal.err().print(CARRIAGE_RETURN + bar);
        terminal.err().flush();
    }
}
