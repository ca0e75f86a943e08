package dev.slipway.activities.process;

import java.util.Optional;
import java.util.regex.Pattern;

/**
 * A worker's process, told apart from a later one that got the same number.
 *
 * @param start when it started, in the clock of the system that numbers processes
 */
public record WorkerProcess(long pid, long start) {
  private static final Pattern FORM = Pattern.compile("(\\d{1,18})-(\\d{1,18})");

  /** This very process. */
  public static WorkerProcess current() {
    var pid = ProcessHandle.current().pid();
    return new WorkerProcess(pid, SystemProcesses.start(pid));
  }

  /** Reads what {@link #text()} wrote. */
  public static Optional<WorkerProcess> parse(String text) {
    var form = FORM.matcher(text);
    return form.matches()
        ? Optional.of(
            new WorkerProcess(Long.parseLong(form.group(1)), Long.parseLong(form.group(2))))
        : Optional.empty();
  }

  /** Whether it still runs on this machine. */
  public boolean isAlive() {
    return ProcessHandle.of(pid).isPresent() && SystemProcesses.start(pid) == start;
  }

  /** {@code <pid>-<start>}. */
  public String text() {
    return pid + "-" + start;
  }
}
