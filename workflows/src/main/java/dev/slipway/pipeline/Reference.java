package dev.slipway.pipeline;

/** What a {@code ${…}} in a pipeline file stands for. */
public sealed interface Reference {
  /** How it is written between the braces. */
  String text();

  /** Whether only the worker knows its value, when it performs the step. */
  default boolean isLate() {
    return switch (this) {
      case Secret _, EnvironmentUrl _, EnvironmentName _ -> true;
      case CommitSha _, RunNumber _, Artifact _, Output _, Image _, DockerImage _ -> false;
    };
  }

  /** The commit's full hash. */
  record CommitSha() implements Reference {
    @Override
    public String text() {
      return "COMMIT_SHA";
    }
  }

  /** The run's number. */
  record RunNumber() implements Reference {
    @Override
    public String text() {
      return "RUN_NUMBER";
    }
  }

  /** The digest of what an earlier step kept under that name. */
  record Artifact(String name) implements Reference {
    @Override
    public String text() {
      return "artifact:" + name;
    }
  }

  /** What an earlier step answered under that key. */
  record Output(String step, String key) implements Reference {
    @Override
    public String text() {
      return "output:" + step + "." + key;
    }
  }

  /** The image that an earlier step built, by digest. */
  record Image(String step) implements Reference {
    @Override
    public String text() {
      return "image:" + step;
    }
  }

  /** The only image that earlier steps built, by digest. */
  record DockerImage() implements Reference {
    @Override
    public String text() {
      return "DOCKER_IMAGE";
    }
  }

  /** A secret of the worker, which is in no history, log or artifact. */
  record Secret(String name) implements Reference {
    @Override
    public String text() {
      return "secret:" + name;
    }
  }

  /** Where the stage's environment is reached. */
  record EnvironmentUrl() implements Reference {
    @Override
    public String text() {
      return "environment.url";
    }
  }

  /** The name of the stage's environment. */
  record EnvironmentName() implements Reference {
    @Override
    public String text() {
      return "environment.name";
    }
  }
}
