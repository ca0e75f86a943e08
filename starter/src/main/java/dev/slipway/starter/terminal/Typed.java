package dev.slipway.starter.terminal;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.Charset;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** The lines that a person types, read aside so that nobody has to wait for them. */
public final class Typed {
  private final InputStream input;
  private final BlockingQueue<String> lines = new LinkedBlockingQueue<>();
  private @Nullable Thread reader;

  public Typed(InputStream input) {
    this.input = input;
  }

  /** The next line, if one is typed within this time. */
  public Optional<String> line(Duration within) throws InterruptedException {
    if (reader == null) {
      reader = Thread.ofPlatform().daemon().name("typed").start(this::read);
    }
    return Optional.ofNullable(lines.poll(within.toMillis(), TimeUnit.MILLISECONDS));
  }

  private void read() {
    var buffered = new BufferedReader(new InputStreamReader(input, Charset.defaultCharset()));
    try {
      for (var line = buffered.readLine(); line != null; line = buffered.readLine()) {
        lines.add(line);
      }
    } catch (IOException e) {
      return; // nobody types any more
    }
  }
}
