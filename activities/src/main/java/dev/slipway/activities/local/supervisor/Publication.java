package dev.slipway.activities.local.supervisor;

import dev.slipway.action.FailureType;
import dev.slipway.activities.frontend.Manifest;
import dev.slipway.activities.frontend.PublishedFile;
import dev.slipway.activities.local.protocol.EnvironmentFolder;
import dev.slipway.activities.local.proxy.ProxyServer;
import dev.slipway.activities.local.proxy.ServedFiles;
import dev.slipway.artifact.Digest;
import java.io.IOException;
import java.nio.file.Files;
import java.util.Optional;

/** Switches which frontend is served. */
record Publication(EnvironmentFolder folder, Memory memory, ProxyServer proxy) {
  /** Lasting files are served first; entry points, which name them, all at once after that. */
  void publish(Optional<Digest> wanted, Listener listener)
      throws ChangeFailedException, IOException {
    if (wanted.isEmpty()) {
      serve(proxy.served().withoutEntryPoints());
      listener.progress("no frontend is published any more");
      return;
    }
    var manifest = Manifest.read(Files.readAllBytes(folder.asset(wanted.get())));
    check(manifest);
    serve(proxy.served().withLasting(manifest));
    serve(proxy.served().withEntryPoints(manifest));
    listener.progress(
        "frontend %s is published: %d files"
            .formatted(wanted.get().abbreviated(), manifest.files().size()));
  }

  private void check(Manifest manifest) throws ChangeFailedException, IOException {
    for (var file : manifest.files()) {
      if (!isThere(file)) {
        throw new ChangeFailedException(
            FailureType.INFRASTRUCTURE,
            file.path() + " has not arrived whole in the environment's folder",
            "Try again; look at the disk if it stays so.");
      }
    }
    var conflicts = proxy.served().conflicts(manifest);
    if (!conflicts.isEmpty()) {
      throw new ChangeFailedException(
          FailureType.FINDINGS,
          "%d files were published for ever with another content, first %s"
              .formatted(conflicts.size(), conflicts.getFirst()),
          "Browsers keep these files without asking. Give each a name that changes with its"
              + " content, or build so that the same name means the same bytes.");
    }
  }

  private boolean isThere(PublishedFile file) throws IOException {
    var asset = folder.asset(file.digest());
    return Files.isRegularFile(asset) && Files.size(asset) == file.size();
  }

  private void serve(ServedFiles files) throws IOException {
    memory.served(files);
    proxy.serve(files);
  }
}
