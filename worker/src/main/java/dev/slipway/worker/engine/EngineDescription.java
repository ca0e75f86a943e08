package dev.slipway.worker.engine;

import java.net.URI;
import org.jspecify.annotations.Nullable;

/**
 * What the parts of a worker may want to know of their engine.
 *
 * @param identity the same for as long as the engine has its runs
 * @param webUi where people look at it with a browser; null when that is not known
 * @param searchAttributes whether workflows may set {@link dev.slipway.run.SearchAttributes}
 */
public record EngineDescription(
    EngineKind kind,
    String identity,
    String address,
    String namespace,
    @Nullable URI webUi,
    boolean searchAttributes) {}
