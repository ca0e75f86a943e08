package dev.slipway.activities.database.postgres;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Homes for tests that share PostgreSQL's unpacked programs, which take a second to unpack. */
public final class TestHome {
  private TestHome() {}

  /** A home below the build's folder; scratch servers in it don't disturb each other. */
  public static Path shared() throws IOException {
    return Files.createDirectories(Path.of("target", "test-home").toAbsolutePath());
  }

  /** An empty home; whoever takes it calls {@link #remove}. */
  public static Path fresh() throws Exception {
    return Files.createTempDirectory(Files.createDirectories(Path.of("target")), "home-")
        .toAbsolutePath();
  }

  /** PostgreSQL in a home, with the shared programs. */
  public static PostgresHome postgres(Path home) throws IOException {
    return new PostgresHome(home, shared());
  }

  /** Removes such a home, whose server has ended. */
  public static void remove(Path home) throws IOException {
    Folders.remove(home);
  }
}
