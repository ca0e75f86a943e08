package dev.slipway.activities.kubernetes;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.slipway.activities.docker.Uploads;
import dev.slipway.json.Json;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveOutputStream;

/** Small applications as images in the cluster's registry: a static busybox and a few files. */
final class TestImages {
  private static final Path BUSYBOX = Path.of("/bin/busybox");
  private static final String NAME = "slipway-test/app";

  /** Serves its files and ends at once when it is told to. */
  private static final String SERVE =
      "trap 'exit 0' TERM; /bin/busybox httpd -f -p $PORT -h /www & wait";

  private final String registry;
  private final Uploads uploads;

  TestImages() {
    this.registry = Objects.requireNonNullElse(System.getenv("CLUSTER_REGISTRY"), "localhost:5000");
    this.uploads = new Uploads(registry);
  }

  /** Answers its version on {@code /} and is healthy. */
  String serving(String version) throws IOException, InterruptedException {
    return image(SERVE, Map.of("www/index.html", version, "www/health", "ok"));
  }

  /** Prints why, and ends with 3. */
  String crashing() throws IOException, InterruptedException {
    return image("echo starting; echo 'boom: no price list'; exit 3", Map.of());
  }

  /** Serves, and never becomes healthy. */
  String sick() throws IOException, InterruptedException {
    return image(SERVE, Map.of("www/index.html", "sick"));
  }

  /** Becomes healthy, and after some seconds is not any more. */
  String sickening(int seconds) throws IOException, InterruptedException {
    return image(
        "trap 'exit 0' TERM; /bin/busybox httpd -f -p $PORT -h /www & /bin/busybox sleep %d;"
                .formatted(seconds)
            + " /bin/busybox rm /www/health; wait",
        Map.of("www/index.html", "sickening", "www/health", "ok"));
  }

  /** A name that the registry knows, with a digest that it does not. */
  String missing() {
    return repository() + "@sha256:" + "0".repeat(64);
  }

  /** The same image by a tag, as people who do not pin deploy it. */
  String tagged(String image, String tag) throws IOException, InterruptedException {
    var digest = Images.digest(image).orElseThrow();
    uploads.tag(NAME, digest, tag);
    return repository() + ":" + tag;
  }

  String repository() {
    return registry + "/" + NAME;
  }

  private String image(String command, Map<String, String> files)
      throws IOException, InterruptedException {
    var layer = layer(files);
    var diff = uploads.blob(NAME, layer);
    var config =
        """
        {"architecture": "amd64", "os": "linux",
         "config": {"Entrypoint": %s, "Env": ["PORT=8080"]},
         "rootfs": {"type": "layers", "diff_ids": ["%s"]}}"""
            .formatted(Json.text(List.of("/bin/busybox", "sh", "-c", command)), diff)
            .getBytes(UTF_8);
    var manifest =
        """
        {"schemaVersion": 2, "mediaType": "%s",
         "config": {"mediaType": "application/vnd.oci.image.config.v1+json",
                    "digest": "%s", "size": %d},
         "layers": [{"mediaType": "application/vnd.oci.image.layer.v1.tar",
                     "digest": "%s", "size": %d}]}"""
            .formatted(Uploads.OCI, uploads.blob(NAME, config), config.length, diff, layer.length);
    return repository() + "@" + uploads.manifest(NAME, Uploads.OCI, manifest);
  }

  private static byte[] layer(Map<String, String> files) throws IOException {
    var bytes = new ByteArrayOutputStream();
    try (var tar = new TarArchiveOutputStream(bytes)) {
      put(tar, "bin/busybox", Files.readAllBytes(BUSYBOX), 0755);
      for (var file : new TreeMap<>(files).entrySet()) {
        put(tar, file.getKey(), file.getValue().getBytes(UTF_8), 0644);
      }
    }
    return bytes.toByteArray();
  }

  private static void put(TarArchiveOutputStream tar, String name, byte[] content, int mode)
      throws IOException {
    var entry = new TarArchiveEntry(name);
    entry.setSize(content.length);
    entry.setMode(mode);
    entry.setModTime(0L);
    tar.putArchiveEntry(entry);
    tar.write(content);
    tar.closeArchiveEntry();
  }
}
