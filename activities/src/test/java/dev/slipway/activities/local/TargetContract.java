package dev.slipway.activities.local;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.slipway.action.FailureType;
import dev.slipway.activities.frontend.ManifestBuilder;
import dev.slipway.activities.step.StepLog;
import dev.slipway.activities.store.Store;
import dev.slipway.activities.target.Target;
import dev.slipway.activities.target.Target.RolloutSettings;
import dev.slipway.artifact.ArtifactRef;
import dev.slipway.artifact.Digest;
import dev.slipway.environment.EnvironmentId;
import dev.slipway.environment.LocalDeployment;
import dev.slipway.environment.ReleaseLabels;
import dev.slipway.pipeline.EnvironmentSpec.LocalRun;
import dev.slipway.step.StepFailedException;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What every target promises. An implementation's test gives the target and a release's parts. */
abstract class TargetContract {
  static final EnvironmentId STAGING = new EnvironmentId("shop", "staging");
  static final ArtifactRef ARTIFACT = TestArtifacts.replica();

  private static final HttpClient CLIENT = HttpClient.newHttpClient();

  private static long token;

  final Queue<String> said = new ConcurrentLinkedQueue<>();
  final StepLog log =
      new StepLog() {
        @Override
        public void line(String text) {
          said.add(text);
        }

        @Override
        public void progress(String text) {
          said.add(text);
        }
      };

  abstract Target target();

  abstract Store store();

  /** A folder for the sites of a test. */
  abstract Path sites();

  static LocalDeployment release(long number, int replicas, Map<String, String> env) {
    var run =
        new LocalRun(List.of("node", "server.js"), "PORT", "/health", List.of("/"), replicas, env);
    return new LocalDeployment(
        new ReleaseLabels(
            STAGING,
            number,
            100 + number,
            "c0ffee" + number,
            ARTIFACT.digest(),
            LocalDeployment.configuration(run, null),
            null),
        ARTIFACT,
        run,
        null,
        replicas);
  }

  static LocalDeployment release(long number) {
    return release(number, 2, Map.of());
  }

  void apply(LocalDeployment wanted) throws Exception {
    apply(wanted, nextToken());
  }

  void apply(LocalDeployment wanted, long token) throws Exception {
    target().apply(STAGING, wanted, RolloutSettings.DEFAULT, token, log);
  }

  void publish(Optional<Digest> manifest) throws Exception {
    target().publish(STAGING, manifest, nextToken(), log);
  }

  long nextToken() {
    return ++token;
  }

  HttpResponse<String> get(String path) throws Exception {
    return get(target().url(STAGING).resolve(path));
  }

  static HttpResponse<String> get(URI address) throws IOException, InterruptedException {
    return CLIENT.send(HttpRequest.newBuilder(address).build(), BodyHandlers.ofString());
  }

  /** Ends one replica; a request that may not be repeated reaches no other one. */
  static void crash(URI url) {
    try {
      var request =
          HttpRequest.newBuilder(url.resolve("/crash")).POST(BodyPublishers.noBody()).build();
      assertThat(CLIENT.send(request, BodyHandlers.ofString()).statusCode()).isEqualTo(503);
    } catch (IOException | InterruptedException e) {
      throw new IllegalStateException("the proxy did not answer", e);
    }
  }

  static FailureType failureOf(ThrowingWork work) {
    var failed = new AtomicReference<FailureType>();
    assertThatThrownBy(work::run)
        .isInstanceOfSatisfying(StepFailedException.class, e -> failed.set(e.failure().type()));
    return failed.get();
  }

  interface ThrowingWork {
    void run() throws Exception;
  }

  @AfterEach
  void emptyTheEnvironment() throws Exception {
    target().stop(STAGING, nextToken(), log);
    publish(Optional.empty());
  }

  @Test
  void firstDeploymentServesWhatItSaysItRuns() throws Exception {
    assertThat(target().running(STAGING)).isEmpty();

    apply(release(1));

    assertThat(get("/").body()).isEqualTo("hello from release 1");
    assertThat(target().running(STAGING)).contains(release(1));
    assertThat(said).anyMatch(line -> line.startsWith("2 of 2 replicas on release 1"));
  }

  @Test
  void whatRunsAlreadyIsLeftAlone() throws Exception {
    apply(release(1));
    var before = pids();

    apply(release(1));

    assertThat(pids()).isEqualTo(before);
  }

  @Test
  void rollingForthAndBackFailsNoRequest() throws Exception {
    apply(release(1));
    var traffic = Traffic.of(8, target().url(STAGING));
    try {
      await().until(() -> traffic.requests() > 100);

      apply(release(2));
      assertThat(get("/").body()).isEqualTo("hello from release 2");
      apply(release(1));

      var seen = traffic.requests();
      await().until(() -> traffic.requests() > seen + 100);
    } finally {
      traffic.end();
    }

    assertThat(traffic.failures()).isEmpty();
    assertThat(get("/").body()).isEqualTo("hello from release 1");
  }

