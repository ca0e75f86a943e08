package dev.slipway.activities.local;

import dev.slipway.activities.local.protocol.Call;
import dev.slipway.activities.local.protocol.Reply;
import dev.slipway.activities.local.protocol.Wire;
import dev.slipway.activities.step.StepLog;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/**
 * One call and what the supervisor answers. Another thread reads, since an interrupted reader loses
 * its connection: whoever stops a change wants to hear that it has stopped.
 */
final class Conversation {
  private static final Duration PATIENCE = Duration.ofSeconds(30);

  private final Wire wire;
  private final StepLog log;
  private final BlockingQueue<Heard> heard = new LinkedBlockingQueue<>();

  private Conversation(Wire wire, StepLog log) {
    this.wire = wire;
    this.log = log;
  }

  /** What came over the wire. */
  private sealed interface Heard {
    record Said(Reply reply) implements Heard {}

    record Lost(IOException why) implements Heard {}
  }

  /**
   * Asks, passes on what is said, and answers the last word.
   *
   * @throws InterruptedException after the supervisor has stopped what it did
   * @throws IOException when the supervisor is lost
   */
  static Reply.Last hold(Wire wire, Call call, StepLog log)
      throws IOException, InterruptedException {
    wire.write(call);
    var conversation = new Conversation(wire, log);
    Thread.ofVirtual().name("supervisor").start(conversation::listen);
    try {
      return conversation.lastWord();
    } catch (InterruptedException e) {
      conversation.callOff();
      throw e;
    }
  }

  private Reply.Last lastWord() throws IOException, InterruptedException {
    while (true) {
      switch (heard.take()) {
        case Heard.Lost(var why) -> throw why;
        case Heard.Said(Reply.Line(var text)) -> log.line(text);
        case Heard.Said(Reply.Progress(var text)) -> log.progress(text);
        case Heard.Said(Reply.Last last) -> {
          return last;
        }
      }
    }
  }

  private void callOff() throws IOException, InterruptedException {
    wire.hangUp();
    var deadline = System.nanoTime() + PATIENCE.toNanos();
    while (true) {
      switch (heard.poll(deadline - System.nanoTime(), TimeUnit.NANOSECONDS)) {
        case Heard.Said(Reply.Line(var text)) -> log.line(text);
        case Heard.Said(Reply.Progress(var text)) -> log.line(text);
        case Heard.Said(Reply.Last _) -> {
          return;
        }
        case Heard.Lost _ -> {
          return;
        }
        case null -> {
          return;
        }
      }
    }
  }

  private void listen() {
    try {
      while (true) {
        var reply = wire.read(Reply.class);
        heard.add(new Heard.Said(reply));
        if (reply instanceof Reply.Last) {
          return;
        }
      }
    } catch (IOException e) {
      heard.add(new Heard.Lost(e));
    } catch (UncheckedIOException e) {
      heard.add(new Heard.Lost(new IOException("unreadable", e)));
    }
  }
}
