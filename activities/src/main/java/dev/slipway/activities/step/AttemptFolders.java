package dev.slipway.activities.step;

import dev.slipway.activities.archive.FileTrees;
import dev.slipway.activities.process.WorkerProcess;
import dev.slipway.activities.store.PrivateFiles;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.UUID;

/**
 * The folders of one attempt: {@code work/<worker>-<random>} with the workspace and a folder for
 * temporary files. The path is short, since tools make sockets in it, whose paths must be short.
 *
 * @param attempt names the attempt
 */
record AttemptFolders(String attempt, Path root) {
  /** Makes the folders of a new attempt. */
  static AttemptFolders create(Path work) throws IOException {
    var attempt =
        WorkerProcess.current().text() + "-" + UUID.randomUUID().toString().substring(0, 8);
    var folders = new AttemptFolders(attempt, work.resolve(attempt));
    PrivateFiles.folder(folders.root());
    PrivateFiles.folder(folders.temp());
    PrivateFiles.folder(folders.programsTemp());
    return folders;
  }

  /** Removes the folders of attempts whose workers are dead. */
  static void sweep(Path work) throws IOException {
    if (!Files.isDirectory(work)) {
      return;
    }
    try (var attempts = Files.newDirectoryStream(work)) {
      for (var attempt : attempts) {
        if (isLeft(String.valueOf(attempt.getFileName()))) {
          FileTrees.delete(attempt);
        }
      }
    }
  }

  private static boolean isLeft(String attempt) {
    var worker = attempt.substring(0, Math.max(attempt.lastIndexOf('-'), 0));
    return WorkerProcess.parse(worker).filter(process -> !process.isAlive()).isPresent();
  }

  Path workspace() {
    return root.resolve("source");
  }

  Path temp() {
    return root.resolve("temp");
  }

  /** TMPDIR of the attempt's programs. */
  Path programsTemp() {
    return root.resolve("tmp");
  }

  void delete() throws IOException {
    FileTrees.delete(root);
  }
}
