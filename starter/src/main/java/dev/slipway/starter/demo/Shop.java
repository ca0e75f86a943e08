package dev.slipway.starter.demo;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;

/** A Git repository of the storefront's own, in which the story's changes become commits. */
final class Shop {
  private static final Set<String> NOT_COPIED =
      Set.of("node_modules", "dist", "coverage", ".git", "target");

  private final Path examples;
  private final Path repository;

  private Shop(Path examples, Path repository) {
    this.examples = examples;
    this.repository = repository;
  }

  /**
   * Copies the storefront and commits it.
   *
   * @param examples the folder with {@code storefront} and {@code story}
   */
  static Shop open(Path examples, Path repository) throws IOException, InterruptedException {
    var shop = new Shop(examples, repository);
    shop.copy(examples.resolve("storefront"));
    shop.git("init", "--quiet", "--initial-branch=main");
    shop.commit("Open the shop");
    return shop;
  }

  Path repository() {
    return repository;
  }

  /** Commits a change of the story on top of what is there; answers its message. */
  String change(String name) throws IOException, InterruptedException {
    var change = examples.resolve("story").resolve(name);
    copy(change.resolve("overlay"));
    var message = Files.readString(change.resolve("message.txt")).strip();
    commit(message);
    return message;
  }

  private void commit(String message) throws IOException, InterruptedException {
    git("add", "--all");
    git("commit", "--quiet", "--message", message);
  }

  private void copy(Path from) throws IOException {
    try (var files = Files.walk(from)) {
      for (var file : (Iterable<Path>) files::iterator) {
        var relative = from.relativize(file);
        if (isCopied(relative)) {
          var to = repository.resolve(relative.toString());
          if (Files.isDirectory(file, LinkOption.NOFOLLOW_LINKS)) {
            Files.createDirectories(to);
          } else {
            Files.copy(file, to, StandardCopyOption.REPLACE_EXISTING);
          }
        }
      }
    }
  }

  private static boolean isCopied(Path relative) {
    for (var part : relative) {
      if (NOT_COPIED.contains(part.toString())) {
        return false;
      }
    }
    return true;
  }

  private void git(String... arguments) throws IOException, InterruptedException {
    var command =
        new ArrayList<>(
            List.of(
                "git",
                "-c",
                "user.name=Ada",
                "-c",
                "user.email=ada@shop.example",
                "-c",
                "commit.gpgSign=false",
                "-c",
                "core.hooksPath=/dev/null"));
    command.addAll(List.of(arguments));
    var process =
        new ProcessBuilder(command)
            .directory(repository.toFile())
            .redirectErrorStream(true)
            .start();
    var said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    if (!process.waitFor(1, TimeUnit.MINUTES) || process.exitValue() != 0) {
      throw new IOException("git %s failed: %s".formatted(arguments[0], said.strip()));
    }
  }
}
