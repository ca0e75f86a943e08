package dev.slipway.worker;

import dev.slipway.environment.EnvironmentQueue;
import dev.slipway.run.PipelineWorkflow;
import dev.slipway.worker.engine.Engine;
import io.temporal.client.WorkflowClient;
import io.temporal.worker.WorkerFactory;
import io.temporal.worker.WorkerFactoryOptions;
import io.temporal.worker.WorkerOptions;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The workers of a process, one for each task queue that it takes from: many slots for what must
 * never wait, as many as cores for builds.
 */
public final class Workers implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(Workers.class);
  private static final int CONTROL_SLOTS = 200;

  /** The SDK's second is too short for a cold process on a busy laptop, which loads classes. */
  private static final Duration DEADLOCK = Duration.ofSeconds(10);

  private static final Duration STOP_LIMIT = Duration.ofSeconds(15);

  private final WorkerFactory factory;
  private final Duration shutdownLimit;

  private Workers(WorkerFactory factory, Duration shutdownLimit) {
    this.factory = factory;
    this.shutdownLimit = shutdownLimit;
  }

  /** Starts polling. */
  public static Workers start(
      WorkflowClient client, Engine engine, Hosted hosted, WorkerSettings settings) {
    var factory =
        WorkerFactory.newInstance(
            client, WorkerFactoryOptions.newBuilder().setUsingVirtualWorkflowThreads(true).build());
    var duties = settings.duties();
    if (duties.control()) {
      var control =
          factory.newWorker(PipelineWorkflow.TASK_QUEUE, options(engine, CONTROL_SLOTS).build());
      control.registerWorkflowImplementationTypes(hosted.workflows().toArray(Class<?>[]::new));
      control.registerActivitiesImplementations(hosted.activities().toArray());
    }
    if (duties.build()) {
      factory
          .newWorker(PipelineWorkflow.BUILD_QUEUE, options(engine, settings.buildSlots()).build())
          .registerActivitiesImplementations(hosted.buildActivities().toArray());
    }
    for (var environment : duties.environments()) {
      factory
          .newWorker(EnvironmentQueue.name(environment), options(engine, CONTROL_SLOTS).build())
          .registerActivitiesImplementations(hosted.environmentActivities().toArray());
    }
    factory.start();
    return new Workers(factory, settings.shutdownLimit());
  }

  private static WorkerOptions.Builder options(Engine engine, int slots) {
    return WorkerOptions.newBuilder()
        .setUsingVirtualThreads(true)
        .setDefaultDeadlockDetectionTimeout(DEADLOCK.toMillis())
        .setMaxConcurrentActivityExecutionSize(slots)
        .setStickyQueueScheduleToStartTimeout(engine.stickyScheduleToStart());
  }

  /** Takes no new tasks, lets steps go on for a while, and stops what is left. */
  @Override
  public void close() {
    factory.shutdown();
    factory.awaitTermination(shutdownLimit.toMillis(), TimeUnit.MILLISECONDS);
    if (!factory.isTerminated()) {
      LOG.info("stopping the steps that still work; the next worker does them again");
      factory.shutdownNow();
      factory.awaitTermination(STOP_LIMIT.toMillis(), TimeUnit.MILLISECONDS);
    }
  }
}
