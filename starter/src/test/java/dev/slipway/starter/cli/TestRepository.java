package dev.slipway.starter.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** A Git repository of a test's own. */
record TestRepository(Path folder) {
  /** Begins it with the files that are there. */
  void begin() throws IOException, InterruptedException {
    git("init", "--quiet");
    commit("Begin");
  }

  /** Commits everything, and at least a change of its own. */
  void commit(String subject) throws IOException, InterruptedException {
    Files.writeString(folder.resolve("change"), subject);
    git("add", ".");
    git("commit", "--quiet", "--message", subject);
  }

  /** What Git answers. */
  String git(String... arguments) throws IOException, InterruptedException {
    var command =
        new ArrayList<>(List.of("git", "-c", "user.name=Ada", "-c", "user.email=ada@tiny.example"));
    command.addAll(List.of(arguments));
    var process =
        new ProcessBuilder(command).directory(folder.toFile()).redirectErrorStream(true).start();
    var said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(process.waitFor()).as(said).isZero();
    return said;
  }
}