  @Test
  void anotherConfigurationIsAnotherRelease() throws Exception {
    apply(release(1, 1, Map.of("ANSWER", "good morning")));
    apply(release(1, 1, Map.of("ANSWER", "good night")));

    assertThat(get("/").body()).startsWith("good night");
  }

  @Test
  void theNumberOfReplicasCanChange() throws Exception {
    apply(release(1, 1, Map.of()));
    apply(release(1, 3, Map.of()));
    assertThat(pids()).hasSize(3);

    apply(release(1, 2, Map.of()));

    assertThat(pids()).hasSize(2);
  }

  @Test
  void aReplicaThatCrashesAtStartSaysWhyAndTheOldOnesGoOn() throws Exception {
    apply(release(1));

    assertThatThrownBy(() -> apply(release(2, 2, Map.of("MODE", "crash"))))
        .isInstanceOfSatisfying(
            StepFailedException.class,
            e -> {
              assertThat(e.failure().type()).isEqualTo(FailureType.UNHEALTHY);
              assertThat(e.failure().happened()).contains("exited with code 1");
              assertThat(e.failure().lastLines()).anyMatch(l -> l.contains("price list"));
            });

    assertThat(get("/").body()).isEqualTo("hello from release 1");
    assertThat(target().running(STAGING)).contains(release(1));
  }

  @Test
  void aReplicaThatNeverGetsHealthySaysWhatItAnswered() throws Exception {
    assertThatThrownBy(() -> apply(release(1, 1, Map.of("MODE", "sick"))))
        .isInstanceOfSatisfying(
            StepFailedException.class,
            e ->
                assertThat(e.failure().happened())
                    .contains("/health answered 503 {\"database\":\"down\"}"));

    assertThat(target().running(STAGING)).isEmpty();
  }

  @Test
  void aLowerFencingTokenChangesNothing() throws Exception {
    var late = nextToken();
    apply(release(1));

    assertThat(failureOf(() -> apply(release(2), late))).isEqualTo(FailureType.CONFLICT);
    assertThat(failureOf(() -> target().stop(STAGING, late, log))).isEqualTo(FailureType.CONFLICT);
    assertThat(failureOf(() -> target().publish(STAGING, Optional.empty(), late, log)))
        .isEqualTo(FailureType.CONFLICT);

    assertThat(get("/").body()).isEqualTo("hello from release 1");
  }

  @Test
  void aStoppedRolloutLeavesAllTrafficOnHealthyReplicasAndTheNextConverges() throws Exception {
    apply(release(1, 3, Map.of()));
    var traffic = Traffic.of(4, target().url(STAGING));
    try {
      var rollout =
          Thread.ofVirtual()
              .start(
                  () -> {
                    try {
                      apply(release(2, 3, Map.of()));
                    } catch (Exception e) {
                      said.add("ended by " + e.getClass().getSimpleName());
                    }
                  });
      await()
          .until(() -> said.stream().anyMatch(l -> l.startsWith("1 of 3 replicas on release 2")));

      rollout.interrupt();
      rollout.join();
      assertThat(said).contains("ended by InterruptedException");
      apply(release(1, 3, Map.of()));
    } finally {
      traffic.end();
    }

    assertThat(traffic.failures()).isEmpty();
    assertThat(pids()).hasSize(3);
    assertThat(target().running(STAGING)).contains(release(1, 3, Map.of()));
  }

  @Test
  void whatIsStoppedServesNothing() throws Exception {
    apply(release(1));

    target().stop(STAGING, nextToken(), log);

    assertThat(target().running(STAGING)).isEmpty();
    assertThat(get("/").statusCode()).isEqualTo(503);
  }

  @Test
  void aProbeOfHealthyReplicasFindsNothingAndCountsItsLooks() throws Exception {
    apply(release(1));

    var probe = target().probe(STAGING, Duration.ofMillis(300), Duration.ofMillis(50), log);

    assertThat(probe.problems()).isEmpty();
    assertThat(probe.passed()).isGreaterThan(8);
    assertThat(probe.failed()).isZero();
  }

  @Test
  void aProbeOfNothingIsAProblem() throws Exception {
    var probe = target().probe(STAGING, Duration.ZERO, Duration.ofMillis(50), log);

    assertThat(probe.problems()).containsExactly("no replica runs");
    assertThat(probe.passed()).isZero();
  }

