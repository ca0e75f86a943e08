package dev.slipway.activities.plan;

import dev.slipway.step.StepFailure;
import java.util.List;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * What a release would make of one object.
 *
 * @param object its kind and name: {@code Deployment/web}
 * @param temporary whether it would be so only until the release is complete
 * @param remark what else people should know; null for nothing
 * @param advice what to do about a refusal; null when there is none
 */
public record ObjectChange(
    String object,
    Fate fate,
    boolean temporary,
    List<FieldChange> fields,
    @Nullable String remark,
    @Nullable String advice) {
  /** What becomes of an object. */
  public enum Fate {
    CREATED,
    CHANGED,
    UNCHANGED,
    REMOVED,
    /** Somebody else has it, or some of its fields. */
    CONFLICT,
    /** It can't be, whoever has what is there. */
    REFUSED;

    /** Whether the release would end before it changes anything. */
    public boolean isRefusal() {
      return this == CONFLICT || this == REFUSED;
    }
  }

  public ObjectChange {
    fields = List.copyOf(fields);
  }

  /** One that there is already, with what is different. */
  public static ObjectChange of(String object, List<FieldChange> fields) {
    return new ObjectChange(
        object, fields.isEmpty() ? Fate.UNCHANGED : Fate.CHANGED, false, fields, null, null);
  }

  /** One that there is not yet. */
  public static ObjectChange created(String object, List<FieldChange> fields) {
    return new ObjectChange(object, Fate.CREATED, false, fields, null, null);
  }

  /** One that the release does not have any more. */
  public static ObjectChange removed(String object) {
    return new ObjectChange(object, Fate.REMOVED, false, List.of(), null, null);
  }

  /** One for which the release would be refused. */
  public static ObjectChange refused(String object, Fate fate, StepFailure failure) {
    return new ObjectChange(object, fate, false, List.of(), failure.happened(), failure.advice());
  }

  /** The same with something that people should know. */
  public ObjectChange remarked(String text) {
    return new ObjectChange(object, fate, temporary, fields, text, advice);
  }

  /** The same until the release is complete. */
  public ObjectChange forNow() {
    return new ObjectChange(object, fate, true, fields, remark, advice);
  }

  /** The same with every text written in another way. */
  public ObjectChange written(UnaryOperator<String> how) {
    return new ObjectChange(
        how.apply(object),
        fate,
        temporary,
        fields.stream()
            .map(
                field ->
                    new FieldChange(
                        how.apply(field.path()),
                        written(field.before(), how),
                        written(field.after(), how)))
            .toList(),
        written(remark, how),
        written(advice, how));
  }

  private static @Nullable String written(@Nullable String text, UnaryOperator<String> how) {
    return text == null ? null : how.apply(text);
  }
}
