package dev.slipway.environment;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * How a database's schema stands to the release that is to live again.
 *
 * @param now the schema as it is; null without a database
 * @param wanted the schema that release had; null when it had none
 * @param proven whether that release was seen to work on the schema as it is
 * @param reversible whether every migration in between has its recorded down
 * @param losses what the downs would lose now, one line each; empty when nothing
 */
public record SchemaStanding(
    @Nullable SchemaState now,
    @Nullable SchemaState wanted,
    boolean proven,
    boolean reversible,
    List<String> losses) {
  /** No database. */
  public static final SchemaStanding NONE = new SchemaStanding(null, null, true, true, List.of());

  public SchemaStanding {
    losses = List.copyOf(losses);
  }
}
