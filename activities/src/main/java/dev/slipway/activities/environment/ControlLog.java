package dev.slipway.activities.environment;

import dev.slipway.activities.step.StepLog;
import dev.slipway.activities.store.Store;
import dev.slipway.activities.store.Store.LogWriter;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.InstantSource;

/** The log of a way back, in the store. */
final class ControlLog implements StepLog, AutoCloseable {
  private final LogWriter writer;
  private final InstantSource clock;

  ControlLog(Store store, String name, InstantSource clock) throws IOException {
    this.writer = store.appendLog(name);
    this.clock = clock;
  }

  @Override
  public void line(String text) {
    try {
      writer.append((clock.instant() + " " + text + "\n").getBytes(StandardCharsets.UTF_8));
    } catch (IOException e) {
      throw new UncheckedIOException("the log of a way back can't be written", e);
    }
  }

  @Override
  public void progress(String text) {
    line(text);
  }

  @Override
  public void close() throws IOException {
    writer.close();
  }
}
