package dev.slipway.run;

import dev.slipway.environment.EnvironmentId;
import dev.slipway.environment.EnvironmentQueue;
import dev.slipway.environment.EnvironmentWorkflowImpl;
import dev.slipway.json.Payloads;
import dev.slipway.notification.NotificationWorkflowImpl;
import io.temporal.activity.Activity;
import io.temporal.api.enums.v1.IndexedValueType;
import io.temporal.api.testservice.v1.LockTimeSkippingRequest;
import io.temporal.api.testservice.v1.TestServiceGrpc;
import io.temporal.api.testservice.v1.UnlockTimeSkippingRequest;
import io.temporal.client.WorkflowClient;
import io.temporal.client.WorkflowClientOptions;
import io.temporal.testing.TestEnvironmentOptions;
import io.temporal.testing.TestWorkflowEnvironment;
import io.temporal.worker.Worker;
import io.temporal.worker.WorkerFactory;
import io.temporal.worker.WorkerFactoryOptions;
import io.temporal.worker.WorkerOptions;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.awaitility.Awaitility;

/**
 * The embedded engine, whose time passes as fast as a test waits for a run's end, with a worker.
 * One for every test of this JVM, since each acts in a {@link World} of its own, or one alone where
 * a test stops the worker.
 */
final class Engine implements AutoCloseable {
  /**
   * A busy machine takes seconds to load the classes that the first workflow needs, and the SDK
   * would take that for a deadlock.
   */
  private static final Duration BUSY_MACHINE = Duration.ofSeconds(30);

  private static final AtomicInteger WORLDS = new AtomicInteger();

  private final Map<String, World> worlds = new ConcurrentHashMap<>();
  private final TestWorkflowEnvironment temporal;

  /** The embedded engine never takes back what it has put up for a worker that is gone. */
  private final Duration waitsForSameWorker;

  private WorkerFactory worker;

  private static final class Shared {
    private static final Engine ENGINE = new Engine(600);
  }

  static {
    Awaitility.setDefaultTimeout(Duration.ofSeconds(60));
    Awaitility.setDefaultPollInterval(Duration.ofMillis(10));
  }

  private Engine(int cachedRuns) {
    var factory =
        WorkerFactoryOptions.newBuilder()
            .setWorkflowCacheSize(cachedRuns)
            .setUsingVirtualWorkflowThreads(true)
            .build();
    var options =
        TestEnvironmentOptions.newBuilder()
            .setWorkflowClientOptions(
                WorkflowClientOptions.newBuilder()
                    .setDataConverter(Payloads.converter())
                    .setIdentity("test")
                    .build())
            .setWorkerFactoryOptions(factory);
    SearchAttributes.ALL.forEach(
        key ->
            options.registerSearchAttribute(
                key.getName(), IndexedValueType.INDEXED_VALUE_TYPE_KEYWORD));
    waitsForSameWorker = cachedRuns == 0 ? Duration.ZERO : Duration.ofSeconds(5);
    temporal = TestWorkflowEnvironment.newInstance(options.build());
    worker = temporal.getWorkerFactory();
    register(worker);
    worker.start();
  }

  /** The one that tests share. */
  static Engine shared() {
    return Shared.ENGINE;
  }

  /** One whose worker can be stopped; it keeps no run in memory, as after a restart. */
  static Engine alone() {
    return new Engine(0);
  }

  /** A world in which nothing has happened yet. */
  World world() {
    var application = "shop-" + WORLDS.incrementAndGet();
    var world = new World(this, application);
    worlds.put(application, world);
    return world;
  }

  World world(String application) {
    var world = worlds.get(application);
    if (world == null) {
      throw new IllegalStateException("no world for " + application);
    }
    return world;
  }

  WorkflowClient client() {
    return temporal.getWorkflowClient();
  }

  /** Does something when that much time has passed. */
  void after(Duration time, Runnable then) {
    temporal.registerDelayedCallback(time, then);
  }

  /** Lets time pass. */
  void passes(Duration time) {
    temporal.sleep(time);
  }

  /**
   * Lets time pass while a run has something to see and no worker sees it, which stops the engine's
   * time otherwise.
   */
  void passesUnseen(Duration time) {
    clock().unlockTimeSkipping(UnlockTimeSkippingRequest.getDefaultInstance());
    passes(time);
    clock().lockTimeSkipping(LockTimeSkippingRequest.getDefaultInstance());
  }

  /**
   * Time skips no further while an activity is under way; the engine forgets to let it go again
   * when the run ends before its activity.
   */
  void forgetsActivity() {
    clock().unlockTimeSkipping(UnlockTimeSkippingRequest.getDefaultInstance());
  }

  private TestServiceGrpc.TestServiceBlockingStub clock() {
    return TestServiceGrpc.newBlockingStub(temporal.getWorkflowServiceStubs().getRawChannel());
  }

  /** Lets time pass until then. */
  void passesUntil(Instant then) {
    passes(Duration.ofMillis(then.toEpochMilli() - temporal.currentTimeMillis()));
  }

  /** A worker that knows the workflows, to replay histories on. */
  Worker replayer() {
    return temporal.getWorkerFactory().getWorker(PipelineWorkflow.TASK_QUEUE);
  }

  void stopWorker() {
    worker.shutdownNow();
    worker.awaitTermination(20, TimeUnit.SECONDS);
  }

  void startWorker() {
    worker = forgetful();
    register(worker);
    worker.start();
  }

  void startWorkerWithoutBuilds() {
    worker = forgetful();
    registerControl(worker);
    worker.start();
  }

  private WorkerFactory forgetful() {
    return WorkerFactory.newInstance(
        client(), WorkerFactoryOptions.newBuilder().setWorkflowCacheSize(0).build());
  }

  /** Starts a worker that serves this environment alone. */
  WorkerFactory serves(EnvironmentId environment) {
    var factory = WorkerFactory.newInstance(client());
    var activities = new WorldActivities(this, Engine::called);
    factory
        .newWorker(EnvironmentQueue.name(environment), options())
        .registerActivitiesImplementations(activities, activities.steps());
    factory.start();
    return factory;
  }

  private void register(WorkerFactory factory) {
    registerControl(factory);
    factory
        .newWorker(PipelineWorkflow.BUILD_QUEUE, options())
        .registerActivitiesImplementations(new WorldActivities(this, Engine::called).steps());
  }

  private void registerControl(WorkerFactory factory) {
    var activities = new WorldActivities(this, Engine::called);
    var main = factory.newWorker(PipelineWorkflow.TASK_QUEUE, options());
    main.registerWorkflowImplementationTypes(
        PipelineWorkflowImpl.class, EnvironmentWorkflowImpl.class, NotificationWorkflowImpl.class);
    main.registerActivitiesImplementations(activities, activities.steps());
  }

  private static String called() {
    var activity = Activity.getExecutionContext().getInfo();
    return activity.getActivityTaskQueue() + ": " + activity.getActivityType();
  }

  private WorkerOptions options() {
    return WorkerOptions.newBuilder()
        .setDefaultDeadlockDetectionTimeout(BUSY_MACHINE.toMillis())
        .setStickyQueueScheduleToStartTimeout(waitsForSameWorker)
        .setMaxHeartbeatThrottleInterval(Duration.ofMillis(20))
        .setDefaultHeartbeatThrottleInterval(Duration.ofMillis(20))
        .build();
  }

  @Override
  public void close() {
    temporal.close();
  }
}
