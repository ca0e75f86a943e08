package dev.slipway.activities.local.proxy;

import dev.slipway.activities.frontend.PublishedFile;
import io.undertow.server.HttpHandler;
import io.undertow.server.HttpServerExchange;
import io.undertow.util.AttachmentKey;
import io.undertow.util.ETag;
import io.undertow.util.ETagUtils;
import io.undertow.util.Headers;
import io.undertow.util.HttpString;
import io.undertow.util.Methods;
import io.undertow.util.StatusCodes;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Objects;

/** Answers with the published file that was attached to the request; may block. */
final class AssetHandler implements HttpHandler {
  static final AttachmentKey<PublishedFile> FILE = AttachmentKey.create(PublishedFile.class);
  private static final HttpString CONTENT_TYPE_OPTIONS = new HttpString("X-Content-Type-Options");

  private final Path assets;

  AssetHandler(Path assets) {
    this.assets = assets;
  }

  @Override
  public void handleRequest(HttpServerExchange exchange) throws IOException {
    var file = Objects.requireNonNull(exchange.getAttachment(FILE));
    var headers = exchange.getResponseHeaders();
    headers.put(Headers.ETAG, file.etag());
    headers.put(Headers.CACHE_CONTROL, file.caching().header());
    if (!ETagUtils.handleIfNoneMatch(exchange, new ETag(false, file.digest().hex()), true)) {
      exchange.setStatusCode(StatusCodes.NOT_MODIFIED);
      return;
    }
    headers.put(Headers.CONTENT_TYPE, file.mediaType());
    headers.put(Headers.CONTENT_LENGTH, file.size());
    headers.put(CONTENT_TYPE_OPTIONS, "nosniff");
    if (!exchange.getRequestMethod().equals(Methods.HEAD)) {
      Files.copy(assets.resolve(file.digest().hex()), exchange.getOutputStream());
    }
  }
}
