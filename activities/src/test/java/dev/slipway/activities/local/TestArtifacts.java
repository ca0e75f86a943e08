package dev.slipway.activities.local;

import dev.slipway.activities.archive.TarPacker;
import dev.slipway.activities.store.Store;
import dev.slipway.artifact.ArtifactRef;
import dev.slipway.artifact.Digest;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Path;
import java.util.Objects;

/** Artifacts for tests. */
public final class TestArtifacts {
  private static final byte[] REPLICA = pack(replicaFolder());

  private TestArtifacts() {}

  /** A small application whose replicas do as their configuration says. */
  public static ArtifactRef replica() {
    return new ArtifactRef("shop", Digest.of(REPLICA), REPLICA.length);
  }

  /** Puts it into a store. */
  public static void keepReplica(Store store) throws IOException {
    store.put(new ByteArrayInputStream(REPLICA));
  }

  /** Packs a folder and keeps it. */
  public static ArtifactRef keep(Store store, String name, Path folder) throws IOException {
    var bytes = pack(folder);
    return new ArtifactRef(name, store.put(new ByteArrayInputStream(bytes)), bytes.length);
  }

  private static byte[] pack(Path folder) {
    var out = new ByteArrayOutputStream();
    try {
      TarPacker.pack(folder, out);
    } catch (IOException | InterruptedException e) {
      throw new IllegalStateException("cannot pack " + folder, e);
    }
    return out.toByteArray();
  }

  private static Path replicaFolder() {
    try {
      return Path.of(Objects.requireNonNull(TestArtifacts.class.getResource("/replica")).toURI());
    } catch (URISyntaxException e) {
      throw new IllegalStateException("the test's replica has no path", e);
    }
  }
}
