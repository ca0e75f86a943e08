package dev.slipway.activities.kubernetes;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;

/** What people would do instead. */
record Kubectl(String kubeconfig, String namespace) {
  static Kubectl in(ClusterWorld world) {
    return new Kubectl(world.kubeconfig.toString(), world.namespace.name());
  }

  void run(String... arguments) throws Exception {
    var command =
        new ArrayList<>(List.of("kubectl", "--kubeconfig", kubeconfig, "--namespace", namespace));
    command.addAll(List.of(arguments));
    var process = new ProcessBuilder(command).redirectErrorStream(true).start();
    var said = new String(process.getInputStream().readAllBytes(), UTF_8);
    assertThat(process.waitFor()).as(said).isZero();
  }
}
