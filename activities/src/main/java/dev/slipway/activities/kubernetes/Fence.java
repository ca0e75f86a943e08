package dev.slipway.activities.kubernetes;

import dev.slipway.action.FailureType;
import dev.slipway.environment.EnvironmentId;
import dev.slipway.pipeline.EnvironmentSpec.Namespace;
import dev.slipway.step.StepFailedException;
import io.fabric8.kubernetes.api.model.coordination.v1.Lease;
import io.fabric8.kubernetes.api.model.coordination.v1.LeaseBuilder;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Who may change an application in a namespace: a Lease there names the engine that does, the
 * environment that it is, and the highest fencing token that was seen. It is changed only by
 * comparing its version, so that of two writers one is told.
 */
final class Fence {
  private static final int TRIES = 20;
  private static final int CONFLICT = 409;

  private final ClusterConnection cluster;
  private final Namespace namespace;
  private final EnvironmentId environment;
  private final String engine;
  private final String name;
  private final Use use;

  /** Whether somebody is to be shut out. */
  private enum Use {
    CLAIMED,
    LOOKED_AT
  }

  /**
   * @param engine names the one that works on this environment, over restarts
   */
  Fence(ClusterConnection cluster, Namespace namespace, EnvironmentId environment, String engine) {
    this(cluster, namespace, environment, engine, Use.CLAIMED);
  }

  /** One that shuts nobody out, for who changes nothing. */
  static Fence seen(
      ClusterConnection cluster, Namespace namespace, EnvironmentId environment, String engine) {
    return new Fence(cluster, namespace, environment, engine, Use.LOOKED_AT);
  }

  private Fence(
      ClusterConnection cluster,
      Namespace namespace,
      EnvironmentId environment,
      String engine,
      Use use) {
    this.use = use;
    this.cluster = cluster;
    this.namespace = namespace;
    this.environment = environment;
    this.engine = engine;
    this.name = Marks.lease(environment.application());
  }

  /**
   * Shuts out every lower token.
   *
   * @throws StepFailedException CONFLICT when a higher one was seen, or another engine works here
   */
  void claim(long token) throws StepFailedException, InterruptedException {
    if (use == Use.LOOKED_AT) {
      return;
    }
    for (var attempt = 0; attempt < TRIES; attempt++) {
      var lease = lease();
      if (lease.isPresent() && tokenOf(lease.get()) == token && isOurs(lease.get())) {
        return;
      }
      if (lease.isPresent()) {
        refuse(lease.get(), token);
      }
      if (written(lease, token)) {
        return;
      }
    }
    throw new StepFailedException(
        FailureType.TRANSIENT,
        "the Lease %s in %s is changed all the time".formatted(name, namespace),
        "See who changes it: kubectl -n %s get lease %s -o yaml".formatted(namespace.name(), name));
  }

  /** The engine that works here in place of ours; empty when none does. */
  Optional<String> otherEngine() throws StepFailedException, InterruptedException {
    return lease()
        .map(Lease::getSpec)
        .map(spec -> spec.getHolderIdentity())
        .filter(holder -> !holder.equals(engine));
  }

  /**
   * @throws StepFailedException CONFLICT when another environment of the application lives here
   */
  void refuseOtherEnvironment() throws StepFailedException, InterruptedException {
    var lease = lease();
    var other = lease.isPresent() ? otherEnvironment(lease.get()) : Optional.<String>empty();
    if (other.isPresent()) {
      throw new StepFailedException(
          FailureType.CONFLICT, other.get(), "Give each environment a namespace of its own.");
    }
  }

  private Optional<Lease> lease() throws StepFailedException, InterruptedException {
    return cluster.find(
        client -> client.leases().inNamespace(namespace.name()).withName(name).get());
  }

  private boolean isOurs(Lease lease) {
    return engine.equals(lease.getSpec().getHolderIdentity())
        && environment.name().equals(environmentOf(lease));
  }

  private void refuse(Lease lease, long token) throws StepFailedException {
    var holder = lease.getSpec() == null ? null : lease.getSpec().getHolderIdentity();
    if (holder != null && !holder.equals(engine)) {
      throw new StepFailedException(
          FailureType.CONFLICT,
          "%s in %s belongs to the engine %s, and this one is %s"
              .formatted(environment.application(), namespace, holder, engine),
          "Deploy from there. If that engine is gone for good: kubectl -n %s delete lease %s"
              .formatted(namespace.name(), name));
    }
    var other = otherEnvironment(lease);
    if (other.isPresent()) {
      throw new StepFailedException(
          FailureType.CONFLICT,
          other.get(),
          "Give each environment a namespace of its own. If that one is gone: kubectl -n %s delete"
                  .formatted(namespace.name())
              + " lease "
              + name);
    }
    if (tokenOf(lease) > token) {
      throw new StepFailedException(
          FailureType.CONFLICT,
          "%s was changed with the newer fencing token %d; this one is %d"
              .formatted(environment, tokenOf(lease), token),
          "A newer run or an undo has taken over; see `slipway live %s`."
              .formatted(environment.application()));
    }
  }

  /** Says which other environment of the application lives here; empty when none does. */
  private Optional<String> otherEnvironment(Lease lease) {
    return Marks.annotation(lease, Marks.ENVIRONMENT)
        .filter(other -> !other.equals(environment.name()))
        .map(
            other ->
                "%s is where environment %s of %s lives, and can't be %s too"
                    .formatted(namespace, other, environment.application(), environment.name()));
  }

  /** False when somebody else was quicker. */
  private boolean written(Optional<Lease> before, long token)
      throws StepFailedException, InterruptedException {
    var lease =
        before
            .map(LeaseBuilder::new)
            .orElseGet(LeaseBuilder::new)
            .editOrNewMetadata()
            .withName(name)
            .withNamespace(namespace.name())
            .addToLabels(Marks.labels(environment))
            .addToAnnotations(Marks.TOKEN, Long.toString(token))
            .addToAnnotations(Marks.ENVIRONMENT, environment.name())
            .endMetadata()
            .editOrNewSpec()
            .withHolderIdentity(engine)
            .withRenewTime(ZonedDateTime.now(ZoneOffset.UTC))
            .endSpec()
            .build();
    try {
      cluster.attempt(
          client -> {
            var resource = client.leases().inNamespace(namespace.name()).resource(lease);
            return before.isPresent() ? resource.update() : resource.create();
          });
      return true;
    } catch (KubernetesClientException e) {
      if (e.getCode() == CONFLICT) {
        return false;
      }
      throw ClusterFailures.of(cluster.name(), e);
    }
  }

  private static @Nullable String environmentOf(Lease lease) {
    return Marks.annotation(lease, Marks.ENVIRONMENT).orElse(null);
  }

  /** A lease that somebody made by hand has none yet. */
  private static long tokenOf(Lease lease) throws StepFailedException {
    var text = Marks.annotation(lease, Marks.TOKEN);
    try {
      return text.isPresent() ? Long.parseLong(text.get()) : Long.MIN_VALUE;
    } catch (NumberFormatException e) {
      throw new StepFailedException(
          FailureType.CONFLICT,
          "the Lease %s has no fencing token that can be read: %s"
              .formatted(lease.getMetadata().getName(), text.get()),
          "Somebody changed it by hand: set the annotation %s to a number.".formatted(Marks.TOKEN),
          e);
    }
  }
}
