package dev.slipway.activities.local.supervisor;

import dev.slipway.action.FailureType;
import dev.slipway.activities.local.protocol.Call;
import dev.slipway.activities.local.protocol.Reply;
import dev.slipway.activities.local.protocol.Wire;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.logging.Level;
import java.util.logging.Logger;

/** Takes calls on the Unix socket, one to a connection. */
final class ControlServer {
  private static final Logger LOG = Logger.getLogger(ControlServer.class.getName());

  private final ServerSocketChannel server;
  private final Supervisor supervisor;
  private final Runnable afterShutdown;

  private ControlServer(ServerSocketChannel server, Supervisor supervisor, Runnable afterShutdown) {
    this.server = server;
    this.supervisor = supervisor;
    this.afterShutdown = afterShutdown;
  }

  /**
   * Listens until the process ends.
   *
   * @param afterShutdown called once the answer to a shutdown is on its way
   */
  static void serve(Path socket, Supervisor supervisor, Runnable listening, Runnable afterShutdown)
      throws IOException {
    Files.deleteIfExists(socket);
    try (var server = ServerSocketChannel.open(StandardProtocolFamily.UNIX)) {
      server.bind(UnixDomainSocketAddress.of(socket));
      listening.run();
      new ControlServer(server, supervisor, afterShutdown).acceptAll();
    }
  }

  private void acceptAll() throws IOException {
    while (true) {
      var channel = server.accept();
      Thread.ofVirtual().name("call").start(() -> hear(channel));
    }
  }

  /** Reads the call, lets another thread do it, and interrupts that when the caller is gone. */
  private void hear(SocketChannel channel) {
    try (var wire = new Wire(channel)) {
      var call = wire.read(Call.class);
      var work = Thread.ofVirtual().name("work").start(() -> work(call, wire));
      awaitHangUp(wire);
      work.interrupt();
      work.join();
      if (call instanceof Call.Shutdown) {
        afterShutdown.run();
      }
    } catch (IOException | UncheckedIOException e) {
      LOG.log(Level.WARNING, "a call can't be read", e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** The caller has its answer, calls the work off, or is gone. */
  private static void awaitHangUp(Wire wire) {
    try {
      wire.read(Call.class);
    } catch (IOException | UncheckedIOException e) {
      LOG.log(Level.FINE, "a caller has hung up", e);
    }
  }

  private void work(Call call, Wire wire) {
    try {
      wire.write(answer(call, new Caller(wire)));
    } catch (IOException e) {
      LOG.log(Level.FINE, "the caller has gone before its answer", e);
    }
  }

  // The edge of the process: whatever happens in a call, the caller has to hear of it.
  private Reply.Last answer(Call call, Listener caller) {
    try {
      return supervisor.answer(call, caller);
    } catch (ChangeFailedException e) {
      return e.failed();
    } catch (InterruptedException e) {
      return new Reply.Failed(
          FailureType.CONFLICT,
          "a newer change has called this one off",
          "Look at the environment's history for who changes it.",
          List.of());
    } catch (IOException | RuntimeException e) {
      LOG.log(Level.SEVERE, call + " failed", e);
      return new Reply.Failed(
          FailureType.INFRASTRUCTURE,
          "the environment's supervisor failed: " + e,
          "Look at supervisor.log in the environment's folder, and at the disk.",
          List.of());
    }
  }

  /** Says it to the caller; one who is gone does not hear it, and is noticed elsewhere. */
  private record Caller(Wire wire) implements Listener {
    @Override
    public void line(String text) {
      say(new Reply.Line(text));
    }

    @Override
    public void progress(String text) {
      LOG.info(text);
      say(new Reply.Progress(text));
    }

    private void say(Reply reply) {
      try {
        wire.write(reply);
      } catch (IOException e) {
        LOG.log(Level.FINE, "the caller is gone", e);
      }
    }
  }
}
