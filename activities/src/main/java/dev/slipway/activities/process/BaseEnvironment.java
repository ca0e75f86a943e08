package dev.slipway.activities.process;

import java.nio.file.Path;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * The variables that every program gets: of the worker's own, only those on a list, so that neither
 * its credentials nor its secrets are handed on.
 *
 * <ul>
 *   <li>who and where: {@code PATH HOME USER LOGNAME LANG LANGUAGE LC_* TZ}, and {@code JAVA_HOME};
 *   <li>behind a company's proxy or mirror: {@code HTTP_PROXY HTTPS_PROXY ALL_PROXY NO_PROXY} in
 *       either case, {@code SSL_CERT_FILE SSL_CERT_DIR NODE_EXTRA_CA_CERTS CURL_CA_BUNDLE
 *       REQUESTS_CA_BUNDLE GIT_SSL_CAINFO PIP_CERT PIP_INDEX_URL GOPROXY};
 *   <li>npm's registry, proxy and certificate settings, {@code npm_config_registry} and the like,
 *       but none of its tokens.
 * </ul>
 *
 * <p>{@code TMPDIR} is a folder of the attempt. {@code HOME} stays the worker's, so that tools find
 * their settings and caches: a worker that builds what it does not trust needs a user of its own.
 */
public final class BaseEnvironment {
  private static final Set<String> NAMES =
      Set.of(
          "PATH",
          "HOME",
          "USER",
          "LOGNAME",
          "LANG",
          "LANGUAGE",
          "TZ",
          "JAVA_HOME",
          "HTTP_PROXY",
          "HTTPS_PROXY",
          "ALL_PROXY",
          "NO_PROXY",
          "http_proxy",
          "https_proxy",
          "all_proxy",
          "no_proxy",
          "SSL_CERT_FILE",
          "SSL_CERT_DIR",
          "NODE_EXTRA_CA_CERTS",
          "CURL_CA_BUNDLE",
          "REQUESTS_CA_BUNDLE",
          "GIT_SSL_CAINFO",
          "PIP_CERT",
          "PIP_INDEX_URL",
          "GOPROXY");

  private static final Set<String> NPM_SETTINGS =
      Set.of(
          "registry",
          "cafile",
          "ca",
          "proxy",
          "https_proxy",
          "noproxy",
          "strict_ssl",
          "userconfig",
          "globalconfig",
          "cache",
          "nodedir");

  private final Map<String, String> variables;

  private BaseEnvironment(Map<String, String> variables) {
    this.variables = variables;
  }

  /** The worker's own environment, cut down to the list. */
  public static BaseEnvironment ofThisProcess() {
    return of(System.getenv(), List.of());
  }

  /**
   * An environment cut down to the list.
   *
   * @param passed names that the worker's settings add to the list
   */
  public static BaseEnvironment of(Map<String, String> whole, Collection<String> passed) {
    var wanted = new HashSet<>(passed);
    var variables = new TreeMap<String, String>();
    whole.forEach(
        (name, value) -> {
          if (wanted.contains(name) || isListed(name)) {
            variables.put(name, value);
          }
        });
    return new BaseEnvironment(variables);
  }

  /** The variables, with an attempt's folder for temporary files. */
  Map<String, String> with(Path temp) {
    var all = new TreeMap<>(variables);
    all.put("TMPDIR", temp.toString());
    return all;
  }

  private static boolean isListed(String name) {
    return NAMES.contains(name) || name.startsWith("LC_") || isNpmSetting(name);
  }

  private static boolean isNpmSetting(String name) {
    var prefix = "npm_config_";
    if (!name.regionMatches(true, 0, prefix, 0, prefix.length())) {
      return false;
    }
    var setting = name.substring(prefix.length());
    return NPM_SETTINGS.contains(setting.toLowerCase(Locale.ROOT))
        || (setting.startsWith("@") && setting.endsWith(":registry"));
  }
}
