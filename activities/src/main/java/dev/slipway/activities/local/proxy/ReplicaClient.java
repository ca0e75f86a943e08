package dev.slipway.activities.local.proxy;

import io.undertow.server.HttpServerExchange;
import io.undertow.server.handlers.proxy.ProxyCallback;
import io.undertow.server.handlers.proxy.ProxyClient;
import io.undertow.server.handlers.proxy.ProxyConnection;
import io.undertow.util.AttachmentKey;
import io.undertow.util.Methods;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.xnio.IoUtils;

/**
 * Gives each request a connection to a replica, and another replica's when that one failed before
 * it answered.
 *
 * <p>A request that must not be repeated gets a connection of its own: a kept one may be closed by
 * the replica at the moment in which it is used again, and nobody could tell whether the request
 * was read. Refused connections are tried elsewhere whatever the request is.
 */
final class ReplicaClient implements ProxyClient {
  private static final AttachmentKey<Attempts> ATTEMPTS = AttachmentKey.create(Attempts.class);
  private static final ProxyTarget ANY = new ProxyTarget() {};

  private final Rotation rotation;
  private final AtomicLong retried;

  ReplicaClient(Rotation rotation, AtomicLong retried) {
    this.rotation = rotation;
    this.retried = retried;
  }

  /** Whether a request that failed before its answer began may be sent to another replica. */
  static boolean repeatable(HttpServerExchange exchange) {
    var method = exchange.getRequestMethod();
    return method.equals(Methods.GET)
        || method.equals(Methods.HEAD)
        || method.equals(Methods.OPTIONS);
  }

  // The interface's null means that the request is not for this proxy.
  @Override
  @SuppressWarnings("NullAway")
  public ProxyTarget findTarget(HttpServerExchange exchange) {
    return rotation.isEmpty() ? null : ANY;
  }

  @Override
  public void getConnection(
      ProxyTarget target,
      HttpServerExchange exchange,
      ProxyCallback<ProxyConnection> callback,
      long timeout,
      TimeUnit unit) {
    var attempts = attempts(exchange);
    if (!attempts.tried.isEmpty()) {
      retried.incrementAndGet();
    }
    attempts.over();
    var chosen = rotation.begin(attempts.tried);
    if (chosen.isEmpty()) {
      callback.couldNotResolveBackend(exchange);
      return;
    }
    attempts.began(chosen.get());
    var own = !repeatable(exchange);
    chosen
        .get()
        .connections()
        .connect(target, exchange, own ? new ClosedAtEnd(callback) : callback, timeout, unit, own);
  }

  private static Attempts attempts(HttpServerExchange exchange) {
    var known = exchange.getAttachment(ATTEMPTS);
    if (known != null) {
      return known;
    }
    var attempts = new Attempts();
    exchange.putAttachment(ATTEMPTS, attempts);
    exchange.addExchangeCompleteListener(
        (done, next) -> {
          attempts.over();
          next.proceed();
        });
    return attempts;
  }

  /** Where a request was sent to. */
  private static final class Attempts {
    private final List<Backend> tried = new ArrayList<>();
    private boolean open;

    synchronized void began(Backend backend) {
      tried.add(backend);
      open = true;
    }

    synchronized void over() {
      if (open) {
        open = false;
        tried.getLast().ended();
      }
    }
  }

  /** Closes a connection that was for one request alone. */
  private record ClosedAtEnd(ProxyCallback<ProxyConnection> callback)
      implements ProxyCallback<ProxyConnection> {
    @Override
    public void completed(HttpServerExchange exchange, ProxyConnection connection) {
      exchange.addExchangeCompleteListener(
          (done, next) -> {
            var client = connection.getConnection();
            if (!client.isUpgraded()) {
              IoUtils.safeClose(client);
            }
            next.proceed();
          });
      callback.completed(exchange, connection);
    }

    @Override
    public void failed(HttpServerExchange exchange) {
      callback.failed(exchange);
    }

    @Override
    public void couldNotResolveBackend(HttpServerExchange exchange) {
      callback.couldNotResolveBackend(exchange);
    }

    @Override
    public void queuedRequestFailed(HttpServerExchange exchange) {
      callback.queuedRequestFailed(exchange);
    }
  }
}
