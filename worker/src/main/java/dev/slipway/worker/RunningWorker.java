package dev.slipway.worker;

import dev.slipway.activities.store.FolderStore;
import dev.slipway.worker.engine.EngineDescription;
import dev.slipway.worker.engine.EngineFailedException;
import dev.slipway.worker.engine.EngineSource;
import io.temporal.client.WorkflowClient;
import java.util.Map;
import java.util.TreeMap;
import org.springframework.beans.factory.BeanCreationException;
import org.springframework.boot.Banner;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.support.GenericApplicationContext;

/** A worker inside of this process, from its start until it is closed. */
public final class RunningWorker implements AutoCloseable {
  private final ConfigurableApplicationContext context;

  private RunningWorker(ConfigurableApplicationContext context) {
    this.context = context;
  }

  /**
   * Opens the engine, connects to it and starts polling.
   *
   * @param logName names the log in the home: {@code server} or {@code worker}
   * @throws EngineFailedException when the engine or the home can't be used
   */
  public static RunningWorker start(EngineSource engine, WorkerSettings settings, String logName)
      throws EngineFailedException {
    requireStore(settings);
    var application =
        new SpringApplicationBuilder(WorkerConfiguration.class)
            .web(WebApplicationType.NONE)
            .bannerMode(Banner.Mode.OFF)
            .logStartupInfo(false)
            .registerShutdownHook(false)
            .properties(new TreeMap<String, Object>(logging(settings, logName)))
            .initializers(
                context -> register((GenericApplicationContext) context, engine, settings));
    try {
      return new RunningWorker(application.run());
    } catch (BeanCreationException e) {
      for (Throwable cause = e; cause != null; cause = cause.getCause()) {
        if (cause instanceof EngineFailedException failure) {
          throw failure;
        }
      }
      throw e;
    }
  }

  /** With a store of its own it would know no artifact, and begin another ledger. */
  private static void requireStore(WorkerSettings settings) throws EngineFailedException {
    var store = settings.home().store();
    if (!settings.duties().control() && !FolderStore.isMade(store)) {
      throw new EngineFailedException(
          "there is no store in %s, and a worker that serves %s makes none"
              .formatted(store, settings.duties()),
          "start a worker with SLIPWAY_SERVES=control first, and share the folders store and git of"
              + " its home with this one",
          null);
    }
  }

  private static void register(
      GenericApplicationContext beans, EngineSource engine, WorkerSettings settings) {
    beans.registerBean(EngineSource.class, () -> engine);
    beans.registerBean(WorkerSettings.class, () -> settings);
  }

  private static Map<String, String> logging(WorkerSettings settings, String logName) {
    return Map.of(
        "logging.file.name", settings.home().logs().resolve(logName + ".log").toString(),
        "logging.threshold.console", "off",
        "logging.logback.rollingpolicy.max-file-size", "10MB",
        "logging.logback.rollingpolicy.max-history", "5",
        "logging.logback.rollingpolicy.total-size-cap", "100MB");
  }

  /** A client of the engine, for as long as the worker runs. */
  public WorkflowClient client() {
    return context.getBean(WorkflowClient.class);
  }

  public EngineDescription engine() {
    return context.getBean(EngineDescription.class);
  }

  /** Ends the workers, then the connection, then the engine. */
  @Override
  public void close() {
    context.close();
  }
}
