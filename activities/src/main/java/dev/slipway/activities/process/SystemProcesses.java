package dev.slipway.activities.process;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The processes of this machine as {@code /proc} shows them. Elsewhere than on Linux no process
 * shows its environment: there, only descendants are found.
 */
final class SystemProcesses {
  private static final Path PROC = Path.of("/proc");
  private static final @Nullable String OWN_NAMESPACE = pidNamespace("self");

  private SystemProcesses() {}

  /** Running processes with a marker that fits, which can be told to end. */
  static Stream<ProcessHandle> marked(Predicate<StepMarker> fits) {
    if (!Files.isDirectory(PROC)) {
      return Stream.empty();
    }
    var own = ProcessHandle.current().pid();
    return ProcessHandle.allProcesses()
        .filter(process -> process.pid() != own)
        .filter(process -> StepMarker.of(environment(process.pid())).filter(fits).isPresent())
        .filter(SystemProcesses::isRunning)
        .filter(process -> Objects.equals(pidNamespace("" + process.pid()), OWN_NAMESPACE));
  }

  /** Whether it can still do something: a zombie that waits for its parent can't. */
  static boolean isRunning(ProcessHandle process) {
    if (!process.isAlive()) {
      return false;
    }
    var stat = stat(process.pid());
    return stat == null || !(stat.startsWith("Z") || stat.startsWith("X"));
  }

  /** When a process started: in clock ticks on Linux, else in milliseconds; 0 without one. */
  static long start(long pid) {
    var stat = stat(pid);
    if (stat != null) {
      // Field 22 of the whole line; the state is field 3.
      return Long.parseLong(stat.split(" ", -1)[19]);
    }
    return ProcessHandle.of(pid)
        .flatMap(process -> process.info().startInstant())
        .map(Instant::toEpochMilli)
        .orElse(0L);
  }

  /** From the state on: what stands before it is a name that may hold anything. */
  private static @Nullable String stat(long pid) {
    try {
      var line = Files.readString(PROC.resolve(pid + "/stat"), ISO_8859_1);
      return line.substring(line.lastIndexOf(')') + 2);
    } catch (IOException e) {
      return null; // It is gone, or there is no /proc.
    }
  }

  private static Map<String, String> environment(long pid) {
    var variables = new HashMap<String, String>();
    try {
      var bytes = Files.readAllBytes(PROC.resolve(pid + "/environ"));
      for (var variable : new String(bytes, UTF_8).split("\0", -1)) {
        var equals = variable.indexOf('=');
        if (equals > 0) {
          variables.put(variable.substring(0, equals), variable.substring(equals + 1));
        }
      }
    } catch (IOException e) {
      return Map.of(); // It is gone, or another user's.
    }
    return variables;
  }

  private static @Nullable String pidNamespace(String pid) {
    try {
      return Files.readSymbolicLink(PROC.resolve(pid + "/ns/pid")).toString();
    } catch (IOException | UnsupportedOperationException e) {
      return null;
    }
  }
}
