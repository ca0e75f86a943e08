package dev.slipway.environment;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import dev.slipway.artifact.Digest;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * How an environment goes back, in this order.
 *
 * @param steps each idempotent
 */
public record UndoPlan(List<UndoStep> steps, SchemaOutcome schema) {
  /** One step back. */
  @JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "type")
  @JsonSubTypes({
    @JsonSubTypes.Type(value = SwitchAssets.class, name = "switch_assets"),
    @JsonSubTypes.Type(value = RestoreApplication.class, name = "restore_application"),
    @JsonSubTypes.Type(value = MigrateDown.class, name = "migrate_down"),
    @JsonSubTypes.Type(value = AskPerson.class, name = "ask_person")
  })
  public sealed interface UndoStep {
    /** The step as people read it. */
    String text();
  }

  /** Entry points of this manifest are served again; none when null. */
  public record SwitchAssets(@Nullable Digest manifest) implements UndoStep {
    @Override
    public String text() {
      return manifest == null ? "serve no frontend" : "frontend " + manifest.abbreviated();
    }
  }

  /** This application runs again; nothing when null. */
  public record RestoreApplication(@Nullable Deployment deployment) implements UndoStep {
    @Override
    public String text() {
      return deployment == null
          ? "stop the application"
          : "application of release " + deployment.labels().release();
    }
  }

  /** The schema goes down to this version. */
  public record MigrateDown(String version) implements UndoStep {
    @Override
    public String text() {
      return "schema down to version " + version;
    }
  }

  /**
   * A person decides whether to go on although something is lost or not proven.
   *
   * @param version the schema goes down to then; null when it can't and stays
   * @param risks of going on, one line each
   */
  public record AskPerson(@Nullable String version, List<String> risks) implements UndoStep {
    public AskPerson {
      risks = List.copyOf(risks);
    }

    @Override
    public String text() {
      return "ask a person: %s: %s"
          .formatted(
              version == null ? "the schema can't go down" : "schema down to version " + version,
              String.join(", ", risks));
    }
  }

  public UndoPlan {
    steps = List.copyOf(steps);
  }
}
