package dev.slipway.worker;

import java.util.List;

/**
 * What a worker does: each list goes to its task queue.
 *
 * @param workflows classes of workflows, on {@code PipelineWorkflow.TASK_QUEUE}
 * @param activities on the same queue: control, and steps that change an environment
 * @param buildActivities on {@code PipelineWorkflow.BUILD_QUEUE}, with few slots
 * @param environmentActivities on each environment's own queue
 */
public record Hosted(
    List<Class<?>> workflows,
    List<Object> activities,
    List<Object> buildActivities,
    List<Object> environmentActivities) {
  public Hosted {
    workflows = List.copyOf(workflows);
    activities = List.copyOf(activities);
    buildActivities = List.copyOf(buildActivities);
    environmentActivities = List.copyOf(environmentActivities);
  }
}
