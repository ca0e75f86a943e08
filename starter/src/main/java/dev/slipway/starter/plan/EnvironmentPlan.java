package dev.slipway.starter.plan;

import com.fasterxml.jackson.annotation.JsonProperty;
import dev.slipway.activities.plan.ObjectChange;
import java.util.List;
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
 * @param refusals for which the release would end, besides those of objects
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
   */
  public record Refusal(@Nullable String step, String happened, String advice) {}

  public EnvironmentPlan {
    objects = List.copyOf(objects);
    refusals = List.copyOf(refusals);
    notes = List.copyOf(notes);
  }

  /** Whether nothing that can be seen now stands against the release. */
  @JsonProperty
  public boolean possible() {
    return refusals.isEmpty() && objects.stream().noneMatch(one -> one.fate().isRefusal());
  }
}
