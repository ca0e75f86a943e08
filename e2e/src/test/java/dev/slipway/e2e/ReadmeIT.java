package dev.slipway.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The README as its reader would follow it, from an empty folder. */
class ReadmeIT {
  private static final Duration LIMIT = Duration.ofMinutes(4);
  private static final Duration LOOK = Duration.ofSeconds(1);
  private static final Pattern WORD = Pattern.compile("\"([^\"]*)\"|'([^']*)'|(\\S+)");

  @TempDir private Path folder;
  private final Set<String> typed = new LinkedHashSet<>();
  private Slipway slipway;
  private Page readme;
  private Path tiny;

  @BeforeEach
  void start() throws Exception {
    slipway = Slipway.on(Slipway.Engine.DEVELOPMENT_SERVER);
    readme = Page.read("README.md");
    tiny = folder.resolve("tiny");
  }

  @AfterEach
  void stop() throws Exception {
    slipway.close();
  }

  @Test
  void itsPipelineIsTheOneOfTheExample() throws Exception {
    assertThat(readme.pipeline())
        .isEqualTo(Files.readString(Slipway.PROJECT.resolve("examples/tiny/slipway.yaml")));
  }

  @Test
  void everyCommandDoesWhatItSays() throws Exception {
    var first = beginAsWritten();
    awaitQuestion("tiny/1");
    assertThat(type("slipway status")).contains("Release", "slipway approve tiny/1");
    type("slipway approve");
    assertThat(ended(first)).isZero();
    assertThat(type("slipway live")).contains("tiny/production  1 ", "tiny/staging");
    assertThat(type("slipway history production")).contains("released");
    look();

    change("Hello", "Good day");
    assertThat(type("slipway plan"))
        .contains("tiny/production  release 2 would be commit", "nothing was changed");
    type("slipway run --detach");
    typed.add("slipway run");
    awaitQuestion("tiny/2");
    signal();
    assertThat(type("slipway watch")).contains("tiny/2  succeeded", "approved by grace");
    assertThat(type("slipway rollback production --dry-run")).contains("nothing was changed");
    assertThat(type("slipway rollback production")).contains("runs release 1 again");
    var held = git("rev-parse", "HEAD").strip();
    assertThat(type("slipway env list")).contains(held.substring(0, 8));
    type("slipway env lift-hold production COMMIT", held);
    assertThat(type("slipway env list")).doesNotContain(held.substring(0, 8));

    change("Good day", "Good evening");
    type("slipway run --detach");
    awaitQuestion("tiny/4");
    type("slipway reject");
    awaitStatus("tiny/4", "REJECTED");
    var go = changeToTestsThatWait();
    type("slipway run --detach");
    assertThat(type("slipway pause")).contains("tiny/5 begins no further step");
    Files.createFile(go);
    awaitQuestion("tiny/5");
    type("slipway cancel");
    awaitStatus("tiny/5", "CANCELLED");
    assertThat(type("slipway runs")).contains("tiny/5  cancelled", "tiny/4  rejected");

    assertThat(type("slipway rollback staging")).contains("runs release 2 again");
    type("slipway server stop");
    type("slipway server start");
    type("slipway env stop staging");
    assertThat(type("slipway env list")).containsPattern("tiny/staging +2 +does not run");
    typed.add("slipway logs");
    assertThat(typed).containsAll(readme.commands());
  }

  /** Types the block that makes an application of one's own, until the run that follows it. */
  private Process beginAsWritten() throws IOException, InterruptedException {
    for (var line : readme.typed("slipway validate")) {
      if (line.equals("slipway run")) {
        return slipway.start(tiny, "run");
      } else if (line.startsWith("slipway ")) {
        type(line);
      } else if (!line.startsWith("cd ")) {
        var inCheckout = line.startsWith("cp ");
        execute(inCheckout ? Slipway.PROJECT : tiny, words(line.replace("~", folder.toString())));
      }
    }
    throw new AssertionError("the README starts no run");
  }

