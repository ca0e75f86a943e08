package dev.slipway.activities.step;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.slipway.action.Params;
import dev.slipway.activities.archive.TarPacker;
import dev.slipway.activities.home.Home;
import dev.slipway.activities.process.BaseEnvironment;
import dev.slipway.activities.secret.Secrets;
import dev.slipway.activities.store.FolderStore;
import dev.slipway.activities.store.Store;
import dev.slipway.artifact.ArtifactRef;
import dev.slipway.artifact.Digest;
import dev.slipway.json.Json;
import dev.slipway.source.SourceRef;
import dev.slipway.step.EnvironmentGrant;
import dev.slipway.step.StepFailedException;
import dev.slipway.step.StepFailure;
import dev.slipway.step.StepKey;
import dev.slipway.step.StepOutcome;
import dev.slipway.step.StepRequest;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Performs actions in a scratch home, as a worker does, but without an engine. */
public final class ActionTestKit {
  /** The digest of the run's pipeline file. */
  public static final Digest PIPELINE = Digest.of("pipeline".getBytes(UTF_8));

  private static final Pattern TIME = Pattern.compile("(?m)^\\S+Z ");

  private final Home home;
  private final Store store;
  private final Path source;
  private final Map<String, String> workerEnv = new LinkedHashMap<>();
  private final Map<String, String> env = new LinkedHashMap<>();
  private ObjectNode params = Json.mapper().createObjectNode();
  private List<ArtifactRef> artifacts = List.of();
  private @Nullable String artifact;
  private @Nullable EnvironmentGrant environment;
  private String directory = "";
  private Duration timeout = Duration.ofMinutes(1);
  private StepKey key = new StepKey("app", 1, "test", "unit", 1);

  private ActionTestKit(Path scratch) throws IOException {
    this.home = Home.at(scratch.resolve("home"));
    this.store = FolderStore.open(home.store());
    this.source = Files.createDirectories(scratch.resolve("commit"));
  }

  /** A kit in an empty folder. */
  public static ActionTestKit in(Path scratch) {
    try {
      return new ActionTestKit(scratch);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Adds a file to the commit. */
  public ActionTestKit file(String name, String content) {
    try {
      var file = source.resolve(name);
      Files.createDirectories(file.resolveSibling(""));
      Files.writeString(file, content);
      return this;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The folder whose files are the commit's. */
  public Path source() {
    return source;
  }

  /** The step's parameters, as JSON in which apostrophes stand for quotes. */
  public ActionTestKit params(String json) {
    params = Json.read(json.replace('\'', '"').getBytes(UTF_8), ObjectNode.class);
    return this;
  }

  public ActionTestKit env(String name, String value) {
    env.put(name, value);
    return this;
  }

  /** A variable of the worker. */
  public ActionTestKit workerEnv(String name, String value) {
    workerEnv.put(name, value);
    return this;
  }

  public ActionTestKit directory(String name) {
    directory = name;
    return this;
  }

  public ActionTestKit keepsArtifact(String name) {
    artifact = name;
    return this;
  }

  public ActionTestKit artifacts(ArtifactRef... kept) {
    artifacts = List.of(kept);
    return this;
  }

  public ActionTestKit environment(EnvironmentGrant grant) {
    environment = grant;
    return this;
  }

  public ActionTestKit timeout(Duration limit) {
    timeout = limit;
    return this;
  }

  /** Another execution of the step, as a run makes it after a failure. */
  public ActionTestKit nextRound() {
    key = new StepKey(key.application(), key.run(), key.stage(), key.step(), key.round() + 1);
    return this;
  }

  public ActionTestKit key(StepKey other) {
    key = other;
    return this;
  }

  public Home home() {
    return home;
  }

  public Store store() {
    return store;
  }

  public StepRequest request() {
    try {
      var archive = Files.createTempFile("commit", ".tar");
      try (var out = new FileOutputStream(archive.toFile())) {
        TarPacker.pack(source, out);
      }
      try (var in = Files.newInputStream(archive)) {
        var commit = new SourceRef("repository", "c".repeat(40), "subject", "a@b", store.put(in));
        return new StepRequest(
            key,
            commit,
            new Params(params),
            directory,
            env,
            artifacts,
            artifact,
            environment,
            null,
            PIPELINE,
            timeout);
      } finally {
        Files.delete(archive);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  /** A worker's performer on this home; the same for each call with the same worker's variables. */
  public StepPerformer performer() {
    var whole = new LinkedHashMap<>(System.getenv());
    whole.putAll(workerEnv);
    return new StepPerformer(
        new StepResources(
            home,
            store,
            new Secrets(home, whole),
            BaseEnvironment.of(whole, List.of()),
            (id, spec) -> URI.create("http://127.0.0.1/" + id.path())));
  }

  /** Performs the action. */
  public StepOutcome perform(Action action) throws StepFailedException, InterruptedException {
    return performer().perform(action, request(), Pulse.SILENT);
  }

  /** Performs the action, which must fail. */
  public StepFailure failure(Action action) throws InterruptedException {
    try {
      var outcome = perform(action);
      throw new AssertionError("did not fail, but answered " + outcome);
    } catch (StepFailedException e) {
      return e.failure();
    }
  }

  /** The step's log without times. */
  public String log() {
    try {
      var bytes = store.readLog(StepPerformer.logName(key), 0, 100 << 20);
      return TIME.matcher(new String(bytes, UTF_8)).replaceAll("");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
