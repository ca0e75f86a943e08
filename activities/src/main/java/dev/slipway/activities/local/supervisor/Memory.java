package dev.slipway.activities.local.supervisor;

import dev.slipway.activities.local.protocol.EnvironmentFolder;
import dev.slipway.activities.local.protocol.PrivateFiles;
import dev.slipway.activities.local.proxy.ServedFiles;
import dev.slipway.json.Json;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** The supervisor's files. */
record Memory(EnvironmentFolder folder) {
  Optional<Remembered> remembered() throws IOException {
    return read(folder.state(), Remembered.class);
  }

  void remember(Remembered now) throws IOException {
    PrivateFiles.write(folder.state(), Json.bytes(now));
  }

  /** The secret variables of each replica. */
  Map<String, Map<String, String>> variables() throws IOException {
    return read(folder.variables(), Variables.class)
        .map(Variables::byReplica)
        .orElseGet(TreeMap::new);
  }

  void variables(Map<String, Map<String, String>> byReplica) throws IOException {
    PrivateFiles.write(folder.variables(), Json.bytes(new Variables(byReplica)));
  }

  ServedFiles served() throws IOException {
    return read(folder.served(), ServedFiles.Stored.class)
        .map(ServedFiles::of)
        .orElse(ServedFiles.NONE);
  }

  void served(ServedFiles now) throws IOException {
    PrivateFiles.write(folder.served(), Json.bytes(now.stored()));
  }

  private static <T> Optional<T> read(Path file, Class<T> type) throws IOException {
    try {
      return Optional.of(Json.read(Files.readAllBytes(file), type));
    } catch (NoSuchFileException e) {
      return Optional.empty();
    }
  }

  private record Variables(Map<String, Map<String, String>> byReplica) {}
}
