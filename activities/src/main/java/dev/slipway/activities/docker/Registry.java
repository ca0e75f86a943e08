package dev.slipway.activities.docker;

import java.net.URI;

/**
 * Where a repository is reached.
 *
 * @param host with its port, as the repository names it
 * @param name of the repository inside the registry
 */
record Registry(String host, String name) {
  private static final String HUB = "docker.io";

  /** The registry of a repository; without a host it is Docker's own. */
  static Registry of(String repository) {
    var slash = repository.indexOf('/');
    var first = slash < 0 ? "" : repository.substring(0, slash);
    if (first.contains(".") || first.contains(":") || first.equals("localhost")) {
      var rest = repository.substring(slash + 1);
      return new Registry(
          first, first.equals(HUB) && !rest.contains("/") ? "library/" + rest : rest);
    }
    return new Registry(HUB, slash < 0 ? "library/" + repository : repository);
  }

  /** Its root; without encryption only on this machine, as the engine does it. */
  URI root() {
    var address = host.equals(HUB) ? "registry-1." + HUB : host;
    return URI.create((isLocal(address) ? "http" : "https") + "://" + address);
  }

  /** How Docker's configuration calls a registry. */
  static String configName(String host) {
    return host.equals(HUB) ? "https://index." + HUB + "/v1/" : host;
  }

  /** Whether it is on this machine. */
  static boolean isLocal(String address) {
    var name = address.replaceFirst(":[0-9]+$", "");
    return name.equals("localhost")
        || name.equals("[::1]")
        || name.matches("127(\\.[0-9]{1,3}){3}");
  }
}
