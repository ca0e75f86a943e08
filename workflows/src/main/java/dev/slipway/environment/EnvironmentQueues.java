package dev.slipway.environment;

/** Which task queues the work of environments goes to; what a run is told once, at its start. */
public enum EnvironmentQueues {
  /** That of the workflows: one worker has the credentials of all. */
  ONE_FOR_ALL,
  /** One for each environment of each application, with workers of its own. */
  ONE_EACH
}
