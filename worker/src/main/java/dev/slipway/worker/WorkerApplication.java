package dev.slipway.worker;

import dev.slipway.worker.engine.Configured;
import dev.slipway.worker.engine.EngineFailedException;
import java.util.concurrent.CountDownLatch;

/**
 * A worker as a process of its own, for production: it needs a configured engine, and ends in good
 * order on SIGTERM.
 */
public final class WorkerApplication {
  private WorkerApplication() {}

  /** Exits with 2 when the engine or a setting is wrong. */
  public static void main(String[] arguments) throws InterruptedException {
    try {
      var settings = WorkerSettings.of(System.getenv());
      var engine =
          Configured.of(System.getenv())
              .orElseThrow(
                  () ->
                      new EngineFailedException(
                          "no Temporal is configured",
                          "set TEMPORAL_ADDRESS to host:port; on one machine, slipway server"
                              + " brings its own",
                          null));
      var ended = new CountDownLatch(1);
      var worker = RunningWorker.start(() -> engine, settings, "worker");
      Runtime.getRuntime()
          .addShutdownHook(
              new Thread(
                  () -> {
                    worker.close();
                    ended.countDown();
                  },
                  "shutdown"));
      System.err.printf(
          "slipway worker: polling %s, namespace %s, serves %s%n",
          engine.address(), engine.namespace(), settings.duties());
      ended.await();
    } catch (EngineFailedException e) {
      System.err.printf("slipway worker: %s%n  %s%n", e.getMessage(), e.advice());
      System.exit(2);
    } catch (IllegalArgumentException e) {
      System.err.printf("slipway worker: %s%n", e.getMessage());
      System.exit(2);
    }
  }
}
