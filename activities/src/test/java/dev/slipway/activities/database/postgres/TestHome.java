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

  /** A home that is empty but for the programs; whoever takes it calls {@link #remove}. */
  public static Path fresh() throws Exception {
    var home = Files.createTempDirectory(Files.createDirectories(Path.of("target")), "home-");
    var programs = PostgresBinaries.in(shared()).folder();
    Files.createSymbolicLink(home.resolve(programs.getFileName()), programs);
    return home.toAbsolutePath();
  }

  /** Removes such a home, whose server has ended. */
  public static void remove(Path home) throws IOException {
    Folders.remove(home);
  }
}
