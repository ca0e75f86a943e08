package dev.slipway.activities.npm;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.sun.net.httpserver.HttpServer;
import dev.slipway.activities.step.TestStep;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.zip.GZIPOutputStream;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveOutputStream;

/** Serves one package, {@code tiny} 1.0.0, on the loopback interface. */
final class TinyRegistry implements AutoCloseable {
  static final String INDEX = "module.exports = 'tiny'\n";

  private final HttpServer server;
  private final byte[] archive = archive();

  TinyRegistry() throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext(
        "/tiny.tgz",
        exchange -> {
          exchange.sendResponseHeaders(200, archive.length);
          try (exchange) {
            exchange.getResponseBody().write(archive);
          }
        });
    server.start();
  }

  /** Writes a project that depends on the package; npm's own cache is in the folder too. */
  void writeProject(TestStep step, Path npmCache) throws IOException {
    var directory = step.directory();
    var url = "http://127.0.0.1:%d/".formatted(server.getAddress().getPort());
    Files.writeString(
        directory.resolve(".npmrc"),
        "registry=%s\ncache=%s\nfetch-retries=0\n".formatted(url, npmCache));
    Files.writeString(
        directory.resolve("package.json"),
        """
        {"name": "shop", "version": "1.0.0", "dependencies": {"tiny": "1.0.0"}}
        """);
    Files.writeString(
        directory.resolve("package-lock.json"),
        """
        {"name": "shop", "version": "1.0.0", "lockfileVersion": 3, "requires": true, "packages": {
          "": {"name": "shop", "version": "1.0.0", "dependencies": {"tiny": "1.0.0"}},
          "node_modules/tiny": {"version": "1.0.0", "resolved": "%stiny.tgz", "integrity": "%s"}}}
        """
            .formatted(url, integrity()));
  }

  private String integrity() {
    try {
      var hash = MessageDigest.getInstance("SHA-512").digest(archive);
      return "sha512-" + Base64.getEncoder().encodeToString(hash);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-512", e);
    }
  }

  private static byte[] archive() throws IOException {
    var bytes = new ByteArrayOutputStream();
    try (var tar = new TarArchiveOutputStream(new GZIPOutputStream(bytes))) {
      add(tar, "package/package.json", "{\"name\": \"tiny\", \"version\": \"1.0.0\"}");
      add(tar, "package/index.js", INDEX);
    }
    return bytes.toByteArray();
  }

  private static void add(TarArchiveOutputStream tar, String name, String text) throws IOException {
    var entry = new TarArchiveEntry(name);
    entry.setSize(text.length());
    tar.putArchiveEntry(entry);
    tar.write(text.getBytes(UTF_8));
    tar.closeArchiveEntry();
  }

  @Override
  public void close() {
    server.stop(0);
  }
}
