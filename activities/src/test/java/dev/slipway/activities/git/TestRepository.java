package dev.slipway.activities.git;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** A repository that somebody works in. */
public final class TestRepository {
  private static final List<String> PERSON =
      List.of("git", "-c", "user.name=Žofie Nováková", "-c", "user.email=zofie@example.com");

  private final Path folder;

  private TestRepository(Path folder) {
    this.folder = folder;
  }

  /** An empty one, on branch {@code main}. */
  public static TestRepository make(Path folder) throws Exception {
    var repository = new TestRepository(Files.createDirectories(folder));
    repository.git("init", "--quiet", "--initial-branch=main");
    return repository;
  }

  public String path() {
    return folder.toString();
  }

  /** Writes a file and commits it; answers the hash. */
  public String commit(String file, String text, String message) throws Exception {
    write(file, text);
    return commit(message);
  }

  String commit(String message) throws Exception {
    git("add", "--all");
    git("commit", "--quiet", "--allow-empty", "--allow-empty-message", "--message=" + message);
    return head();
  }

  void write(String file, String text) throws IOException {
    var target = folder.resolve(file);
    Files.createDirectories(target.resolveSibling(""));
    Files.writeString(target, text);
  }

  String revert(String commit, String... options) throws Exception {
    var arguments = new ArrayList<>(List.of("revert", "--no-edit"));
    arguments.addAll(List.of(options));
    arguments.add(commit);
    git(arguments.toArray(String[]::new));
    return head();
  }

  String head() throws Exception {
    return git("rev-parse", "HEAD");
  }

  String git(String... arguments) throws IOException, InterruptedException {
    var all = new ArrayList<>(PERSON);
    all.addAll(List.of(arguments));
    var builder = new ProcessBuilder(all).directory(folder.toFile()).redirectErrorStream(true);
    builder.environment().put("GIT_CONFIG_GLOBAL", "/dev/null");
    builder.environment().put("GIT_CONFIG_NOSYSTEM", "1");
    var process = builder.start();
    var output = new String(process.getInputStream().readAllBytes(), UTF_8);
    assertThat(process.waitFor()).as("%s: %s", all, output).isZero();
    return output.strip();
  }
}
