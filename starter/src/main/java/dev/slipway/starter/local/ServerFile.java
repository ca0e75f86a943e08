package dev.slipway.starter.local;

import dev.slipway.activities.home.Home;
import dev.slipway.json.Json;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Optional;

/** {@code server.json}: written whole, believed only while its process lives. */
public final class ServerFile {
  private final Path file;

  public ServerFile(Home home) {
    this.file = home.serverFile();
  }

  /**
   * The server that runs now; empty when none does, whatever a killed one left behind.
   *
   * @throws IOException when there is a file that can't be read
   */
  public Optional<ServerInfo> running() throws IOException {
    return read().filter(info -> info.process().find().isPresent());
  }

  private Optional<ServerInfo> read() throws IOException {
    byte[] content;
    try {
      content = Files.readAllBytes(file);
    } catch (NoSuchFileException e) {
      return Optional.empty();
    }
    try {
      return Optional.of(Json.read(content, ServerInfo.class));
    } catch (UncheckedIOException e) {
      throw new IOException("%s can't be read; remove it and start the server".formatted(file), e);
    }
  }

  /** Says that the server runs. */
  public void write(ServerInfo info) throws IOException {
    var draft = file.resolveSibling(file.getFileName() + ".new");
    Files.write(draft, Json.mapper().writerWithDefaultPrettyPrinter().writeValueAsBytes(info));
    Files.move(draft, file, StandardCopyOption.ATOMIC_MOVE);
  }

  /** Says that no server runs. */
  public void delete() throws IOException {
    Files.deleteIfExists(file);
  }
}
