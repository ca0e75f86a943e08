package dev.slipway.starter.cli;

import dev.slipway.run.RunState;
import dev.slipway.run.StepState;
import dev.slipway.starter.terminal.LiveScreen;
import dev.slipway.starter.terminal.Terminal;
import dev.slipway.starter.view.RunNews;
import dev.slipway.starter.view.RunTree;
import dev.slipway.starter.view.Times;
import dev.slipway.starter.view.Wrapping;
import java.io.IOException;
import java.io.PrintWriter;
import java.time.Instant;
import java.time.ZoneId;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Shows a run while it is followed. */
sealed interface Display {
  /** Shows how it stands now. */
  void show(RunState state) throws IOException, InterruptedException;

  /** Says something that is not about its state. */
  void remark(String text);

  /** Lets what is shown stand, because something else is printed next. */
  void keep();

  /** One line for each thing that happens. */
  final class Plain implements Display {
    private final PrintWriter out;
    private final Terminal terminal;
    private @Nullable RunState before;

    Plain(PrintWriter out, Terminal terminal) {
      this.out = out;
      this.terminal = terminal;
    }

    @Override
    public void show(RunState state) throws InterruptedException {
      var news = RunNews.lines(before, state, terminal.paint(), ZoneId.systemDefault());
      if (!news.isEmpty()) {
        var columns = terminal.columns();
        news.stream()
            .flatMap(line -> Wrapping.hanging(line, columns).stream())
            .forEach(out::println);
      }
      before = state;
    }

    @Override
    public void remark(String text) {
      out.println(text);
    }

    @Override
    public void keep() {}
  }

  /** The run as a tree that is drawn anew in place. */
  final class Live implements Display {
    private final Terminal terminal;
    private final LiveScreen screen;
    private final LogTails tails;
    private Terminal.Size size = Terminal.Size.USUAL;
    private Instant sizedAt = Instant.EPOCH;

    Live(Terminal terminal, LogTails tails) {
      this.terminal = terminal;
      this.screen = new LiveScreen(terminal.out());
      this.tails = tails;
    }

    @Override
    public void show(RunState state) throws IOException, InterruptedException {
      var now = Instant.now();
      if (sizedAt.plusSeconds(1).isBefore(now)) {
        size = terminal.size();
        sizedAt = now;
      }
      screen.show(RunTree.lines(state, now, terminal.paint(), progress(state)), size);
    }

    private Map<String, String> progress(RunState state) throws IOException {
      var progress = new HashMap<String, String>();
      for (var stage : state.stages()) {
        for (var step : stage.steps()) {
          if (step.status() == StepState.Status.RUNNING && step.logName() != null) {
            var last = tails.lastLine(step.logName());
            if (!last.isBlank()) {
              progress.put(step.logName(), Times.onTheClock(last.strip(), ZoneId.systemDefault()));
            }
          }
        }
      }
      return progress;
    }

    @Override
    public void remark(String text) {
      screen.keep();
      terminal.out().println(text);
    }

    @Override
    public void keep() {
      screen.keep();
    }
  }
}
