package dev.slipway.activities.kubernetes;

import dev.slipway.artifact.Digest;
import dev.slipway.environment.Deployment;
import dev.slipway.environment.EnvironmentId;
import dev.slipway.environment.KubernetesDeployment;
import dev.slipway.environment.ReleaseLabels;
import dev.slipway.json.Json;
import io.fabric8.kubernetes.api.model.HasMetadata;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** What our objects say about themselves in labels and annotations. */
final class Marks {
  /** The field manager that our changes are known by. */
  static final String MANAGER = "slipway";

  static final String NAME = "app.kubernetes.io/name";
  static final String MANAGED_BY = "app.kubernetes.io/managed-by";
  static final String APPLICATION = "slipway.dev/application";
  static final String ENVIRONMENT = "slipway.dev/environment";

  /** The whole deployment as JSON: what is read back. */
  static final String RELEASE = "slipway.dev/release";

  /** The release's number in the ledger. */
  static final String NUMBER = "slipway.dev/release-number";

  /** On what was not there before us. */
  static final String MADE = "slipway.dev/made";

  /**
   * On an object of a release that is not the Deployment which runs the image: {@value #APPLIED},
   * or {@value #HANDED_OVER} by a person who wants the next release to have it as it says.
   */
  static final String PART = "slipway.dev/part";

  static final String APPLIED = "manifest";
  static final String HANDED_OVER = "adopt";

  /** On a Deployment whose releases had manifests at some time. */
  static final String MANIFESTS = "slipway.dev/manifests";

  /** On pods: the digest of the ConfigMaps that they use, so that a change of one rolls them. */
  static final String CONFIGURATION = "slipway.dev/configuration";

  static final String TOKEN = "slipway.dev/fencing-token";

  private static final int LONGEST = 63;

  private Marks() {}

  /** Labels by which our objects are found. */
  static Map<String, String> labels(EnvironmentId environment) {
    var labels = new TreeMap<String, String>();
    labels.put(APPLICATION, value(environment.application()));
    labels.put(ENVIRONMENT, value(environment.name()));
    return labels;
  }

  /** Whether an object says that it belongs to the environment. */
  static boolean areOf(HasMetadata object, EnvironmentId environment) {
    var labels = object.getMetadata().getLabels();
    return labels != null && labels.entrySet().containsAll(labels(environment).entrySet());
  }

  /** Whether two objects belong to the same application and environment. */
  static boolean haveSameOwner(HasMetadata one, HasMetadata other) {
    return label(one, APPLICATION).equals(label(other, APPLICATION))
        && label(one, ENVIRONMENT).equals(label(other, ENVIRONMENT));
  }

  /** The labels as {@code kubectl label} takes them. */
  static String assignments(EnvironmentId environment) {
    return labels(environment).entrySet().stream()
        .map(label -> label.getKey() + "=" + label.getValue())
        .collect(Collectors.joining(" "));
  }

  /** Of the Deployment; its ReplicaSets get the same from the cluster. */
  static Map<String, String> annotations(KubernetesDeployment deployment) {
    var annotations = people(deployment.labels());
    annotations.put(RELEASE, Json.text(deployment));
    return annotations;
  }

  /** For people who look at a Deployment or a pod. */
  static Map<String, String> people(ReleaseLabels labels) {
    var annotations = new TreeMap<String, String>();
    annotations.put(NUMBER, Long.toString(labels.release()));
    annotations.put("slipway.dev/run", Long.toString(labels.run()));
    annotations.put("slipway.dev/digest", labels.artifact().text());
    var commit = labels.commit();
    if (commit != null) {
      annotations.put("slipway.dev/commit", commit);
    }
    var approver = labels.approver();
    if (approver != null) {
      annotations.put("slipway.dev/approver", approver);
    }
    return annotations;
  }

  /** The release that an object says it has; empty when it says none that can be read. */
  static Optional<KubernetesDeployment> release(HasMetadata object) {
    return annotation(object, RELEASE).flatMap(Marks::read);
  }

  private static Optional<KubernetesDeployment> read(String json) {
    try {
      return Json.read(json.getBytes(StandardCharsets.UTF_8), Deployment.class)
              instanceof KubernetesDeployment deployment
          ? Optional.of(deployment)
          : Optional.empty();
    } catch (UncheckedIOException | IllegalArgumentException unreadable) {
      return Optional.empty();
    }
  }

  static Optional<String> annotation(HasMetadata object, String key) {
    var annotations = object.getMetadata().getAnnotations();
    return annotations == null ? Optional.empty() : Optional.ofNullable(annotations.get(key));
  }

  static Optional<String> label(HasMetadata object, String key) {
    var labels = object.getMetadata().getLabels();
    return labels == null ? Optional.empty() : Optional.ofNullable(labels.get(key));
  }

  /**
   * A label's value: at most 63 of {@code [A-Za-z0-9._-]} with a letter or digit at both ends. What
   * is none gets a part of its hash, so that two names stay two.
   */
  static String value(String text) {
    return legal(text, LONGEST);
  }

  /** The name of the object that guards an application's environment. */
  static String lease(String application) {
    return "slipway-" + legal(application, LONGEST - 8).toLowerCase(Locale.ROOT).replace('_', '-');
  }

  private static String legal(String text, int longest) {
    var legal =
        text.replaceAll("[^A-Za-z0-9._-]", "-").replaceAll("^[^A-Za-z0-9]+|[^A-Za-z0-9]+$", "");
    if (legal.equals(text) && text.length() <= longest) {
      return text;
    }
    var hash = Digest.of(text.getBytes(StandardCharsets.UTF_8)).hex().substring(0, 8);
    var head = legal.substring(0, Math.min(legal.length(), longest - 9));
    return head.isEmpty() ? hash : head + "-" + hash;
  }
}
