package dev.slipway.action;

/** What a parameter's value must look like in the pipeline file. */
public enum ParamType {
  /** A text, which may hold references. */
  TEXT("a text"),
  /** A list of texts; an argument list is one and is never handed to a shell. */
  TEXT_LIST("a list of texts"),
  /** A mapping from names to texts. */
  TEXT_MAP("a mapping of names to texts"),
  /** A whole number that is not negative. */
  COUNT("a whole number"),
  /** {@code true} or {@code false}. */
  FLAG("true or false"),
  /** A whole number of milliseconds, or a text like {@code 90s}, {@code 30m}, {@code 2h}. */
  DURATION("a time such as 90s, 30m or a number of milliseconds"),
  /** A path inside the step's directory. */
  PATH("a path inside the step's directory"),
  /** One glob or a list of them, inside the step's directory. */
  GLOBS("a glob or a list of globs"),
  /** An absolute http or https URL, which may hold references. */
  URL("an http or https URL"),
  /** The name of an artifact that an earlier step keeps. */
  ARTIFACT("the name of an artifact"),
  /** A registry and the name of an image in it, without tag or digest. */
  REPOSITORY("a registry and a name, such as localhost:5000/shop"),
  /** One tag of an image or a list of them, which may hold references. */
  TAGS("a tag or a list of tags"),
  /** An image by digest, or references that stand for one. */
  IMAGE("an image by digest, such as ${image:STEP}"),
  /** A namespace of a cluster, without references. */
  NAMESPACE("a namespace"),
  /** Steps that the action's one is made of. */
  STEPS("a list of steps");

  private final String description;

  ParamType(String description) {
    this.description = description;
  }

  /** Completes "must be …" in an error. */
  public String description() {
    return description;
  }
}
