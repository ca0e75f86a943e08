package dev.slipway.activities.step;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.slipway.activities.process.CleanText;
import dev.slipway.activities.secret.Masking;
import dev.slipway.activities.store.Store;
import dev.slipway.artifact.Digest;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Clock;
import java.time.temporal.ChronoUnit;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;

/**
 * A step's log in the store: {@code <instant> <text>} a line, masked, written before {@link #line}
 * returns. Past {@value #MOST_BYTES} bytes of an attempt only the last lines are remembered.
 */
final class StepLogFile implements StepLog, AutoCloseable {
  /** How many lines of the end a failure shows. */
  static final int LAST_LINES = 20;

  private static final long MOST_BYTES = 96L << 20;
  private static final int MOST_LAST_LINE = 300;
  private static final int MOST_LINE = 20_000;

  private final Store store;
  private final String name;
  private final Masking masking;
  private final Clock clock;
  private final Store.LogWriter writer;
  private final Deque<String> last = new ArrayDeque<>();
  private long written;
  private boolean closed;
  private volatile String progress = "";

  StepLogFile(Store store, String name, Masking masking, Clock clock) throws IOException {
    this.store = store;
    this.name = name;
    this.masking = masking;
    this.clock = clock;
    this.writer = store.appendLog(name);
  }

  /**
   * @throws UncheckedIOException when the store can't keep it
   */
  @Override
  public void line(String text) {
    text.lines().forEach(this::write);
  }

  @Override
  public void progress(String text) {
    line(text);
    text.lines()
        .filter(line -> !line.isBlank())
        .forEach(line -> progress = cut(clean(line), MOST_LAST_LINE));
  }

  /** The latest progress, masked. */
  String progress() {
    return progress;
  }

  /** The end of the log, masked, without times. */
  synchronized List<String> lastLines() {
    return List.copyOf(last);
  }

  /** Closes the log and keeps it whole, with what earlier attempts of the step wrote. */
  synchronized Digest keep() throws IOException {
    close();
    try (var whole = new LogStream(store, name)) {
      return store.put(whole);
    }
  }

  @Override
  public synchronized void close() throws IOException {
    if (!closed) {
      closed = true;
      writer.close();
    }
  }

  private void write(String raw) {
    append(cut(clean(raw), MOST_LINE));
  }

  private synchronized void append(String text) {
    if (last.size() == LAST_LINES) {
      last.removeFirst();
    }
    last.addLast(cut(text, MOST_LAST_LINE));
    if (closed || written > MOST_BYTES) {
      return; // A program's reader may still have a line when its step has ended.
    }
    var time = clock.instant().truncatedTo(ChronoUnit.MILLIS);
    var line = (time + " " + text + "\n").getBytes(UTF_8);
    written += line.length;
    try {
      writer.append(
          written > MOST_BYTES
              ? (time + " … the log is full, nothing more is kept\n").getBytes(UTF_8)
              : line);
    } catch (IOException e) {
      throw new UncheckedIOException("the step's log can't be written: " + e.getMessage(), e);
    }
  }

  /** Masked twice: neither a control character in a secret nor a colour inside it may hide it. */
  private String clean(String text) {
    return masking.mask(CleanText.of(masking.mask(text)));
  }

  private static String cut(String text, int most) {
    return text.length() > most ? text.substring(0, most) + " …" : text;
  }
}