  private void look() throws IOException, InterruptedException {
    assertThat(type("slipway logs unit")).contains("1 passed");
    assertThat(slipway.must(tiny, "logs")).contains("npm run build");
    assertThat(type("slipway runs")).contains("tiny/1  succeeded");
    assertThat(type("slipway server status")).contains("Web UI");
    assertThat(type("slipway actions")).contains("db_migrate");
    assertThat(type("slipway actions http_check")).contains("expectedStatus");
    assertThat(type("slipway doctor")).contains("ok    temporal");
  }

  /** Approves with Temporal's own program, as the README says. */
  private void signal() throws IOException, InterruptedException {
    var line =
        readme
            .typed(
                "temporal workflow signal --address ADDRESS --workflow-id run/tiny/1 --name approve"
                    + " --input '{\"by\": \"grace\"}'")
            .getFirst();
    var address = slipway.json(tiny, "server", "status").path("address").asText();
    execute(tiny, words(line.replace("ADDRESS", address).replace("tiny/1", "tiny/2")));
  }

  private String type(String command, String commit) throws IOException, InterruptedException {
    typed.add(command);
    return slipway.must(tiny, arguments(command.replace("COMMIT", commit)));
  }

  private String type(String command) throws IOException, InterruptedException {
    return type(command, "COMMIT");
  }

  private static String[] arguments(String command) {
    return words(command).subList(1, words(command).size()).toArray(String[]::new);
  }

  private static List<String> words(String line) {
    return WORD.matcher(line)
        .results()
        .map(word -> word.group(1) != null ? word.group(1) : word.group().replace("'", ""))
        .toList();
  }

  private void change(String from, String to) throws IOException, InterruptedException {
    var file = tiny.resolve("greeting.js");
    Files.writeString(file, Files.readString(file).replace(from, to));
    git("commit", "--quiet", "--all", "--message", "Say " + to);
  }

  /**
   * A commit whose tests end only once the file is there, so that nothing typed before comes too
   * late.
   */
  private Path changeToTestsThatWait() throws IOException, InterruptedException {
    var go = folder.resolve("go");
    Files.writeString(
        tiny.resolve("greeting.test.js"),
        """
        test('waits', async () => {
          while (!require('node:fs').existsSync('%s')) await new Promise((next) => setTimeout(next, 50))
        })
        """
            .formatted(go),
        StandardOpenOption.APPEND);
    git("commit", "--quiet", "--all", "--message", "Wait");
    return go;
  }

  private String git(String... arguments) throws IOException, InterruptedException {
    return execute(tiny, Stream.concat(Stream.of("git"), Arrays.stream(arguments)).toList());
  }

  private static String execute(Path directory, List<String> command)
      throws IOException, InterruptedException {
    var builder = new ProcessBuilder(command).directory(directory.toFile());
    for (var who : List.of("AUTHOR", "COMMITTER")) {
      builder.environment().put("GIT_" + who + "_NAME", "Ada");
      builder.environment().put("GIT_" + who + "_EMAIL", "ada@tiny.example");
    }
    var process = builder.redirectErrorStream(true).start();
    process.getOutputStream().close();
    var out = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(process.waitFor()).as(String.join(" ", command) + "\n" + out).isZero();
    return out;
  }

  /** How a run stands; nothing while there is no such run yet. */
  private JsonNode status(String run) throws IOException, InterruptedException {
    return runs().contains(run) ? slipway.json(tiny, "status", run) : MissingNode.getInstance();
  }

  private List<String> runs() throws IOException, InterruptedException {
    return slipway.json(tiny, "runs").findValuesAsText("run");
  }

  private void awaitQuestion(String run) {
    await().atMost(LIMIT).pollInterval(LOOK).until(() -> status(run).path("question").isObject());
  }

  private void awaitStatus(String run, String status) {
    await()
        .atMost(LIMIT)
        .pollInterval(LOOK)
        .until(() -> status(run).path("status").asText().equals(status));
  }

  private static int ended(Process process) throws InterruptedException {
    assertThat(process.waitFor(LIMIT.toSeconds(), TimeUnit.SECONDS)).isTrue();
    return process.exitValue();
  }
}
