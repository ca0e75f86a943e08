package dev.slipway.activities.compose;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.slipway.action.FailureType;
import dev.slipway.activities.docker.EngineObjects;
import dev.slipway.activities.step.ActionTestKit;
import dev.slipway.evidence.TestResult;
import dev.slipway.evidence.TestResult.Basis;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** With the real plugin and a real engine; every image is made of the commit's own files. */
@Timeout(value = 300, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
final class DockerComposeTestIT {
  private static final String DATABASE =
      """
        db:
          build: {context: .}
          command: [sh, -c, "mkdir -p /www && echo @MARKER@ >/www/page && httpd -f -p 8080 -h /www"]
          ports: ["8080:8080"]
          volumes: ["data:/data"]
          healthcheck: {test: [CMD, wget, -q, -O-, "http://127.0.0.1:8080/page"], interval: 1s, retries: 20}
      """;

  private final DockerComposeTest action = new DockerComposeTest(System.getenv());
  private final String marker = "m" + UUID.randomUUID().toString().substring(0, 8);
  @TempDir private Path folder;
  private ActionTestKit kit;

  @BeforeEach
  void commit() throws IOException, InterruptedException {
    ComposeProgram.required();
    kit = ActionTestKit.in(folder).params("{}").timeout(Duration.ofMinutes(4));
    Files.copy(Path.of("/bin/busybox"), kit.source().resolve("busybox"));
    kit.file(
        "Dockerfile",
        "FROM scratch\nCOPY busybox /bin/busybox\nRUN [\"/bin/busybox\", \"--install\", \"-s\","
            + " \"/bin\"]\nWORKDIR /work\n");
  }

  @AfterEach
  void nothingIsLeft() throws IOException, InterruptedException {
    for (var kind : List.of("ps -aq", "network ls -q", "volume ls -q", "images -q")) {
      assertThat(docker(kind + " --filter label=dev.slipway.store=" + kit.store().identity()))
          .as(kind)
          .isBlank();
    }
  }

  private static String docker(String arguments) throws IOException, InterruptedException {
    var command = ("docker " + arguments).split(" ");
    var process = new ProcessBuilder(command).redirectErrorStream(true).start();
    var said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    process.waitFor();
    return said;
  }

  /** A file with a database and a test that runs a script. */
  private ActionTestKit compose(String script) {
    return file(
        "services:\n"
            + DATABASE.replace("@MARKER@", marker)
            + "  checks:\n    build: {context: .}\n    depends_on: {db: {condition:"
            + " service_healthy}}\n    command: [sh, -c, '"
            + script
            + "']\nvolumes: {data: {}}\n");
  }

  private ActionTestKit file(String content) {
    return kit.file("docker-compose.test.yml", content);
  }

  @Test
  void aTestThatReachesItsServicesPasses() throws Exception {
    var outcome = compose("wget -q -O- http://db:8080/page").perform(action);

    assertThat(outcome.evidence())
        .containsExactly(
            new TestResult("docker compose run checks", Basis.EXIT_CODE, 1, 0, 0, List.of()));
    assertThat(kit.log()).contains("\n" + marker).contains("no port is published");
  }

  @Test
  void theExitCodeCounts() throws Exception {
    var failure = compose("echo two and two are five; exit 3").failure(action);

    assertThat(failure.type()).isEqualTo(FailureType.TESTS_FAILED);
    assertThat(failure.happened()).isEqualTo("`docker compose run checks` ended with code 3");
    assertThat(failure.advice()).contains("two and two are five");
  }

  @ParameterizedTest
  @CsvSource({"1,true", "0,false"})
  void itsImagesAreBuiltAsTheWorkerWants(String buildKit, boolean mounts) throws Exception {
    kit.file(
        "Dockerfile",
        "FROM scratch\nCOPY busybox /bin/busybox\nRUN --mount=type=cache,target=/cache"
            + " [\"/bin/busybox\", \"test\", \"-d\", \"/cache\"]\n");
    file(
        """
        services:
          test:
            build: {context: .}
            command: [/bin/busybox, "true"]
        """);
    var env = new HashMap<>(System.getenv());
    env.put("DOCKER_BUILDKIT", buildKit);
    var chosen = new DockerComposeTest(env);

    if (mounts) {
      assertThat(kit.perform(action).evidence()).hasSize(1);
      assertThat(kit.log()).contains("BuildKit by ");
      assertThat(kit.nextRound().perform(chosen).evidence()).hasSize(1);
    } else {
      assertThat(kit.failure(chosen).type()).isEqualTo(FailureType.BUILD_FAILED);
    }
  }

  @Test
  void aPipelineFileDoesNotChooseTheBuilder() throws Exception {
    kit.file("ci/buildx/instances/theirs", "{}")
        .env("BUILDX_CONFIG", "ci/buildx")
        .env("BUILDX_BUILDER", "theirs")
        .env("EXPERIMENTAL_BUILDKIT_SOURCE_POLICY", "/none");

    assertThat(compose("wget -q -O- http://db:8080/page").perform(action).evidence()).hasSize(1);
  }

  @Test
  void reportsAreReadOutOfTheContainer() throws Exception {
    kit.file(
            "junit.xml",
            "<testsuite><testcase name=\"adds\"/><testcase name=\"halves\"/></testsuite>")
        .params("{'reports': ['out/*.xml']}");
    file(
        """
        services:
          test:
            build: {context: .}
            volumes: ["./junit.xml:/junit.xml:ro"]
            command: [sh, -c, "mkdir out && cp /junit.xml out/"]
        """);

    var outcome = kit.perform(action);

    assertThat(outcome.evidence())
        .containsExactly(new TestResult("out/junit.xml", Basis.REPORT, 2, 0, 0, List.of()));
    assertThat(outcome.artifacts()).hasSize(1);
  }

  @Test
  void anImageThatSomebodyHasUnderTheSameNameStays() throws Exception {
    kit.params("{}");
    var name = "slipway-of-somebody-else:latest";
    var built = docker("build -q -t " + name + " " + kit.source()).lines().toList().getLast();
    try {
      file(
          """
          services:
            test:
              image: %s
              build: {context: .}
              command: ["true"]
          """
              .formatted(name));

      kit.perform(action);

      assertThat(docker("image inspect --format {{.Id}} " + name).strip()).isEqualTo(built);
    } finally {
      docker("image rm " + name);
    }
  }

  @Test
  void aReportThatIsNotWrittenIsNoPass() throws Exception {
    var failure = compose("true").params("{'reports': 'out/junit.xml'}").failure(action);

    assertThat(failure.type()).isEqualTo(FailureType.TESTS_FAILED);
    assertThat(failure.happened()).contains("wrote none of the reports");
  }

  @Test
  void aReportThatLeadsOutOfTheContainerIsNotRead() throws Exception {
    var failure =
        compose("mkdir out && ln -s /etc/passwd out/junit.xml")
            .params("{'reports': 'out/*.xml'}")
            .failure(action);

    assertThat(failure.happened()).doesNotContain("passed");
    assertThat(failure.evidence()).isEmpty();
  }

  @Test
  void aServiceThatIsNotHealthyIsNamedWithItsLog() throws Exception {
    file(
        """
        services:
          db:
            build: {context: .}
            command: [sh, -c, "echo no disk; sleep 600"]
            healthcheck: {test: [CMD, "false"], interval: 1s, retries: 2}
          checks:
            build: {context: .}
            depends_on: [db]
            command: ["true"]
        """);

    var failure = kit.failure(action);

    assertThat(failure.type()).isEqualTo(FailureType.UNHEALTHY);
    assertThat(failure.happened()).endsWith("did not become healthy: db");
    assertThat(kit.log()).containsPattern("db-1\\s+\\| no disk");
  }

  @Test
  void aProgramThatIsNotThereIsNoFailedTest() throws Exception {
    file(
        """
        services:
          test:
            build: {context: .}
            command: [nothing-of-the-kind]
        """);

    var failure = kit.failure(action);

    assertThat(failure.type()).isEqualTo(FailureType.INFRASTRUCTURE);
    assertThat(failure.happened()).contains("did not run to its end");
  }

  @Test
  void aPreparationThatEndsIsAwaited() throws Exception {
    file(
        """
        services:
          prepare:
            build: {context: .}
            volumes: ["shared:/shared"]
            command: [sh, -c, "echo ready >/shared/state"]
          checks:
            build: {context: .}
            volumes: ["shared:/shared"]
            depends_on: {prepare: {condition: service_completed_successfully}}
            command: [grep, ready, /shared/state]
        volumes: {shared: {}}
        """);

    assertThat(kit.perform(action).evidence()).hasSize(1);
  }

  @Test
  void aTestPastItsTimeLeavesNothing() throws Exception {
    var failure = compose("sleep 600").timeout(Duration.ofSeconds(40)).failure(action);

    assertThat(failure.type()).isEqualTo(FailureType.TIMEOUT);
  }

  @Test
  void whatADeadWorkerLeftIsSwept() throws Exception {
    var labels = EngineObjects.labels(kit.store().identity(), "app/1/test/unit/1");
    var asDead = new StringBuilder();
    for (var label : labels.entrySet()) {
      var value = label.getKey().endsWith(".worker") ? "4194303-1" : label.getValue();
      asDead.append(" --label ").append(label.getKey()).append('=').append(value);
    }
    docker("network create" + asDead + " " + marker);
    docker("volume create" + asDead + " " + marker);
    var alive = new StringBuilder();
    labels.forEach((key, value) -> alive.append(" --label ").append(key).append('=').append(value));
    docker("volume create" + alive + " " + marker + "alive");

    EngineObjects.removeOfDeadWorkers(kit.store().identity());

    assertThat(docker("network ls")).doesNotContain(marker);
    assertThat(docker("volume ls -q").lines().filter(name -> name.startsWith(marker)))
        .containsExactly(marker + "alive");
    EngineObjects.removeOfStep(kit.store().identity(), "app/1/test/unit/1");
  }

  @Test
  void whatAnEarlierAttemptLeftIsGoneBeforeTheNextBegins() throws Exception {
    var labels = new StringBuilder();
    EngineObjects.labels(kit.store().identity(), kit.request().key().path())
        .forEach((key, value) -> labels.append(" --label ").append(key).append('=').append(value));
    docker("volume create" + labels + " " + marker);

    compose("true").perform(action);

    await().atMost(Duration.ofSeconds(5)).until(() -> !docker("volume ls -q").contains(marker));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "privileged: true | `privileged` of service `test`",
        "network_mode: host | `network_mode` of service `test` is host",
        "pid: host | `pid` of service `test` is host",
        "ipc: host | `ipc` of service `test` is host",
        "volumes: ['/var/run/docker.sock:/var/run/docker.sock'] | `volumes` of service `test` leads",
        "volumes: ['../..:/up'] | `volumes` of service `test` leads",
        "devices: ['/dev/null:/dev/x'] | `devices` of service `test`",
        "cap_add: [SYS_ADMIN] | `cap_add` of service `test` has SYS_ADMIN",
        "security_opt: ['seccomp:unconfined'] | `security_opt` of service `test` has",
        "container_name: mine | `container_name` of service `test`",
        "env_file: [/etc/passwd] | `env_file` is /etc/passwd",
        "env_file: '${HOME}/x' | does not name a file of the commit",
        "<<: {env_file: [{path: ../../x}]} | `env_file` is ../../x",
        "extends: {file: /etc/x.yml, service: a} | `extends` with another `file`",
        "label_file: /etc/passwd | `label_file` is not supported",
        "build: {context: /etc} | `build.context` of service `test` leads",
        "build: {context: ., dockerfile: /etc/hostname} | `build.dockerfile` of service `test` leads",
        "build: {context: ., dockerfile: ../../Dockerfile} | `build.dockerfile` of service `test`",
        "use_api_socket: true | service `test`",
        "userns_mode: host | `userns_mode` of service `test`"
      })
  void whatATestDoesNotNeedIsRefusedByName(String field, String said) throws Exception {
    file("services:\n  test:\n    image: scratch\n    %s\n".formatted(field));

    var failure = kit.failure(action);

    assertThat(failure.type()).isEqualTo(FailureType.CONFIGURATION);
    assertThat(failure.happened()).startsWith("the compose file is refused: ").contains(said);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "volumes: {data: {external: true}} | `external` of `data` of `volumes`",
        "volumes: {data: {name: others}} | `name` of `data` of `volumes`",
        "volumes: {data: {driver_opts: {type: none, o: bind, device: /}}} | `driver_opts`",
        "secrets: {data: {file: /etc/passwd}} | `file` of `data` of `secrets`"
      })
  void whatIsNotTheProjectsOwnIsRefused(String field, String said) throws Exception {
    var use = field.startsWith("volumes") ? "volumes: ['data:/data']" : "secrets: [data]";
    file("services:\n  test:\n    image: scratch\n    %s\n%s\n".formatted(use, field));

    assertThat(kit.failure(action).happened()).contains(said);
  }

  @Test
  void anAmbiguousTestIsNotGuessed() throws Exception {
    file("services:\n  a: {image: scratch}\n  b: {image: scratch}\n");

    var failure = kit.failure(action);
    var named = kit.nextRound().params("{'service': 'c'}").failure(action);

    assertThat(failure.type()).isEqualTo(FailureType.CONFIGURATION);
    assertThat(failure.happened()).isEqualTo("which service is the test can't be told: a, b");
    assertThat(named.advice()).startsWith("It has a, b.");
  }

  @Test
  void aFileThatIsNoComposeFileIsSaid() throws Exception {
    var failure = file("services: [").failure(action);
    var absent = kit.nextRound().params("{'composeFile': 'none.yml'}").failure(action);

    assertThat(failure.type()).isEqualTo(FailureType.CONFIGURATION);
    assertThat(absent.happened()).isEqualTo("the commit has no compose file `none.yml`");
  }

  @Test
  void aMissingPluginIsSaidWithHowToInstallIt() throws Exception {
    var empty = Files.createDirectories(folder.resolve("empty"));
    kit.workerEnv("HOME", empty.toString());
    file("services:\n  test: {image: scratch}\n");

    var failure = kit.failure(new DockerComposeTest(Map.of("DOCKER_CONFIG", empty.toString())));

    assertThat(failure.type()).isEqualTo(FailureType.CONFIGURATION);
    assertThat(failure.advice()).contains("plugin compose");
  }
}
