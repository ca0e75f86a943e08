package dev.slipway.activities.local.proxy;

import io.undertow.client.UndertowClient;
import io.undertow.server.handlers.proxy.ConnectionPoolErrorHandler;
import io.undertow.server.handlers.proxy.ConnectionPoolManager;
import io.undertow.server.handlers.proxy.ProxyConnectionPool;
import java.net.URI;
import java.util.concurrent.atomic.AtomicInteger;
import org.xnio.OptionMap;
import org.xnio.Options;

/** A replica's process as the proxy sees it. */
public final class Backend {
  private final int port;
  private final ProxyConnectionPool connections;
  private final AtomicInteger inFlight = new AtomicInteger();
  private volatile boolean healthy = true;

  public Backend(int port) {
    this.port = port;
    this.connections =
        new ProxyConnectionPool(
            new Pool(),
            URI.create("http://127.0.0.1:" + port),
            UndertowClient.getInstance(),
            OptionMap.create(Options.TCP_NODELAY, true));
  }

  public int port() {
    return port;
  }

  /** Whether it answered the last looks as it should. */
  public boolean healthy() {
    return healthy;
  }

  /** Says how it answered the last looks. */
  public void healthy(boolean now) {
    healthy = now;
  }

  /** Requests that were given to it and are not answered to the end. */
  public int inFlight() {
    return inFlight.get();
  }

  void began() {
    inFlight.incrementAndGet();
  }

  void ended() {
    inFlight.decrementAndGet();
  }

  ProxyConnectionPool connections() {
    return connections;
  }

  /**
   * Connections are kept for less time than the five seconds after which Node closes idle ones.
   * Whether a replica is fit for traffic is decided by looking at it, not by the pool.
   */
  private static final class Pool
      extends ConnectionPoolErrorHandler.SimpleConnectionPoolErrorHandler
      implements ConnectionPoolManager {
    @Override
    public boolean isAvailable() {
      return true;
    }

    @Override
    public boolean handleError() {
      return true;
    }

    @Override
    public int getMaxConnections() {
      return 2000;
    }

    @Override
    public int getMaxCachedConnections() {
      return 64;
    }

    @Override
    public int getSMaxConnections() {
      return 0;
    }

    @Override
    public long getTtl() {
      return 3000;
    }

    @Override
    public int getMaxQueueSize() {
      return 0;
    }

    @Override
    public int getProblemServerRetry() {
      return -1;
    }
  }
}
