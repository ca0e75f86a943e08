package dev.slipway.activities.local.proxy;

import dev.slipway.activities.frontend.PublishedFile;
import dev.slipway.activities.local.protocol.LocalStatus.Traffic;
import io.undertow.Undertow;
import io.undertow.UndertowOptions;
import io.undertow.server.HttpHandler;
import io.undertow.server.HttpServerExchange;
import io.undertow.server.handlers.BlockingHandler;
import io.undertow.server.handlers.RequestLimitingHandler;
import io.undertow.server.handlers.proxy.ProxyHandler;
import io.undertow.util.Headers;
import io.undertow.util.Methods;
import io.undertow.util.StatusCodes;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import org.xnio.Options;

/**
 * Listens on the loopback address for as long as the environment lives. Published files are
 * answered here; everything else goes to a replica.
 */
public final class ProxyServer implements AutoCloseable {
  private static final int MOST_REQUESTS = 1024;
  private static final int MOST_WAITING = 4096;

  /** A request that makes replicas crash should not reach all of them. */
  private static final int MOST_RETRIES = 2;

  private static final int MOST_HEADER_BYTES = 64 * 1024;
  private static final int SLOWEST_HEADER_MILLIS = 20_000;

  private final Rotation rotation = new Rotation();
  private final AtomicLong requests = new AtomicLong();
  private final AtomicLong failures = new AtomicLong();
  private final AtomicLong errors = new AtomicLong();
  private final AtomicLong retried = new AtomicLong();
  private final Undertow server;
  private volatile ServedFiles served;

  /**
   * Begins to listen.
   *
   * @throws RuntimeException when the port is taken
   */
  public ProxyServer(int port, Path assets, ServedFiles served) {
    this.served = served;
    var proxy =
        ProxyHandler.builder()
            .setProxyClient(new ReplicaClient(rotation, retried))
            .setNext(ProxyServer::noReplica)
            .setMaxConnectionRetries(MOST_RETRIES)
            .setIdempotentRequestPredicate(ReplicaClient::repeatable)
            .build();
    var files = new BlockingHandler(new AssetHandler(assets));
    server =
        Undertow.builder()
            .addHttpListener(port, "127.0.0.1")
            .setIoThreads(2)
            .setWorkerThreads(8)
            .setSocketOption(Options.TCP_NODELAY, true)
            .setSocketOption(Options.REUSE_ADDRESSES, true)
            .setSocketOption(Options.BACKLOG, 1024)
            .setServerOption(UndertowOptions.MAX_HEADER_SIZE, MOST_HEADER_BYTES)
            .setServerOption(UndertowOptions.REQUEST_PARSE_TIMEOUT, SLOWEST_HEADER_MILLIS)
            .setServerOption(UndertowOptions.ALWAYS_SET_DATE, false)
            .setHandler(
                new RequestLimitingHandler(
                    MOST_REQUESTS, MOST_WAITING, exchange -> handle(exchange, files, proxy)))
            .build();
    server.start();
  }

  /** The replicas that get requests. */
  public Rotation rotation() {
    return rotation;
  }

  /** The files that are served. */
  public ServedFiles served() {
    return served;
  }

  /** Serves these from the next request on. */
  public void serve(ServedFiles next) {
    served = next;
  }

  /** What went through since the start. */
  public Traffic traffic() {
    return new Traffic(requests.get(), failures.get(), errors.get(), retried.get());
  }

  @Override
  public void close() {
    server.stop();
  }

  private void handle(HttpServerExchange exchange, HttpHandler files, HttpHandler proxy)
      throws Exception {
    exchange.addExchangeCompleteListener(
        (done, next) -> {
          count(done);
          next.proceed();
        });
    var method = exchange.getRequestMethod();
    var file =
        method.equals(Methods.GET) || method.equals(Methods.HEAD)
            ? served.find(exchange.getRequestPath())
            : Optional.<PublishedFile>empty();
    if (file.isPresent()) {
      exchange.putAttachment(AssetHandler.FILE, file.get());
      files.handleRequest(exchange);
    } else {
      proxy.handleRequest(exchange);
    }
  }

  private void count(HttpServerExchange exchange) {
    requests.incrementAndGet();
    if (exchange.getStatusCode() >= StatusCodes.INTERNAL_SERVER_ERROR) {
      // Only an answer that came from a replica has a reason phrase of its own.
      (exchange.getReasonPhrase() == null ? failures : errors).incrementAndGet();
    }
  }

  private static void noReplica(HttpServerExchange exchange) {
    exchange.setStatusCode(StatusCodes.SERVICE_UNAVAILABLE);
    exchange.getResponseHeaders().put(Headers.CONTENT_TYPE, "text/plain; charset=utf-8");
    exchange.getResponseHeaders().put(Headers.CACHE_CONTROL, "no-store");
    exchange.getResponseHeaders().put(Headers.RETRY_AFTER, "1");
    exchange.getResponseSender().send("No replica of this environment takes requests.\n");
  }
}