  @Test
  void aReplicaThatRestartsDuringAProbeIsAProblem() throws Exception {
    apply(release(1));
    var url = target().url(STAGING);
    var crash = Thread.ofVirtual().start(() -> crash(url));

    var probe = target().probe(STAGING, Duration.ofSeconds(10), Duration.ofMillis(50), log);
    crash.join();

    // Whichever look comes first sees the process gone or nobody answering: both are the crash.
    assertThat(probe.problems())
        .isNotEmpty()
        .anyMatch(p -> p.contains("exited with code 7") || p.contains("connection refused"));
  }

  @Test
  void aPublishedFrontendIsServedAsItsNamesAllow() throws Exception {
    var site = site("one", Map.of("index.html", "page one", "assets/app-BsG3kT2a.js", "let one"));

    publish(Optional.of(site));

    assertThat(target().published(STAGING)).contains(site);
    var page = get("/");
    assertThat(page.body()).isEqualTo("page one");
    assertThat(page.headers().firstValue("Cache-Control")).contains("no-cache");
    assertThat(page.headers().firstValue("Content-Type")).contains("text/html; charset=utf-8");
    var script = get("/assets/app-BsG3kT2a.js");
    assertThat(script.body()).isEqualTo("let one");
    assertThat(script.headers().firstValue("Cache-Control"))
        .contains("public, max-age=31536000, immutable");
  }

  @Test
  void aBrowserThatHasTheFileIsToldSo() throws Exception {
    var site = site("one", Map.of("index.html", "page one"));
    publish(Optional.of(site));
    var tag = get("/index.html").headers().firstValue("ETag").orElseThrow();

    var request =
        HttpRequest.newBuilder(target().url(STAGING).resolve("/"))
            .header("If-None-Match", tag)
            .build();
    var answer = CLIENT.send(request, BodyHandlers.ofString());

    assertThat(answer.statusCode()).isEqualTo(304);
    assertThat(answer.body()).isEmpty();
  }

  @Test
  void olderHashedFilesStayWhenTheFrontendSwitchesForthAndBack() throws Exception {
    var one = site("one", Map.of("index.html", "page one", "assets/app-BsG3kT2a.js", "let one"));
    var two = site("two", Map.of("index.html", "page two", "assets/app-CsG3kT2b.js", "let two"));
    publish(Optional.of(one));

    publish(Optional.of(two));
    assertThat(get("/").body()).isEqualTo("page two");
    assertThat(get("/assets/app-BsG3kT2a.js").body()).isEqualTo("let one");

    publish(Optional.of(one));
    assertThat(get("/").body()).isEqualTo("page one");
    assertThat(get("/assets/app-CsG3kT2b.js").body()).isEqualTo("let two");

    publish(Optional.empty());
    assertThat(get("/").statusCode()).isEqualTo(503);
    assertThat(get("/assets/app-BsG3kT2a.js").statusCode()).isEqualTo(200);
    assertThat(target().published(STAGING)).isEmpty();
  }

  @Test
  void aFileThatIsKeptForEverCanNotChange() throws Exception {
    var one = site("one", Map.of("index.html", "page one", "assets/app-BsG3kT2a.js", "let one"));
    var two = site("two", Map.of("index.html", "page two", "assets/app-BsG3kT2a.js", "let two"));
    publish(Optional.of(one));

    assertThat(failureOf(() -> publish(Optional.of(two)))).isEqualTo(FailureType.FINDINGS);

    assertThat(get("/").body()).isEqualTo("page one");
  }

  @Test
  void whatTheFrontendLacksIsForTheApplication() throws Exception {
    apply(release(1));
    var site = site("one", Map.of("index.html", "page one", "favicon.ico", "icon"));
    publish(Optional.of(site));

    assertThat(get("/").body()).isEqualTo("page one");
    assertThat(get("/favicon.ico").body()).isEqualTo("icon");
    assertThat(get("/other").body()).isEqualTo("hello from release 1");
    assertThat(get("/..%2f..%2fstate.json").body()).isEqualTo("hello from release 1");
  }

  /** Keeps a frontend of these files. */
  Digest site(String name, Map<String, String> files) throws Exception {
    var site = sites().resolve(name + nextToken());
    for (var file : files.entrySet()) {
      var path = site.resolve(file.getKey());
      Files.createDirectories(path.resolveSibling(""));
      Files.writeString(path, file.getValue());
    }
    return new ManifestBuilder(store()).keep(site).digest();
  }

  /** The processes that answer, seen through the door. */
  Set<String> pids() throws Exception {
    var pids = new HashSet<String>();
    var url = target().url(STAGING).resolve("/pid");
    for (var request = 0; request < 20; request++) {
      pids.add(get(url).body());
    }
    return pids;
  }
}
