package dev.slipway.pipeline.file;

import dev.slipway.action.ContainerSpecs;
import dev.slipway.action.Params;
import dev.slipway.artifact.ImageNames;
import dev.slipway.pipeline.Reference;
import dev.slipway.pipeline.Template;
import dev.slipway.pipeline.problem.Words;
import java.util.List;
import java.util.Optional;

/** What steps that build images say of registries, repositories and tags. */
final class ImageParams {
  private final String application;
  private final Optional<String> registry;
  private final boolean saysRegistry;

  /**
   * @param application empty when there is none, which has been said
   * @param registry the file's, if it has one
   */
  ImageParams(String application, Optional<Value> registry) {
    this.application = application;
    this.registry =
        registry.flatMap(
            value -> named(value, ImageNames::isRegistry, "a registry such as localhost:5000"));
    this.saysRegistry = registry.isPresent();
  }

  /** A step's {@code repository}. */
  static Optional<String> repository(Value value) {
    return named(
        value, ImageNames::isRepository, "a registry and a name, such as localhost:5000/shop");
  }

  /** An image to run: what a tag stands for may be something else tomorrow. */
  static Optional<String> byDigest(Value value, List<TemplateUse> templates) {
    var text = TemplateUse.text(value, templates);
    if (text.isEmpty() || ImageNames.isByDigest(text.get()) || text.get().contains("${")) {
      return text;
    }
    value.error(
        "%s is no image by digest".formatted(Words.quoted(text.get())),
        "a tag moves: name the image that a step builds, `${image:STEP}`, or add its `@sha256:…`");
    return Optional.empty();
  }

  private interface Form {
    boolean fits(String text);
  }

  private static Optional<String> named(Value value, Form form, String expected) {
    var text = value.text();
    if (text.isEmpty() || form.fits(text.get())) {
      return text;
    }
    if (text.get().contains("://")) {
      value.error(
          value.quotedLabel() + " is no URL",
          "write it without `" + text.get().substring(0, text.get().indexOf("://") + 3) + "`");
      return Optional.empty();
    }
    return value.mustBe(expected);
  }

  /** One of a step's {@code tags}. */
  static Optional<String> tag(Value value, List<TemplateUse> templates) {
    var text = TemplateUse.text(value, templates);
    if (text.isPresent() && !canBeTag(text.get())) {
      value.error(
          Words.quoted(text.get()) + " can't be a tag",
          "a tag has letters, digits, `_`, `.` and `-`, 128 at most, and no secret");
      return Optional.empty();
    }
    return text;
  }

  /** Of what only a run knows, whether its like fits. */
  private static boolean canBeTag(String text) {
    var reading = Template.read(text);
    if (!reading.flaws().isEmpty()) {
      return true; // which has been said
    }
    var sample = new StringBuilder();
    for (var part : reading.template().parts()) {
      sample.append(
          switch (part) {
            case Template.Part.Literal(var literal) -> literal;
            case Template.Part.Inserted(var reference) -> like(reference);
          });
    }
    return ImageNames.isTag(sample.toString());
  }

  private static String like(Reference reference) {
    return switch (reference) {
      case Reference.CommitSha _ -> "0".repeat(40);
      case Reference.RunNumber _, Reference.Output _, Reference.EnvironmentName _ -> "1";
      case Reference.Artifact _,
          Reference.Image _,
          Reference.DockerImage _,
          Reference.Secret _,
          Reference.EnvironmentUrl _ ->
          ":";
    };
  }

  /** The step's parameters with the repository that the file's registry gives it. */
  Params paramsOf(StepDraft step) {
    if (!step.makesImage()) {
      return step.params();
    }
    var params = withRepository(step.params());
    var pushes = params.flag(ContainerSpecs.PUSH, false);
    if (pushes && params.text(ContainerSpecs.REPOSITORY).isEmpty() && !saysRepository(step)) {
      at(step, ContainerSpecs.PUSH)
          .warning(
              "step %s pushes its image, and nothing says where to".formatted(quotedName(step)),
              "add `registry: HOST` at the top of the file, or the parameter `repository`");
    }
    if (!pushes && !params.texts(ContainerSpecs.TAGS).isEmpty()) {
      at(step, ContainerSpecs.TAGS)
          .warning(
              "`tags` has no effect without `push: true`",
              "tags stand in a registry: add `push: true`, or remove `tags`");
    }
    if (params.text(ContainerSpecs.USERNAME).isPresent()
        != params.text(ContainerSpecs.PASSWORD).isPresent()) {
      step.at()
          .field("params")
          .orElse(step.at())
          .error(
              "step %s has only one of `username` and `password`".formatted(quotedName(step)),
              "give both, or neither for a registry without a login");
    }
    return params;
  }

  private Params withRepository(Params params) {
    if (registry.isEmpty()
        || application.isEmpty()
        || params.text(ContainerSpecs.REPOSITORY).isPresent()) {
      return params;
    }
    var json = params.json().deepCopy();
    json.put(ContainerSpecs.REPOSITORY, registry.get() + "/" + repositoryName());
    return new Params(json);
  }

  /** An application's name may have hyphens where an image's may not. */
  private String repositoryName() {
    return application.replaceAll("-+$", "");
  }

  /** Also wrongly, which has been said. */
  private boolean saysRepository(StepDraft step) {
    return saysRegistry
        || step.at()
            .field("params")
            .flatMap(params -> params.field(ContainerSpecs.REPOSITORY))
            .isPresent();
  }

  private static Value at(StepDraft step, String param) {
    return step.at().field("params").flatMap(params -> params.field(param)).orElse(step.at());
  }

  private static String quotedName(StepDraft step) {
    return Words.quoted(step.name());
  }
}
