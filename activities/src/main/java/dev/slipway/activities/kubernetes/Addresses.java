package dev.slipway.activities.kubernetes;

import dev.slipway.pipeline.EnvironmentSpec.Namespace;
import io.fabric8.kubernetes.api.model.LoadBalancerIngress;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.Service;
import io.fabric8.kubernetes.api.model.ServicePort;
import java.net.URI;
import java.util.List;
import java.util.Optional;

/** Where people reach a Service. */
final class Addresses {
  private static final int HTTP = 80;

  private Addresses() {}

  /**
   * The address of its load balancer, else that of a node whose port leads to it, else its name
   * inside the cluster.
   *
   * @param pods behind it, which know their nodes' addresses
   */
  static URI of(Service service, List<Pod> pods) {
    var port = service.getSpec().getPorts().getFirst();
    var balancer = balancer(service);
    if (balancer.isPresent()) {
      return http(balancer.get(), port.getPort());
    }
    var node = pods.stream().flatMap(pod -> node(pod).stream()).findFirst();
    return port.getNodePort() != null && node.isPresent()
        ? http(node.get(), port.getNodePort())
        : inside(service, port);
  }

  /** Of the Service that an application gets when it is first deployed. */
  static URI future(Namespace namespace, String application) {
    return http("%s.%s.svc".formatted(application, namespace.name()), HTTP);
  }

  private static URI inside(Service service, ServicePort port) {
    var metadata = service.getMetadata();
    return http("%s.%s.svc".formatted(metadata.getName(), metadata.getNamespace()), port.getPort());
  }

  private static Optional<String> node(Pod pod) {
    return pod.getStatus() == null
        ? Optional.empty()
        : Optional.ofNullable(pod.getStatus().getHostIP());
  }

  private static Optional<String> balancer(Service service) {
    var status = service.getStatus() == null ? null : service.getStatus().getLoadBalancer();
    if (status == null || status.getIngress() == null) {
      return Optional.empty();
    }
    return status.getIngress().stream().findFirst().flatMap(Addresses::host);
  }

  private static Optional<String> host(LoadBalancerIngress ingress) {
    return Optional.ofNullable(ingress.getIp() == null ? ingress.getHostname() : ingress.getIp());
  }

  private static URI http(String host, int port) {
    var literal = host.contains(":") ? "[" + host + "]" : host;
    return URI.create("http://" + literal + (port == HTTP ? "" : ":" + port));
  }
}
