package dev.slipway.activities.local.supervisor;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;

/** A process with everything that it started, also what has left its tree but not its marker. */
final class ProcessTree {
  /** The variable that marks what a replica started, for whoever has to clean up. */
  static final String MARKER = "SLIPWAY_REPLICA";

  private static final Duration TICK = Duration.ofMillis(20);
  private static final Duration AFTER_KILL = Duration.ofSeconds(5);

  private final ProcessHandle root;
  private final String mark;

  /**
   * @param mark the value of {@link #MARKER} in its environment
   */
  ProcessTree(ProcessHandle root, String mark) {
    this.root = root;
    this.mark = mark;
  }

  /** Asks it to end, waits, and then ends what is left; interrupted, it ends all at once. */
  void end(Duration grace) throws InterruptedException {
    var members = members();
    try {
      root.destroy();
      var deadline = System.nanoTime() + grace.toNanos();
      var asked = false;
      while (System.nanoTime() < deadline && members.stream().anyMatch(ProcessTree::isRunning)) {
        if (!asked && !isRunning(root)) {
          members.forEach(ProcessHandle::destroy);
          asked = true;
        }
        TimeUnit.NANOSECONDS.sleep(TICK.toNanos());
      }
    } finally {
      members.addAll(members());
      members.forEach(ProcessHandle::destroyForcibly);
    }
    var deadline = System.nanoTime() + AFTER_KILL.toNanos();
    while (System.nanoTime() < deadline && members.stream().anyMatch(ProcessTree::isRunning)) {
      TimeUnit.NANOSECONDS.sleep(TICK.toNanos());
    }
  }

  /** Ends it at once. */
  void kill() {
    var members = members();
    members.forEach(ProcessHandle::destroyForcibly);
    members().forEach(ProcessHandle::destroyForcibly);
  }

  private Set<ProcessHandle> members() {
    var members = new LinkedHashSet<ProcessHandle>();
    if (root.isAlive()) {
      members.add(root);
      root.descendants().forEach(members::add);
    }
    members.addAll(marked(mark::equals));
    return members;
  }

  /** Living processes whose marker is like this; none where the system does not tell. */
  static List<ProcessHandle> marked(Predicate<String> wanted) {
    var found = new ArrayList<ProcessHandle>();
    var proc = Path.of("/proc");
    if (!Files.isDirectory(proc)) {
      return found;
    }
    try (var entries = Files.newDirectoryStream(proc, "[0-9]*")) {
      for (var entry : entries) {
        var mark = mark(entry.resolve("environ"));
        if (!mark.isEmpty() && wanted.test(mark)) {
          ProcessHandle.of(Long.parseLong(entry.getFileName().toString()))
              .filter(ProcessTree::isRunning)
              .ifPresent(found::add);
        }
      }
    } catch (DirectoryIteratorException e) {
      throw new UncheckedIOException("cannot list processes", e.getCause());
    } catch (IOException e) {
      throw new UncheckedIOException("cannot list processes", e);
    }
    return found;
  }

  /** Whether it still does something: one that has ended may wait for a parent to notice. */
  static boolean isRunning(ProcessHandle process) {
    if (!process.isAlive()) {
      return false;
    }
    try {
      var stat = Files.readString(Path.of("/proc", Long.toString(process.pid()), "stat"));
      return !stat.substring(stat.lastIndexOf(')')).startsWith(") Z");
    } catch (IOException e) {
      // It ended this moment, or the system does not tell.
      return process.isAlive();
    }
  }

  private static String mark(Path environ) {
    try {
      var prefix = MARKER + "=";
      for (var variable :
          new String(Files.readAllBytes(environ), StandardCharsets.UTF_8).split("\0", -1)) {
        if (variable.startsWith(prefix)) {
          return variable.substring(prefix.length());
        }
      }
      return "";
    } catch (IOException e) {
      // It has ended meanwhile, or belongs to somebody else.
      return "";
    }
  }
}
