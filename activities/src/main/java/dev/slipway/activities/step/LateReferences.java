package dev.slipway.activities.step;

import dev.slipway.action.FailureType;
import dev.slipway.action.Params;
import dev.slipway.activities.secret.Masking;
import dev.slipway.environment.EnvironmentId;
import dev.slipway.pipeline.Interpolation;
import dev.slipway.pipeline.Reference;
import dev.slipway.pipeline.Template;
import dev.slipway.pipeline.UnknownReferenceException;
import dev.slipway.step.StepFailedException;
import dev.slipway.step.StepRequest;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

/** Resolves what only the worker knows; every secret that it resolves is masked from then on. */
final class LateReferences {
  private final StepRequest request;
  private final StepResources resources;
  private final Masking masking;

  LateReferences(StepRequest request, StepResources resources, Masking masking) {
    this.request = request;
    this.resources = resources;
    this.masking = masking;
  }

  Params params() throws StepFailedException, InterruptedException {
    return resolve(
        found -> Interpolation.insert(request.params(), found),
        known -> Interpolation.finish(request.params(), known));
  }

  Map<String, String> env() throws StepFailedException, InterruptedException {
    return resolve(
        found -> Interpolation.insert(request.env(), found),
        known -> Interpolation.finish(request.env(), known));
  }

  String text(String text) throws StepFailedException, InterruptedException {
    return resolve(
        found -> Interpolation.insert(Map.of("", text), found),
        known -> Interpolation.finish(text, known));
  }

  private interface Phase<T, E extends Exception> {
    T with(Function<Reference, Optional<String>> lookup) throws E;
  }

  private <T> T resolve(
      Phase<?, RuntimeException> collecting, Phase<T, UnknownReferenceException> finishing)
      throws StepFailedException, InterruptedException {
    try {
      var values = new HashMap<Reference, String>();
      for (var reference : references(collecting)) {
        values.put(reference, value(reference));
      }
      return finishing.with(reference -> Optional.ofNullable(values.get(reference)));
    } catch (IllegalArgumentException | UnknownReferenceException e) {
      throw new StepFailedException(
          FailureType.CONFIGURATION,
          "a reference can't be resolved: " + e.getMessage(),
          "Check the pipeline file with `slipway validate`.",
          e);
    }
  }

  private static Set<Reference> references(Phase<?, RuntimeException> collecting) {
    var references = new LinkedHashSet<Reference>();
    var _ =
        collecting.with(
            reference -> {
              references.add(reference);
              return Optional.empty();
            });
    return references;
  }

  private String value(Reference reference) throws StepFailedException, InterruptedException {
    return switch (reference) {
      case Reference.Secret(var name) -> {
        var secret = resources.secrets().require(name);
        masking.add(secret);
        yield secret;
      }
      case Reference.EnvironmentName _ -> environmentName();
      case Reference.EnvironmentUrl _ -> environmentUrl();
      case Reference.CommitSha _,
          Reference.RunNumber _,
          Reference.Artifact _,
          Reference.Output _,
          Reference.Image _,
          Reference.DockerImage _ ->
          throw new StepFailedException(
              FailureType.CONFIGURATION,
              "`${%s}` has no value in this step".formatted(reference.text()),
              "Does an earlier step give it? Check with `slipway validate`.");
    };
  }

  private String environmentName() throws StepFailedException {
    return Grants.of(request).spec().name();
  }

  private String environmentUrl() throws StepFailedException, InterruptedException {
    var spec = Grants.of(request).spec();
    if (spec.url() == null) {
      var environment = new EnvironmentId(request.key().application(), spec.name());
      return resources.environmentUrls().url(environment, spec).toString();
    }
    if (Template.parse(spec.url()).references().contains(new Reference.EnvironmentUrl())) {
      throw new StepFailedException(
          FailureType.CONFIGURATION,
          "the `url` of `%s` refers to itself".formatted(spec.name()),
          "Write the address without `${environment.url}`.");
    }
    return text(spec.url());
  }
}
