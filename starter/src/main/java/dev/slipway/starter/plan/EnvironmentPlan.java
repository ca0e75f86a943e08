package dev.slipway.starter.plan;

import com.fasterxml.jackson.annotation.JsonProperty;
import dev.slipway.action.FailureType;
import dev.slipway.activities.plan.ObjectChange;
import java.util.List;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * What a release of a commit would change in an environment, as people and programs read it.
 *
 * @param environment as {@code application/name}
 * @param commit the full hash
 * @param subject of the commit
 * @param live the number of the release that lives there; null when none does
 * @param release the number that the next one gets
 * @param objects of the cluster, in the order in which they are written
 * @param refusals for which the release would end, besides those of objects, and what could not be
 *     found out
 * @param notes what else there is to know
 */
public record EnvironmentPlan(
    String environment,
    String commit,
    String subject,
    @Nullable Long live,
    long release,
    List<ObjectChange> objects,
    List<Refusal> refusals,
    List<String> notes) {
  /**
   * Why a release would end before it is complete.
   *
   * @param step that would end; null when the release would not even begin
   * @param type by which a refusal is told from what could not be found out
   */
  public record Refusal(@Nullable String step, FailureType type, String happened, String advice) {
    /** Whether a release may well go through, as only the look at it has failed. */
    boolean isUnknown() {
      return type == FailureType.TRANSIENT || type == FailureType.INFRASTRUCTURE;
    }

    Refusal written(UnaryOperator<String> how) {
      return new Refusal(step, type, how.apply(happened), how.apply(advice));
    }
  }

  public EnvironmentPlan {
    objects = List.copyOf(objects);
    refusals = List.copyOf(refusals);
    notes = List.copyOf(notes);
  }

  /** Whether nothing that can be seen now stands against the release. */
  @JsonProperty
  public boolean possible() {
    return refusals.isEmpty() && !isRefused();
  }

  /** Whether it is known that the release would be refused. */
  boolean isRefused() {
    return objects.stream().anyMatch(one -> one.fate().isRefusal())
        || refusals.stream().anyMatch(one -> !one.isUnknown());
  }
}
