package dev.slipway.activities.docker;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executors;

/** A registry in memory, which can also ask for tokens and misbehave. */
public final class FakeRegistry implements TestRegistry {
  private static final String TOKEN = "a.token-1";

  /** How it wants to know who asks. */
  enum Asking {
    NOTHING,
    LOGIN,
    TOKEN
  }

  /** What it does wrong. */
  enum Fault {
    NONE,
    FORGETS_TAGS,
    BUSY,
    LIES,
    FLOODS,
    REFUSES_TOKENS
  }

  private final HttpServer server;
  private final Asking asking;
  private final Fault fault;
  private final Map<String, Manifest> manifests = new ConcurrentHashMap<>();
  private final List<String> requests = new CopyOnWriteArrayList<>();

  private FakeRegistry(Asking asking, Fault fault) throws IOException {
    this.asking = asking;
    this.fault = fault;
    this.server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
    server.createContext("/v2/", this::answer);
    server.createContext("/token", this::token);
    server.start();
  }

  /** One that asks for nothing and does nothing wrong. */
  public static FakeRegistry open() throws IOException {
    return asking(Asking.NOTHING);
  }

  static FakeRegistry asking(Asking asking) throws IOException {
    return new FakeRegistry(asking, Fault.NONE);
  }

  static FakeRegistry with(Fault fault) throws IOException {
    return new FakeRegistry(fault == Fault.REFUSES_TOKENS ? Asking.TOKEN : Asking.NOTHING, fault);
  }

  /** Each request's method and path. */
  List<String> requests() {
    return requests;
  }

  private void answer(HttpExchange exchange) throws IOException {
    try (exchange) {
      var path = exchange.getRequestURI().getPath();
      var method = exchange.getRequestMethod();
      requests.add(method + " " + path);
      var body = exchange.getRequestBody().readAllBytes();
      if (!isKnown(exchange)) {
        exchange
            .getResponseHeaders()
            .add(
                "WWW-Authenticate",
                asking == Asking.TOKEN
                    ? "Bearer realm=\"http://%s/token\",service=\"fake\"".formatted(host())
                    : "Basic realm=\"fake\"");
        send(exchange, 401, "{}");
      } else if (path.endsWith("/blobs/uploads/")) {
        exchange.getResponseHeaders().add("Location", path + "1");
        send(exchange, 202, "");
      } else if (path.contains("/blobs/")) {
        send(exchange, 201, "");
      } else if (method.equals("PUT")) {
        put(exchange, path, body);
      } else {
        get(exchange, path);
      }
    }
  }

  private void put(HttpExchange exchange, String path, byte[] body) throws IOException {
    var manifest =
        new Manifest(
            Objects.requireNonNull(exchange.getRequestHeaders().getFirst("Content-Type")), body);
    if (fault != Fault.FORGETS_TAGS || path.contains("sha256:")) {
      manifests.put(path, manifest);
    }
    manifests.put(path.replaceFirst("[^/]+$", manifest.digest().text()), manifest);
    send(exchange, 201, "");
  }

  private void get(HttpExchange exchange, String path) throws IOException {
    var manifest = manifests.get(path);
    if (fault == Fault.BUSY) {
      send(exchange, 503, "busy\n\u001b[31m");
    } else if (fault == Fault.FLOODS) {
      exchange.sendResponseHeaders(200, 0);
      for (var i = 0; i < 10; i++) {
        exchange.getResponseBody().write(new byte[1 << 20]);
      }
    } else if (manifest == null) {
      send(exchange, 404, "{}");
    } else {
      exchange.getResponseHeaders().add("Content-Type", manifest.type());
      send(exchange, 200, new String(manifest.bytes(), UTF_8) + (fault == Fault.LIES ? " " : ""));
    }
  }

  private void token(HttpExchange exchange) throws IOException {
    try (exchange) {
      requests.add("GET " + exchange.getRequestURI());
      var scoped =
          String.valueOf(exchange.getRequestURI().getQuery()).contains("scope=repository:");
      if (fault == Fault.REFUSES_TOKENS || !isLogin(exchange) || !scoped) {
        send(exchange, 401, "{}");
      } else {
        send(exchange, 200, "{\"access_token\": \"%s\", \"expires_in\": 60}".formatted(TOKEN));
      }
    }
  }

  private boolean isKnown(HttpExchange exchange) {
    return switch (asking) {
      case NOTHING -> true;
      case LOGIN -> isLogin(exchange);
      case TOKEN -> isLogin(exchange) || ("Bearer " + TOKEN).equals(authorization(exchange));
    };
  }

  private static boolean isLogin(HttpExchange exchange) {
    var pair = Base64.getEncoder().encodeToString((USERNAME + ":" + PASSWORD).getBytes(UTF_8));
    return ("Basic " + pair).equals(authorization(exchange));
  }

  private static String authorization(HttpExchange exchange) {
    return String.valueOf(exchange.getRequestHeaders().getFirst("Authorization"));
  }

  private static void send(HttpExchange exchange, int status, String body) throws IOException {
    var bytes = body.getBytes(UTF_8);
    exchange.sendResponseHeaders(status, bytes.length == 0 ? -1 : bytes.length);
    if (bytes.length > 0) {
      exchange.getResponseBody().write(bytes);
    }
  }

  @Override
  public String host() {
    return "127.0.0.1:" + server.getAddress().getPort();
  }

  @Override
  public void close() {
    server.stop(0);
  }
}
