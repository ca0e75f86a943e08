package dev.slipway.worker.engine;

/** Opens the engine when the worker is ready for it. */
@FunctionalInterface
public interface EngineSource {
  /** The engine, which the caller closes. */
  Engine open() throws EngineFailedException, InterruptedException;
}
