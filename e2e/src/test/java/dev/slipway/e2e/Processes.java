package dev.slipway.e2e;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * The processes that have to do with a folder, by their command lines, their environments and the
 * folders they are in: a program that has left its parent is found as well.
 */
final class Processes {
  private static final Path PROC = Path.of("/proc");

  private Processes() {}

  /** A process that runs. */
  record Found(ProcessHandle process, String commandLine) {}

  static List<Found> of(Path folder) {
    return ProcessHandle.allProcesses()
        .filter(process -> process.pid() != ProcessHandle.current().pid())
        .filter(process -> knows(process.pid(), folder.toString()))
        .map(process -> new Found(process, read(process.pid(), "cmdline").replace('\0', ' ')))
        .toList();
  }

  /** Whether it can still do something: one that ended stays visible until its parent looks. */
  static boolean isRunning(ProcessHandle process) {
    return process.isAlive() && !read(process.pid(), "cmdline").isEmpty();
  }

  private static boolean knows(long pid, String folder) {
    return read(pid, "cmdline").contains(folder)
        || read(pid, "environ").contains(folder)
        || place(pid).startsWith(folder);
  }

  /** Empty for one that is gone, and for a zombie. */
  private static String read(long pid, String file) {
    try {
      return new String(Files.readAllBytes(PROC.resolve(pid + "/" + file)), UTF_8);
    } catch (IOException e) {
      return "";
    }
  }

  private static String place(long pid) {
    try {
      return Files.readSymbolicLink(PROC.resolve(pid + "/cwd")).toString();
    } catch (IOException e) {
      return "";
    }
  }
}
