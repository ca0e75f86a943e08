package dev.slipway.starter.cli;

import dev.slipway.starter.terminal.Terminal;
import java.io.PrintWriter;
import java.time.Duration;

/** Says what is waited for when it takes longer than a moment, and again now and then. */
final class Patience implements AutoCloseable {
  private static final Duration MOMENT = Duration.ofSeconds(1);
  private static final Duration AGAIN = Duration.ofSeconds(10);

  private final Thread teller;

  private Patience(Thread teller) {
    this.teller = teller;
  }

  /**
   * Begins to be patient.
   *
   * @param what is being done: {@code ending the server}
   */
  static Patience armed(Terminal terminal, String what) {
    return armed(terminal.err(), what, MOMENT, AGAIN);
  }

  static Patience armed(PrintWriter err, String what, Duration moment, Duration again) {
    return new Patience(Thread.ofVirtual().start(() -> tell(err, what, moment, again)));
  }

  private static void tell(PrintWriter err, String what, Duration moment, Duration again) {
    var begin = System.nanoTime();
    try {
      Thread.sleep(moment);
      err.println(what + "…");
      while (true) {
        err.flush();
        Thread.sleep(again);
        err.printf(
            "%s… %d s so far%n", what, Duration.ofNanos(System.nanoTime() - begin).toSeconds());
      }
    } catch (InterruptedException e) {
      return; // it is done
    }
  }

  @Override
  public void close() {
    teller.interrupt();
  }
}
