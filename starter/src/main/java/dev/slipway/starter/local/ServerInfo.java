package dev.slipway.starter.local;

import dev.slipway.activities.home.RunningProcess;
import java.net.URI;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * What a running server says of itself in {@code server.json}.
 *
 * @param address host and port of Temporal
 * @param engine what kind of Temporal it is, for people
 * @param engineIdentity the same for as long as Temporal has its runs
 * @param webUi where people look at Temporal; null when there is nothing to look at
 * @param version of Slipway
 */
public record ServerInfo(
    String address,
    String namespace,
    RunningProcess process,
    String engine,
    String engineIdentity,
    @Nullable URI webUi,
    String version,
    Instant startedAt) {
  /** Whether open runs are lost when the server ends. */
  public boolean isInMemory() {
    return engine.equals("embedded");
  }
}
