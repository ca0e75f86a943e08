package dev.slipway.worker.engine;

import java.util.Arrays;
import java.util.Optional;

/** What kind of Temporal runs the workflows. */
public enum EngineKind {
  /** A server or Temporal Cloud, named by Temporal's own environment configuration. */
  CONFIGURED("configured"),
  /** A development server that we start: a {@code temporal} binary, a file, a Web UI. */
  DEVELOPMENT("development"),
  /** A server inside of our own process, in memory. */
  EMBEDDED("embedded");

  private final String label;

  EngineKind(String label) {
    this.label = label;
  }

  /** The kind's name in {@code SLIPWAY_ENGINE} and in output. */
  public String label() {
    return label;
  }

  /** The kind of that name. */
  public static Optional<EngineKind> ofLabel(String label) {
    return Arrays.stream(values()).filter(kind -> kind.label.equals(label)).findFirst();
  }
}
